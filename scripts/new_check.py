#!/usr/bin/env python3
"""Writes the files of a new check: its class, its page and its tests.

    ./dev new-check results async-forgotten-result

What it writes works, and reports every co_await: replace that, and each FIXME.
docs/writing-a-check.md goes on from there. No other file has to change.
"""
import argparse
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parents[1]

SOURCE = '''\
@title@
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// FIXME: Finds what?
class @Class@Check final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<@Class@Check> R({
    .Name = "@name@",
    .Group = "@group@",
    .Level = Severity::Warning,
    .When = Tier::OptIn, // until its precision on real code is known
    .Since = "@since@",
    .Summary = "FIXME: what is wrong, and what follows from it",
});

} // namespace

void @Class@Check::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro)
      continue; // an ordinary function
    walkFunction(F.Function, [&](const Stmt *S) {
      // FIXME: what is wrong? This reports every co_await.
      if (const auto *Await = dyn_cast<CoawaitExpr>(S)) {
        Finding Found;
        Found.Loc = Await->getExprLoc();
        Found.Message = "FIXME: what is wrong; what to do instead";
        Found.Ranges.push_back(Await->getSourceRange());
        report(Found);
      }
      return true;
    });
  }
}
'''

EXAMPLE = '''\
#include <boost/asio.hpp>

namespace asio = boost::asio;

asio::awaitable<void> work();

asio::awaitable<void> run() {
  co_await work();
}
'''

PAGE = f'''\
# @name@

FIXME: what is wrong, and what follows from it.

| Group | Severity | Tier | Since | Fix |
|---|---|---|---|---|
| @group@ | warning | opt-in | @since@ | none |

## What it does

FIXME: Reports what?

## Why is this bad

FIXME: What happens to the program?

## Example

```cpp bad
{EXAMPLE}```

Use instead:

```cpp good
{EXAMPLE.replace("co_await", "return")}```

## What it does not report

- FIXME: What looks like it, and is right?

## Options

None.

## Suppressing

`// NOLINT(@name@)` on the line of the FIXME.
'''

EXPECTATION = '''\
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: FIXME: what is wrong; what to do instead [@name@]
}
'''

BASIC = "// RUN: %check %s @name@\n\n" + EXAMPLE.removesuffix("}\n") + EXPECTATION

SYNCHRONOUS = '''\
// RUN: %check %s @name@
// The code of basic.cpp made synchronous.

void work();

void run() {
  work();
}
'''


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("group", help="a folder under checks/, as in 'lifetime'")
    p.add_argument("name", help="the bad thing, as in 'async-forgotten-result'")
    p.add_argument("--root", type=pathlib.Path, default=HERE,
                   help="where to write (default: this repository)")
    a = p.parse_args()
    if not re.fullmatch(r"[a-z]+", a.group) or a.group in ("core", "models"):
        p.error(f"'{a.group}' is not a group: one word in lower case, not 'core' or 'models'")
    if not re.fullmatch(r"async(-[a-z][a-z0-9]*)+", a.name):
        p.error(f"'{a.name}' is not a name: 'async-' and words in lower case, joined by '-'")

    stem = "".join(w.capitalize() for w in a.name.split("-")[1:])
    words = {
        "name": a.name,
        "group": a.group,
        "Class": stem,
        "title": f"//===-- {stem}.cpp - {a.name} ".ljust(75, "-") + "===//",
        "since": re.search(r"VERSION (\d+\.\d+)\.", (HERE / "CMakeLists.txt").read_text())[1],
    }
    files = {
        f"checks/{a.group}/{stem}.cpp": SOURCE,
        f"docs/checks/{a.name}.md": PAGE,
        f"test/checks/{a.name}/basic.cpp": BASIC,
        f"test/checks/{a.name}/synchronous.cpp": SYNCHRONOUS,
    }
    if there := [name for name in files if (a.root / name).exists()]:
        sys.exit(f"not written, for there is already: {', '.join(there)}")
    for name, text in files.items():
        (a.root / name).parent.mkdir(parents=True, exist_ok=True)
        (a.root / name).write_text(re.sub(r"@(\w+)@", lambda m: words[m[1]], text))
        print(name)


main()

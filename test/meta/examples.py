"""usage: examples.py LLVM BUILD INCLUDE

The examples of each check's page compile, against the imitated headers and,
where Debian has a package of the library, the real ones. The bad one is reported
by the page's check and by no other, with a fix if the page promises fixes; the
good one by no check at all. This is asked of the command alone, for each test of
a check compares what both hosts print. What is printed is worded as messages
are.
"""
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import tempfile

import project
import tables

llvm, build, include = sys.argv[1:]
temporary = tempfile.TemporaryDirectory()
folder = pathlib.Path(temporary.name)
# Debian has no package of these.
UNPACKAGED = ("cppcoro/", "folly/", "QCoro", "seastar/", "winrt/")
# Most examples include this one, which takes seconds to parse.
COMMON = "#include <boost/asio.hpp>\n"
command = project.hosts(llvm, build)["async-tidy"]
compiler = [f"{llvm}/bin/clang++", "-std=c++20", "-w"]


def precompile():
    header = folder / "common.h"
    header.write_text(COMMON)
    subprocess.run([*compiler, "-x", "c++-header", header, "-o", folder / "common.pch"],
                   check=True)


def is_imitated(header):
    return pathlib.Path(include, header).exists()


def compile_with_real_headers(name, kind, code, source):
    """Problems with the example where an imitated header is replaced by the
    library's; without one, the hosts parse the very same code."""
    headers = re.findall(r'^#include ["<](.*?)[">]', code, re.M)
    if (not any(map(is_imitated, headers))
            or any(header.startswith(UNPACKAGED) for header in headers)):
        return []
    flags = ["-include-pch", folder / "common.pch"] if COMMON in code else []
    compiled = subprocess.run([*compiler, "-fsyntax-only", *flags, source],
                              text=True, capture_output=True)
    return [f"{name}: the {kind} example does not compile against the real "
            f"headers\n{compiled.stderr}"] if compiled.returncode else []


def test(name, page):
    problems = []
    examples = project.blocks(page)
    if set(examples) != {"bad", "good"}:
        return [f"{page}: has to have one bad and one good example"]
    for kind, code in examples.items():
        source = folder / f"{name}.{kind}.cpp"
        source.write_text(code)
        problems += compile_with_real_headers(name, kind, code, source)
        fixes = source.with_suffix(".yaml")
        # Ends the test where the example does not compile.
        printed = project.diagnostics(
            [*command, f"--checks=-*,async-*,{name}", f"--export-fixes={fixes}", str(source),
             "--", "-std=c++20", "-isystem", include])
        found = {d["check"] for d in printed if d["kind"] == "warning"}
        for d in printed:
            problems += project.wording(d["message"])
        if found != ({name} if kind == "bad" else set()):
            problems.append(f"{name}: the {kind} example is reported by {found or 'nothing'}")
        fixed = fixes.exists() and "ReplacementText" in fixes.read_text()
        if kind == "bad" and fixed != (tables.fix_of(page) != "none"):
            problems.append(f"{name}: the bad example has {'a' if fixed else 'no'} fix, "
                            f"and the page says '{tables.fix_of(page)}'")
    return problems


precompile()
with concurrent.futures.ThreadPoolExecutor() as threads:
    results = list(threads.map(lambda item: test(*item), project.pages().items()))
project.finish(sum(results, []))

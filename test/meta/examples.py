"""usage: examples.py LLVM BUILD INCLUDE

The examples of each check's page compile, against the imitated headers and, where
Debian has a package of the library, the real ones. In both hosts the bad one is reported by the page's check, with a fix
if the page promises fixes, and the good one by no check at all.
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
headers = {"imitated": ["-isystem", include], "real": []}
# Debian has no package of these.
UNPACKAGED = ("cppcoro/", "folly/", "seastar/", "winrt/")
# Most examples include this one, which takes seconds to parse.
COMMON = "#include <boost/asio.hpp>\n"
compiler = [f"{llvm}/bin/clang++", "-std=c++20", "-w"]


def precompile():
    header = folder / "common.h"
    header.write_text(COMMON)
    subprocess.run([*compiler, "-x", "c++-header", header, "-o", folder / "common.pch"],
                   check=True)


def test(name, page):
    problems = []
    examples = project.blocks(page)
    if set(examples) != {"bad", "good"}:
        return [f"{page}: has to have one bad and one good example"]
    for kind, code in examples.items():
        source = folder / f"{name}.{kind}.cpp"
        source.write_text(code)
        for which, flags in headers.items():
            if which == "real" and re.search(rf'#include ["<]({"|".join(UNPACKAGED)})', code):
                continue
            if which == "real" and COMMON in code:
                flags = ["-include-pch", folder / "common.pch"]
            compiled = subprocess.run([*compiler, "-fsyntax-only", *flags, source],
                                      text=True, capture_output=True)
            if compiled.returncode:
                problems.append(f"{name}: the {kind} example does not compile against the "
                                f"{which} headers\n{compiled.stderr}")
        if problems:
            continue
        for host, command in project.hosts(llvm, build).items():
            fixes = source.with_suffix(f".{host}.yaml")
            found = {d["check"] for d in project.diagnostics(
                [*command, f"--checks=-*,async-*,{name}", f"--export-fixes={fixes}", str(source),
                 "--", "-std=c++20", *headers["imitated"]]) if d["kind"] == "warning"}
            fixed = fixes.exists() and "ReplacementText" in fixes.read_text()
            if kind == "good" and found:
                problems.append(f"{name}: {host} reports {found} in the good example")
            if kind == "bad" and found != {name}:
                problems.append(f"{name}: {host} reports {found or 'nothing'} in the bad example")
            if kind == "bad" and fixed != (tables.fix_of(page) != "none"):
                problems.append(f"{name}: {host} has {'a' if fixed else 'no'} fix "
                                f"in the bad example, and the page says '{tables.fix_of(page)}'")
    return problems


precompile()
with concurrent.futures.ThreadPoolExecutor() as threads:
    results = list(threads.map(lambda item: test(*item), project.pages().items()))
project.finish(sum(results, []))

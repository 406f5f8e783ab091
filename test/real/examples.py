#!/usr/bin/env python3
"""Analyzes the coroutine examples of Debian's asio and boost packages.

usage: examples.py BUILD_FOLDER [--expect FILE] [async-tidy's arguments]

With --expect, compares the findings (one 'path:line check' per line, and the
files that do not parse) with those of the file, and fails when they differ.
"""
import json
import os
import re
import subprocess
import sys

PLACES = [
    # folder, include folders
    ("/usr/share/doc/libasio-dev/examples", []),
    ("/usr/share/doc/libboost1.81-doc/examples/libs/asio/example", []),
    ("/usr/share/doc/libboost1.81-doc/examples/libs/beast/example",
     ["/usr/share/doc/libboost1.81-doc/examples/libs/beast"]),
]
# What an example needs beyond its own includes: this one uses std::list, and
# does not compile without it anywhere.
FLAGS = {"advanced_server_flex_awaitable.cpp": ["-include", "list"]}
COROUTINE = re.compile(r"\bco_(await|return|yield)\b")


def examples():
    for folder, includes in PLACES:
        for path, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                file = os.path.join(path, name)
                if not name.endswith(".cpp"):
                    continue
                with open(file, errors="replace") as f:
                    if COROUTINE.search(f.read()):
                        yield folder, file, includes


def main():
    build, *rest = sys.argv[1:]
    expect = None
    if "--expect" in rest:
        at = rest.index("--expect")
        expect = rest[at + 1]
        del rest[at:at + 2]

    commands = []
    for folder, file, includes in examples():
        flags = ["-DASIO_STANDALONE"] if "libasio" in folder else []
        flags += [f"-I{i}" for i in includes]
        flags += FLAGS.get(os.path.basename(file), [])
        commands.append({"directory": os.path.dirname(file), "file": file,
                         "arguments": ["g++", "-std=c++20", "-fcoroutines", *flags, "-c", file]})
    if not commands:
        sys.exit("no examples found; are libasio-doc and libboost1.81-doc installed?")
    database = os.path.join(build, "examples")
    os.makedirs(database, exist_ok=True)
    with open(os.path.join(database, "compile_commands.json"), "w") as f:
        json.dump(commands, f, indent=1)

    command = [os.path.join(build, "bin", "async-tidy"), "-p", database, *rest]
    if not expect:
        return subprocess.call(command)
    r = subprocess.run(command, capture_output=True, text=True)
    shown = r.stdout + r.stderr
    for folder, _ in PLACES:
        shown = shown.replace(os.path.dirname(folder) + "/", "")
    found = [f"{m[1]}:{m[2]} {m[3]}" for m in
             re.finditer(r"^(.*?):(\d+):\d+: warning: .*\[(async-[\w-]+)\]$", shown, re.M)]
    found += [f"{m[1]} failed" for m in re.finditer(r"'(.*)' was not analyzed", shown)]
    found.append(f"{len(commands)} files")
    with open(expect) as f:
        expected = [l.strip() for l in f if l.strip() and not l.startswith("#")]
    if found != expected:
        print(r.stdout, r.stderr)
        print("expected:", *expected, "found:", *found, sep="\n  ")
        return 1
    return 0


sys.exit(main())

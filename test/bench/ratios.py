#!/usr/bin/env python3
"""Measures what async-tidy costs, against clang and clang-tidy.

usage: ratios.py LLVM_PREFIX BUILD_FOLDER [--runs N] [--limit RATIO] [file]

For each file of the application in docs/tour (or the given one, with the tour's
flags), alternates

    clang++ -fsyntax-only            the yardstick
    async-tidy                       every check, and the facts
    clang-tidy -load libAsyncTidy    the same checks, in stock clang-tidy

and prints the median user time of each and its ratio to the first. All run in
turn, so that a busy machine slows them alike. With --limit, fails when the
median ratio of async-tidy is above it.
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys


def user_time(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    r = subprocess.run(command, capture_output=True, text=True)
    if r.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}\n{r.stdout}{r.stderr}")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("llvm")
    p.add_argument("build")
    p.add_argument("--runs", type=int, default=5)
    p.add_argument("--limit", type=float)
    p.add_argument("files", nargs="*")
    a = p.parse_args()

    database = os.path.join(a.build, "tour", "compile_commands.json")
    with open(database) as f:
        entries = json.load(f)
    flags = [x for x in entries[0]["command"].split() if x.startswith(("-D", "-I", "-std"))]
    files = [os.path.abspath(f) for f in a.files] or [e["file"] for e in entries]

    ratios = {"async-tidy": [], "clang-tidy": []}
    print(f"{'file':24}{'clang':>9}{'async-tidy':>18}{'clang-tidy':>18}   user time, ratio to clang")
    for file in files:
        commands = {
            "clang": [f"{a.llvm}/bin/clang++", "-fsyntax-only", "-w", *flags, file],
            "async-tidy": [f"{a.build}/bin/async-tidy", "--quiet", file, "--", *flags],
            "clang-tidy": [f"{a.llvm}/bin/clang-tidy", "--quiet", "--load",
                           f"{a.build}/lib/libAsyncTidy.so", "--checks=-*,async-*",
                           file, "--", *flags],
        }
        times = {name: [] for name in commands}
        for _ in range(a.runs):
            for name, command in commands.items():
                times[name].append(user_time(command))
        median = {name: statistics.median(t) for name, t in times.items()}
        line = f"{os.path.basename(file):24}{median['clang']:8.2f}s"
        for name in ratios:
            ratio = median[name] / median["clang"]
            ratios[name].append(ratio)
            line += f"{median[name]:10.2f}s {ratio:5.2f}x"
        print(line, flush=True)
    result = statistics.median(ratios["async-tidy"])
    print(f"median ratio: async-tidy {result:.3f}, "
          f"clang-tidy {statistics.median(ratios['clang-tidy']):.3f}")
    if a.limit and result > a.limit:
        sys.exit(f"above the limit of {a.limit}")


main()

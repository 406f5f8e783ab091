#!/usr/bin/env python3
"""Measures how much all checks, and the facts, add to parsing a file.

usage: cost.py BUILD_FOLDER [-p FOLDER] [file...]

Counts instructions with callgrind, which a busy machine does not change: those of
all analysis (HandleTranslationUnit) against those of clang's parser (the rest of
ParseAST). Without -p and files, the application in docs/tour. Needs valgrind.
"""
import argparse
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

WANTED = {
    "analysis": r"clang::MultiplexConsumer::HandleTranslationUnit\(clang::ASTContext&\)(?!')",
    "all": r"clang::ParseAST\(clang::Sema&, bool, bool\)(?!')",
}
CHECK = r"(?<!\()\b(\w+Check)::analyze\(async_tidy::Unit&\)(?![:'])"


def measure(build, database, file):
    with tempfile.TemporaryDirectory() as folder:
        r = subprocess.run(
            ["valgrind", "--tool=callgrind", "--trace-children=yes",
             f"--callgrind-out-file={folder}/%p.out", f"{build}/bin/async-tidy", "-p", database,
             "--checks=async-*", "--no-cache", "-j1", "--timeout=0", "--quiet", file],
            capture_output=True, text=True)
        if r.returncode not in (0, 1):
            sys.exit(f"{file}: {r.stdout}{r.stderr}")
        found, checks = {}, {}
        for out in glob.glob(f"{folder}/*.out"):
            text = subprocess.run(
                ["callgrind_annotate", "--inclusive=yes", "--threshold=100", out],
                capture_output=True, text=True, check=True).stdout
            for line in text.splitlines():
                m = re.match(r"\s*([\d,]+) \(.*?\)\s+\S*?:(.*) \[", line)
                if not m:
                    continue
                count = int(m[1].replace(",", ""))
                for name, pattern in WANTED.items():
                    if re.match(pattern, m[2]):
                        found[name] = max(count, found.get(name, 0))
                if c := re.search(CHECK, m[2]):
                    checks[c[1]] = max(count, checks.get(c[1], 0))
        if len(found) != len(WANTED):
            sys.exit(f"{file}: nothing was analyzed; does it parse?")
        return found["all"] - found["analysis"], found["analysis"], checks


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("build")
    p.add_argument("-p", dest="database")
    p.add_argument("files", nargs="*")
    a = p.parse_intermixed_args()
    database = a.database or os.path.join(a.build, "tour")
    files = a.files
    if not files:
        with open(os.path.join(database, "compile_commands.json")) as f:
            files = [e["file"] for e in json.load(f)]
    print(f"{'file':32}{'parsing':>10}{'analysis':>10}{'ratio':>8}   the most expensive check")
    for file in files:
        parsing, analysis, checks = measure(a.build, database, file)
        worst = max(checks, key=checks.get, default="-")
        print(f"{os.path.basename(file):32}{parsing / 1e6:9.0f}M{analysis / 1e6:9.0f}M"
              f"{100 * analysis / parsing:7.1f}%   {worst} {checks.get(worst, 0) / 1e6:.0f}M",
              flush=True)


if __name__ == "__main__":
    main()

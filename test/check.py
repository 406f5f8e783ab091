#!/usr/bin/env python3
"""Runs checks on a test file through stock clang-tidy and through async-tidy.

    // RUN: %check %s async-blocking-sleep -- -std=c++23

Both hosts must print the same; what they print must match the file's
CHECK-MESSAGES (and CHECK-NOTES) lines, and any diagnostic that no line expects
is a failure. Both hosts must make the same fixes: those, and only those, that
the file has CHECK-FIXES lines for. The fixed file must compile, and leave
nothing that the checks would fix once more.
"""
import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile

DIAGNOSTIC = re.compile(r"^.*?:\d+:\d+: (?:warning|error|note): ", re.M)
FIXED = ": note: FIX-IT applied suggested code changes"


def main():
    own, flags = sys.argv[1:], []
    if "--" in own:
        at = own.index("--")
        own, flags = own[:at], own[at + 1:]
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--llvm", required=True)
    p.add_argument("--build", required=True)
    p.add_argument("--include", required=True)
    p.add_argument("file")
    p.add_argument("checks")
    p.add_argument("--config", help="a configuration, as both hosts take it")
    a = p.parse_args(own)
    if not any(f.startswith("-std=") for f in flags):
        flags.insert(0, "-std=c++20")
    flags += ["-isystem", a.include]

    with open(a.file) as f:
        text = f.read()
    checks = "-*," + a.checks
    hosts = {
        "clang-tidy": [os.path.join(a.llvm, "bin", "clang-tidy"), "--quiet",
                       "--load", os.path.join(a.build, "lib", "libAsyncTidy.so"),
                       "--checks=" + checks],
        "async-tidy": [os.path.join(a.build, "bin", "async-tidy"), "--quiet",
                       "--checks=" + checks],
    }
    # A configuration of our own: none of the folders above may have a say.
    for command in hosts.values():
        command.append("--config=" + (a.config or "{}"))

    with tempfile.TemporaryDirectory() as folder:
        # Expectations must not satisfy themselves.
        source = re.sub(r"// *CHECK-[A-Z-]*:[^\n]*", "//", text)
        path = os.path.join(folder, os.path.basename(a.file))

        def write(content):
            with open(path, "w") as f:
                f.write(content)

        def run(host):
            """What the host prints and makes of the file, fixing what it can."""
            r = subprocess.run(hosts[host] + ["--fix", path, "--", *flags],
                               capture_output=True, text=True, cwd=folder)
            if ": error: " in r.stdout or r.returncode not in (0, 1):
                sys.exit(f"{host} failed with {r.returncode}:\n{r.stdout}{r.stderr}")
            # Each diagnostic with its notes, without the source around it.
            lines = [l.replace(folder + "/", "") for l in r.stdout.splitlines()
                     if DIAGNOSTIC.match(l) and not l.endswith(FIXED)]
            with open(path) as f:
                return "\n".join(lines) + "\n", f.read()

        seen, fixed = {}, {}
        for host in hosts:
            write(source)
            seen[host], fixed[host] = run(host)
        if seen["clang-tidy"] != seen["async-tidy"]:
            sys.exit("the hosts disagree\n--- clang-tidy\n%s--- async-tidy\n%s"
                     % (seen["clang-tidy"], seen["async-tidy"]))

        def filecheck(content, prefix, *options):
            output = os.path.join(folder, "output")
            with open(output, "w") as f:
                f.write(content)
            r = subprocess.run([os.path.join(a.llvm, "bin", "FileCheck"),
                                "--input-file", output, a.file, "--check-prefix", prefix,
                                "--allow-empty", *options],
                               capture_output=True, text=True)
            if r.returncode:
                sys.exit(f"{r.stderr}\n--- the output was\n{content}")

        no_other = "--implicit-check-not={{: (warning|error): }}"
        if "CHECK-MESSAGES:" in text:
            filecheck(seen["async-tidy"], "CHECK-MESSAGES", no_other)
        elif ": warning: " in seen["async-tidy"]:
            sys.exit("no diagnostic is expected\n" + seen["async-tidy"])
        if "CHECK-NOTES:" in text:
            filecheck(seen["async-tidy"], "CHECK-NOTES")

        if fixed["clang-tidy"] != fixed["async-tidy"]:
            sys.exit("the hosts make different fixes\n--- clang-tidy\n%s\n--- async-tidy\n%s"
                     % (fixed["clang-tidy"], fixed["async-tidy"]))
        if "CHECK-FIXES:" in text:
            filecheck(fixed["async-tidy"], "CHECK-FIXES", "--strict-whitespace")
            diff = difflib.unified_diff(source.splitlines(), fixed["async-tidy"].splitlines(),
                                        n=0, lineterm="")
            changed = [l for l in diff if l.startswith("+") and l.strip("+ ") not in ("", "//")]
            if len(changed) != text.count("CHECK-FIXES:"):
                sys.exit("more or fewer lines are fixed than expected\n" + "\n".join(changed))
        elif fixed["async-tidy"] != source:
            sys.exit("no fix is expected\n" + fixed["async-tidy"])
        if fixed["async-tidy"] != source:
            write(fixed["async-tidy"])
            r = subprocess.run([os.path.join(a.llvm, "bin", "clang++"), "-fsyntax-only", "-w",
                                *flags, path], capture_output=True, text=True)
            if r.returncode:
                sys.exit("the fixed file does not compile\n" + r.stderr)
            if run("async-tidy")[1] != fixed["async-tidy"]:
                sys.exit("a second run fixes what the first one left")


main()

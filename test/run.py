#!/usr/bin/env python3
"""Runs the tests with lit and closes with their count on one line.

usage: run.py LLVM_PREFIX BUILD_FOLDER [lit's arguments]

Tests that passed, and nothing of which has changed, are not run again, unless
they are named or ASYNC_TIDY_TEST_ALL is set.
"""
import json
import os
import subprocess
import sys


llvm, build, *rest = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))
results = os.path.join(build, "test-results.json")
if os.path.exists(results):
    os.remove(results)
os.environ["ASYNC_TIDY_LLVM"] = llvm
os.environ["ASYNC_TIDY_BUILD"] = build
# lit begins with the tests that took longest, which it knows from its last run.
# A long one that comes last would leave the other processors with nothing to do.
times = os.path.join(build, "test", ".lit_test_times.txt")
if not os.path.exists(times):
    os.makedirs(os.path.dirname(times), exist_ok=True)
    with open(times, "w") as f:
        for folder in ("meta", "real"):
            for test in sorted(os.listdir(os.path.join(here, folder))):
                if test.endswith(".test"):
                    f.write(f"1.0e+01 {folder}/{test}\n")
tests = [a for a in rest if not a.startswith("-")]
if tests:
    os.environ["ASYNC_TIDY_TEST_ALL"] = "1"
options = [a for a in rest if a.startswith("-")] or ["-sv", "--time-tests"]
status = subprocess.call(
    [os.path.join(llvm, "bin", "lit"), "--output", results, *options, *(tests or [here])]
)
counts, same, missing = {}, 0, []
if os.path.exists(results):
    with open(results) as f:
        for test in json.load(f)["tests"]:
            counts[test["code"]] = counts.get(test["code"], 0) + 1
            same += "nothing has changed since" in test["output"]
            if test["code"] == "UNSUPPORTED":
                missing.append((test["name"].split(" :: ")[-1], test["output"].strip()))
good = sum(counts.get(c, 0) for c in ("PASS", "FLAKYPASS", "XFAIL"))
skipped = sum(counts.get(c, 0) for c in ("UNSUPPORTED", "SKIPPED", "EXCLUDED"))
bad = sum(counts.values()) - good - skipped
for name, why in missing:
    print(f"skipped: {name}: {why}")
if same:
    print(f"{same} tests passed before and were not run again: nothing has changed since "
          "(ASYNC_TIDY_TEST_ALL=1 runs them)")
print(f"{good} passed, {bad} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(status if status else (1 if bad or not good else 0))

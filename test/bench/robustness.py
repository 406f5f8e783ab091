#!/usr/bin/env python3
"""usage: robustness.py BUILD [--rounds N] [--seed N]

Kills runs and their workers at random moments, lets two runs share a cache,
fills the disk, takes the right to write away, and flips bits in records. After
each of these the next run has to show the findings of an undisturbed one, to
the byte. Prints how often each was done, and fails when any output differs.

Takes minutes, so it is not among the tests.
"""
import argparse
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("build")
parser.add_argument("--rounds", type=int, default=200)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
tool = os.path.abspath(os.path.join(options.build, "bin", "async-tidy"))
random.seed(options.seed)
FILES = 12

TASK = """#pragma once
#include <coroutine>
struct Task {
  struct promise_type {
    Task get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
extern "C" unsigned sleep(unsigned);
"""


def make_program(folder):
    """A ring of files: a coroutine in each, and a chain through the next two."""
    (folder / "task.h").write_text(
        TASK + "".join(f"void work{i}(); void step{i}();\n" for i in range(FILES)))
    database = []
    for i in range(FILES):
        (folder / f"f{i}.cpp").write_text(
            f'#include "task.h"\n#include <vector>\n'
            f"void work{i}() {{ step{(i + 1) % FILES}(); }}\n"
            f"void step{i}() {{ sleep({i + 1}); }}\n"
            f"Task coroutine{i}() {{\n  work{(i + 1) % FILES}();\n  co_return;\n}}\n")
        database.append({"directory": str(folder), "file": f"f{i}.cpp",
                         "command": f"c++ -std=c++20 -c f{i}.cpp"})
    (folder / "compile_commands.json").write_text(json.dumps(database))


def start(folder, *arguments, **keywords):
    return subprocess.Popen([tool, "-p", str(folder), "-j3", "--quiet", *arguments],
                            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True, **keywords)


def run(folder, *arguments):
    process = start(folder, *arguments)
    out, err = process.communicate()
    return process.returncode, out


def children(pid):
    try:
        return [int(c) for c in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def edit(folder):
    """Makes some records stale, so that there is something to do."""
    for i in random.sample(range(FILES), random.randint(1, FILES)):
        path = folder / f"f{i}.cpp"
        text = path.read_text().split("// ")[0]
        path.write_text(text + f"// {random.random()}\n")


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch) / "program"
    folder.mkdir()
    make_program(folder)
    began = time.monotonic()
    expected = run(folder, "--no-cache")
    duration = time.monotonic() - began
    if expected[0] != 1 or expected[1].count(" warning: ") != FILES:
        sys.exit(f"the undisturbed run is wrong: {expected}")
    counts, wrong = {}, []

    def compare(what, got):
        counts[what] = counts.get(what, 0) + 1
        if got != expected:
            wrong.append((what, got))

    for n in range(options.rounds):
        edit(folder)
        process = start(folder)
        time.sleep(random.uniform(0, duration))
        if n % 2:
            what = "worker killed"
            for child in children(process.pid)[:1]:
                try:
                    os.kill(child, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            process.communicate()
            if process.returncode not in (1, 3):
                wrong.append((what, process.returncode))
        else:
            process.send_signal(signal.SIGKILL if n % 4 else signal.SIGINT)
            what = "driver killed" if n % 4 else "driver interrupted"
            process.communicate()
        compare(what, run(folder))

    for n in range(options.rounds // 10):
        edit(folder)
        two = [start(folder), start(folder)]
        for process in two:
            out, _ = process.communicate()
            compare("two at once", (process.returncode, out))
        compare("after two at once", run(folder))

    for n in range(options.rounds // 4):
        edit(folder)
        run(folder)
        entries = list((folder / ".async-tidy" / "v1").glob("llvmcache-*"))
        for entry in random.sample(entries, k=min(5, len(entries))):
            data = bytearray(entry.read_bytes())
            if not data:
                continue
            if random.random() < 0.3:
                del data[random.randrange(len(data)):]
            else:
                for _ in range(random.choice([1, 1, 8])):
                    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
            entry.write_bytes(data)
        compare("bits flipped", run(folder))

    # A full disk: the largest file that a process may write stands for it, and
    # a small file system, where this may mount one.
    for n in range(options.rounds // 20):
        edit(folder)
        process = start(folder, preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_FSIZE, (2000, 2000)))
        process.communicate()
        compare("after writes that failed", run(folder))
    small = pathlib.Path(scratch) / "small"
    small.mkdir()
    if subprocess.call(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)],
                       stderr=subprocess.DEVNULL) == 0:
        try:
            for n in range(options.rounds // 20):
                edit(folder)
                compare("full disk", run(folder, f"--cache-dir={small}"))
        finally:
            subprocess.check_call(["umount", str(small)])
    # A cache that may be read and not written to, for somebody who is not root.
    def become_nobody():
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)

    read_only = pathlib.Path(scratch) / "read-only"
    shutil.copytree(folder / ".async-tidy", read_only)
    for path in (pathlib.Path(scratch), folder, read_only, *read_only.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for n in range(options.rounds // 20):
        folder.chmod(0o755)
        edit(folder)
        process = start(folder, f"--cache-dir={read_only}", preexec_fn=become_nobody)
        out, _ = process.communicate()
        compare("read-only cache", (process.returncode, out))
    pathlib.Path(scratch).chmod(0o755)

    leftovers = [p.name for p in (folder / ".async-tidy").rglob("*.temp*")]
    for what, count in counts.items():
        print(f"{count:5} {what}")
    print(f"{len(leftovers):5} temporary files left, {len(wrong)} wrong outputs")
    for what, got in wrong[:5]:
        print(f"wrong: {what}: {got}")
    sys.exit(bool(wrong))

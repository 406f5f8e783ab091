#!/usr/bin/env python3
"""Applies the fixes that async-tidy offers in real code, one by one, and judges
the result: it must compile, the finding must be gone, and no new one be there.

usage: fixes.py --async-tidy=FILE -p FOLDER [--root FOLDER] [options] [files]

Code that works has few findings with a fix. So mistakes are planted, as in
test/mutation/mutate.py and some more, of which a fix is then asked for:

    wait       what is awaited is waited for, by a function of the library
    return     'co_return co_await f();' of a function becomes 'return f();'
    overload   an asynchronous operation of asio becomes the one that blocks

All checks run, also those that have to be asked for. The work is done in a copy
of the project, made of links where the disk allows it; the project itself is
only read. Fixes are applied by async-tidy itself, as to a user, all formatting
included. Equal seeds make equal choices in equal code.

With --together, all fixes of all files are applied at once instead, as --fix
does, and nothing is planted.
"""
import argparse
import collections
import json
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                                "mutation"))
import mutate

# How many a file gets at most of a kind that a fix may be offered for.
KINDS = ["dropped", "kept", "stored", "sleep", "token", "wait", "return", "overload"]
# Functions that wait for a task, by what a file says that has them.
WAITS = [(r"\bfolly/(?:experimental/)?coro/", "folly/coro/BlockingWait.h",
          "folly::coro::blockingWait({})"),
         (r"\basync_simple/coro/|\basync_simple\b", "async_simple/coro/SyncAwait.h",
          "async_simple::coro::syncAwait({})"),
         (r"\bcppcoro/", "cppcoro/sync_wait.hpp", "cppcoro::sync_wait({})"),
         (r"\bcoro/(?:coro|task|sync_wait)\.hpp", "coro/sync_wait.hpp", "coro::sync_wait({})"),
         (r"\bqcoro", "qcorotask.h", "QCoro::waitFor({})"),
         (r"\bseastar/", "seastar/core/future.hh", "{}.get()")]


class Planted(mutate.Source):
    """A file, and the mistakes that only fixes are tried on."""

    def collect(self, kinds, chance):
        super().collect(kinds, chance)
        self.include = None
        for says, header, call in WAITS:
            if re.search(says, self.text):
                self.include = header
                break
        for m in re.finditer(r"\bco_await\b\s*", self.mask):
            place = self.statement(m.start())
            end = self.operand_end(m.end())
            if not place or not end or "co_await" in self.mask[m.end():end]:
                continue
            lines, operand = self.lines_of(m.start(), end), self.text[m.end():end]
            if self.include and operand.endswith(")"):
                self.add("wait", [(m.start(), end, call.format(operand))], lines)
            token = re.search(r",?\s*\b(?:boost::)?(?:asio::|net::|cobalt::)*use_(?:awaitable|op)\s*\)$",
                              operand)
            if token:
                name = re.match(r"[\w.:>()-]*?\basync_(\w+)\s*\(", operand)
                if name and "{" not in operand:
                    blocking = operand[:token.start()].replace("async_" + name[1], name[1], 1)
                    self.add("overload", [(m.start(), end, blocking + ")")], lines)
                future = operand[:token.start()] + token[0].replace("use_awaitable", "use_future")
                self.add("wait", [(m.start(), end, future + ".get()")], lines)
        self.collect_returns()

    def add(self, kind, edits, lines):
        # What is in no function, as it seems, nobody can blame for an error.
        if self.body(edits[0][0]):
            super().add(kind, edits, lines)

    def operand_end(self, at):
        """Where a postfix expression ends that begins here."""
        name = re.compile(r"\s*(?:\.|->|::)?\s*(?:template\s+)?~?[A-Za-z_]\w*(?:<[\w:, <>*&]*>(?=[(:]))?")
        start = at
        while True:
            if self.mask[at:at + 1] in ("(", "[") and at in self.partner:
                at = self.partner[at] + 1
            elif (m := name.match(self.mask, at)) and (
                    at == start or re.match(r"\s*(?:\.|->|::)", self.mask[at:])):
                at = m.end()
            else:
                return at if at > start else None

    def collect_returns(self):
        for m in re.finditer(r"\bco_return\s+co_await\b", self.mask):
            body = self.body(m.start())
            if not body or len(re.findall(r"\bco_(?:await|yield|return)\b",
                                          self.mask[body[0]:body[1]])) != 2:
                continue
            start, end = self.statement(m.start()) or (m.start(), m.end())
            self.mutants.append(mutate.Mutant(
                "return", [(m.start(), m.end(), "return")], self.lines_of(m.start(), end), body))


class Copy(mutate.Laboratory):
    """A copy of a project, that files are changed in."""

    def __init__(self, options, project, folder):
        super().__init__(options, folder)
        self.project = project
        # What is beside it may be named with '../'.
        beside = os.path.dirname(project)
        for name in os.listdir(beside) if beside != "/" else []:
            os.symlink(os.path.join(beside, name), os.path.join(folder, name))
        self.root = os.path.join(folder, os.path.basename(project))
        if os.path.islink(self.root):
            os.unlink(self.root)
        shutil.copytree(project, self.root, symlinks=True, copy_function=link,
                        ignore=shutil.ignore_patterns(".git", ".async-tidy"))
        # What the tools write, beside the copy.
        self.out = tempfile.mkdtemp(dir=folder)
        self.originals = {}

    def moved(self, text):
        return re.sub(re.escape(self.project) + r"(?=/|$)", lambda _: self.root, text)

    def write(self, source, text):
        self.change(source.path, text)
        return source.path

    def change(self, path, text):
        """Never through a link, which would change the project."""
        if path not in self.originals:
            self.originals[path] = read(path)
        new = path + ".new"
        with open(new, "w", errors="surrogateescape", newline="") as f:
            f.write(text)
        os.replace(new, path)

    def restore(self, path):
        if path in self.originals:
            self.change(path, self.originals[path])

    def ask(self, sources, *flags):
        """What async-tidy reports, as JSON has it; None if it can't read a file.
        Records are kept: asking again takes no parsing."""
        with open(os.path.join(self.out, "compile_commands.json"), "w") as f:
            json.dump([{"directory": s.command[0], "file": s.path,
                        "arguments": ["clang++", *self.command(s, s.path)]} for s in sources], f)
        report = os.path.join(self.out, "report.json")
        r = subprocess.run(
            [self.options.async_tidy, "-p", self.out, "--quiet", f"-j{self.options.j}",
             "--root=" + self.root, "--config={CheckOptions: {async.Tier: opt-in}}",
             "--cache-dir=" + os.path.join(self.out, "cache"), f"--output=json:{report}",
             *flags, *(s.path for s in sources)],
            capture_output=True, text=True, errors="replace", cwd=self.folder)
        if r.returncode not in (0, 1, 3):
            sys.exit(f"async-tidy: exit code {r.returncode}: {r.stderr}")
        with open(report) as f:
            said = json.load(f)
        return said if not said["failures"] else None

    def inside(self, path):
        """A path of a report, if it is a file of the copy."""
        path = os.path.normpath(os.path.join(self.root, path))
        return path if path.startswith(self.root + "/") and not re.search(
            r"/\.async-tidy/", path) else None


def link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def read(path):
    with open(path, errors="surrogateescape", newline="") as f:
        return f.read()


def keys(said):
    return collections.Counter((f["check"], f["file"], f["message"]) for f in said["findings"])


def fixable(lab, said):
    """Findings with a fix, in files of the copy; one of each check and line."""
    result = {}
    for f in said["findings"]:
        if f["fix"] and all(lab.inside(r["file"]) for r in [f, *f["fix"]]):
            result.setdefault((f["check"], f["file"], f["line"]), f)
    return list(result.values())


class Tally:
    def __init__(self):
        self.applied = collections.Counter()  # of kind and check
        self.failed = []

    def count(self, kind):
        return sum(n for (k, _), n in self.applied.items() if k == kind)


def judge(before, original, after_errors, said, gone):
    """What is wrong with the result of a fix; or nothing. What the code without
    the planted mistake has may be there again."""
    if after_errors:
        return "does not compile: " + after_errors
    if said is None:
        return "async-tidy can't read it"
    after = keys(said)
    if new := after - (before | original):
        return "new: " + "; ".join(f"{f}: {m} [{c}]" for c, f, m in new)
    if left := gone - (before - after):
        return "still there: " + "; ".join(f"{f}: {m} [{c}]" for c, f, m in left)
    return None


def errors_of(lab, source):
    """The first error of the compiler, which also sees what async-tidy skips."""
    r = subprocess.run([f"{lab.options.llvm}/bin/clang++", "-fsyntax-only", "-w",
                        *lab.command(source, source.path), "-Wno-error", "-Wno-everything",
                        "-fno-caret-diagnostics", "-fno-color-diagnostics"],
                       capture_output=True, text=True, errors="replace", cwd=source.command[0])
    found = re.search(r"^.*(?:fatal )?error: .*$", r.stderr, re.M)
    return found[0] if found else ("it failed" if r.returncode else None)


def apply(lab, source, finding, kind, said, original, tally, alone=None):
    """One fix to the file as it is, which is restored. 'alone' tries again where
    no other mistake is planted: one may hide another, as what blocks is never
    suspended, and waiting for that does no harm."""
    files = {lab.inside(r["file"]) for r in finding["fix"]}
    texts = {f: read(f) for f in files}
    where = [{"name": finding["file"], "lines": [[finding["line"]] * 2]}]
    applied = lab.ask([source], "--checks=-*," + finding["check"],
                      "--line-filter=" + json.dumps(where), "--fix", "--fix-dirty")
    changed = {f: read(f) for f in files}
    if changed == texts:
        return False
    # What was written goes the way of all changes, so that it is restored.
    gone = keys({"findings": [f for f in applied["findings"] if f["fix"]]})
    wrong = judge(keys(said), original, errors_of(lab, source), lab.ask([source]), gone)
    if wrong and alone:
        for f, text in texts.items():
            lab.change(f, text)
        return alone()
    tally.applied[kind, finding["check"]] += 1
    if wrong:
        tally.failed.append((kind, finding, wrong))
        print(f"FAILED ({kind}): {finding['file']}:{finding['line']}: {finding['message']} "
              f"[{finding['check']}]\n  {wrong}")
        for f in files:
            for l in mutate.difflib.unified_diff(texts[f].split("\n"), changed[f].split("\n"),
                                                 n=1, lineterm=""):
                print("  " + l)
    sys.stdout.flush()
    for f, text in texts.items():
        lab.change(f, text)
    return True


def one_by_one(lab, files, options, chance, tally):
    def room():
        return sum(tally.applied.values()) < options.count
    for s in files:
        if not room():
            break
        s.collect(options.kinds, chance)
        lab.includes = []
        said = lab.ask([s])
        if said is None or errors_of(lab, s):
            print(f"{s.path}: not read", file=sys.stderr)
            continue
        natural, original = fixable(lab, said), keys(said)
        chance.shuffle(natural)
        done = sum(apply(lab, s, f, "natural", said, original, tally)
                   for f in natural[:options.natural] if room())
        lab.includes = [*mutate.INCLUDES, *([s.include] if s.include else [])]
        planted = compiled = 0
        for _ in range(options.rounds):
            if planted >= options.planted or not room():
                break
            batch = lab.settle(s, next_batch(s, options, chance))
            compiled += len(batch)
            if not batch:
                continue
            lab.write(s, s.mutated(batch))
            said = lab.ask([s])
            known = {(f["check"], f["function"], f["code"]) for f in natural}
            found = [] if said is None else [
                f for f in fixable(lab, said)
                if (f["check"], f["function"], f["code"]) not in known and
                lab.inside(f["file"]) == s.path]
            chance.shuffle(found)
            for f in found:
                mutants = [m for m in batch if f["line"] in m.lines]
                if planted < options.planted and room() and mutants:
                    planted += planted_one(lab, s, f, mutants, batch, said, original, tally)
        lab.restore(s.path)
        print(f"{os.path.relpath(s.path, lab.root)}: {done} natural, {planted} planted of "
              f"{compiled} that compile", file=sys.stderr, flush=True)


def planted_one(lab, s, finding, mutants, batch, said, original, tally):
    kind = mutants[0].kind

    def alone():
        lab.write(s, s.mutated(mutants))
        again = lab.ask([s])
        same = [f for f in fixable(lab, again)
                if all(f[k] == finding[k] for k in ("check", "function", "code"))]
        done = bool(same) and apply(lab, s, same[0], kind, again, original, tally)
        lab.write(s, s.mutated(batch))
        return done
    return apply(lab, s, finding, kind, said, original, tally, alone)


def next_batch(s, options, chance):
    """Mistakes for one file, which are taken out of those that it may have: one
    of a function, and in doubt, one of a kind that is rare."""
    total = collections.Counter(m.kind for m in s.mutants)
    batch, rest, bodies, per_kind = [], [], set(), collections.Counter()
    chance.shuffle(s.mutants)
    for m in sorted(s.mutants, key=lambda m: total[m.kind]):
        if m.kind in options.kinds and m.body not in bodies and per_kind[m.kind] < 8:
            batch.append(m)
            bodies.add(m.body)
            per_kind[m.kind] += 1
        else:
            rest.append(m)
    s.mutants = rest
    return batch


def together(lab, files, tally):
    """All fixes of all files at once."""
    files = [s for s in files if lab.ask([s])]
    before = lab.ask(files)
    fixes = fixable(lab, before)
    texts = {p: read(p) for f in fixes for r in f["fix"] if (p := lab.inside(r["file"]))}
    for path, text in texts.items():
        lab.originals[path] = text
    lab.ask(files, "--fix", "--fix-dirty")
    changed = [p for p, text in texts.items() if read(p) != text]
    after = lab.ask(files)
    print(f"{lab.project}: {len(fixes)} fixes of {len(files)} files applied in {len(changed)} files")
    for s in files:
        if error := errors_of(lab, s):
            tally.failed.append(("together", {"file": s.path}, error))
            print(f"FAILED: {s.path}: {error}")
    if after and (new := keys(after) - keys(before)):
        tally.failed.append(("together", {"file": lab.project}, str(new)))
        print("FAILED: new:", *(f"{f}: {m} [{c}]" for c, f, m in new), sep="\n  ")
    if after:
        left = len(fixable(lab, after))
        print(f"{left} findings with a fix are left")
        tally.applied["natural", "all at once"] += len(fixes) - left


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--llvm", default="/usr/lib/llvm-22")
    p.add_argument("--async-tidy", required=True)
    p.add_argument("-p", required=True, metavar="FOLDER")
    p.add_argument("--root", help="the folder of the project (default: the one above -p)")
    p.add_argument("-j", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--count", type=int, default=200, help="fixes to apply (default: 200)")
    p.add_argument("--natural", type=int, default=10, help="of findings of a file that are there")
    p.add_argument("--planted", type=int, default=6, help="of findings of a file that are planted")
    p.add_argument("--rounds", type=int, default=2, help="of mistakes in a file, at most")
    p.add_argument("--kinds", default=",".join(KINDS), help="what to plant (default: %(default)s)")
    p.add_argument("--together", action="store_true")
    p.add_argument("--json", help="a file for the figures")
    p.add_argument("files", nargs="*")
    options = p.parse_args()
    options.async_tidy = os.path.abspath(options.async_tidy)
    options.kinds = [k for k in options.kinds.split(",") if k]
    root = os.path.realpath(options.root or os.path.join(options.p, ".."))
    wanted = {os.path.abspath(f) for f in options.files}
    chance, tally = random.Random(options.seed), Tally()
    with tempfile.TemporaryDirectory() as folder:
        lab = Copy(options, root, os.path.realpath(folder))
        files, seen = [], set()
        with open(os.path.join(options.p, "compile_commands.json")) as f:
            entries = json.load(f)
        for e in entries:
            path = os.path.normpath(os.path.join(e["directory"], e["file"]))
            if path in seen or (wanted and path not in wanted) or \
                    not path.startswith(root + "/") or not os.path.exists(path) or \
                    "co_" not in read(path):
                continue
            seen.add(path)
            arguments = e.get("arguments") or shlex.split(e["command"])
            files.append(Planted(lab.moved(path), (lab.moved(e["directory"]),
                                                   [lab.moved(a) for a in arguments])))
        chance.shuffle(files)
        (together(lab, files, tally) if options.together
         else one_by_one(lab, files, options, chance, tally))
    width = max([len(c) for _, c in tally.applied] + [5])
    print(f"{'kind':10}{'check':{width + 2}}{'applied':>8}{'failed':>8}")
    for (kind, check), n in sorted(tally.applied.items()):
        failed = sum(k == kind and f.get("check") == check for k, f, _ in tally.failed)
        print(f"{kind:10}{check:{width + 2}}{n:8}{failed:8}")
    natural = tally.count("natural")
    print(f"{sum(tally.applied.values())} fixes applied: {natural} natural, "
          f"{sum(tally.applied.values()) - natural} planted; {len(tally.failed)} failed")
    if options.json:
        with open(options.json, "w") as f:
            json.dump({"applied": [[*k, n] for k, n in sorted(tally.applied.items())],
                       "failed": [[k, f, w] for k, f, w in tally.failed]}, f, indent=1)
    sys.exit(bool(tally.failed))


if __name__ == "__main__":
    main()

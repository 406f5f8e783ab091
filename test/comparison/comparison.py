"""usage: comparison.py [--bless] LLVM ASYNC-TIDY

Runs clang-tidy's checks on coroutines, clang's own warnings and async-tidy on
the cases in inputs/, and compares what they say with what stands beside each
case, and with docs/comparison.md. With --bless, both are rewritten.

A case is a comment and the code up to the next one:

    // CASE: what it shows
    // DEFECT: why it is one         or   // CORRECT: why it is right
    // MISSED: why async-tidy does not find it, although another does
    // REPORTS: the checks that report something in it

What can't be blessed: async-tidy finds each defect that one of the others finds,
with all of its checks (but for those with a reason in MISSED), and its checks of
tier 'default' report nothing in code that is correct.
"""
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
INPUTS = ROOT / "test/comparison/inputs"
PAGE = ROOT / "docs/comparison.md"
FLAGS = ["-std=c++23", "-isystem", str(ROOT / "test/include")]

# The others, in the order of the columns: how they are called, and their names.
OTHERS = {
    "no-suspend-with-lock": ["cppcoreguidelines-no-suspend-with-lock"],
    "coroutine-hostile-raii": ["misc-coroutine-hostile-raii"],
    "avoid-capturing-lambda-coroutines": [
        "cppcoreguidelines-avoid-capturing-lambda-coroutines"],
    "avoid-reference-coroutine-parameters": [
        "cppcoreguidelines-avoid-reference-coroutine-parameters"],
    "unused-return-value": ["bugprone-unused-return-value"],
    "clang's warnings": ["clang-diagnostic-unused-value", "clang-diagnostic-unused-result"],
}
# The files, in the order of the sections, and the columns of each.
SECTIONS = {
    "locks": ["no-suspend-with-lock", "coroutine-hostile-raii"],
    "captures": ["avoid-capturing-lambda-coroutines"],
    "references": ["avoid-reference-coroutine-parameters"],
    "discards": ["unused-return-value", "clang's warnings"],
}
TAG = re.compile(r"// (CASE|DEFECT|CORRECT|MISSED|REPORTS):(.*)")
WARNING = re.compile(r"^.+?:(\d+):\d+: (warning|error): .*? \[([\w.,-]+)\]$", re.M)


class Case:
    """One case: the lines [start, end) of its file, of which the first are the
    comment, up to 'code'."""

    def __init__(self, tags, start, code):
        self.start, self.code, self.end = start, code, None
        self.title = tags.pop("CASE")
        self.missed = tags.pop("MISSED", None)
        written = tags.pop("REPORTS", "nothing")
        self.written = [] if written in ("", "nothing") else written.split(", ")
        if len(tags) != 1:
            sys.exit(f"'{self.title}' has to have one of DEFECT and CORRECT")
        ((self.kind, self.reason),) = tags.items()
        self.reports = []

    def is_missed(self):
        """Whether others report it, and async-tidy does not."""
        return bool(self.reports) and not any(map(is_ours, self.reports))

    def comment(self):
        lines = [("CASE", self.title), (self.kind, self.reason),
                 ("MISSED", self.missed if self.is_missed() else None),
                 ("REPORTS", ", ".join(self.reports) or "nothing")]
        return [line for tag, text in lines if text
                for line in textwrap.wrap(f"// {tag}: {text}", 80, subsequent_indent="//   ",
                                          break_on_hyphens=False)]


class Section:
    def __init__(self, name):
        self.name = name
        self.path = INPUTS / f"{name}.cpp"
        self.lines = self.path.read_text().splitlines()
        top = "\n".join(self.lines[:self.lines.index("")])
        self.title, self.intro = re.sub(r"^// ?", "", top, flags=re.M).split("\n\n")
        self.cases = []
        at = 0
        while at < len(self.lines):
            start, tags, tag = at, {}, None
            while at < len(self.lines) and self.lines[at].startswith("//"):
                if match := TAG.match(self.lines[at]):
                    tag = match[1]
                    tags[tag] = match[2].strip()
                elif tag:
                    tags[tag] += " " + self.lines[at][2:].strip()
                at += 1
            if "CASE" in tags:
                self.cases.append(Case(tags, start, at))
            at += 1
        for case, following in zip(self.cases, self.cases[1:]):
            case.end = following.start
        self.cases[-1].end = len(self.lines)

    def judge(self, command):
        ran = subprocess.run([a.replace("INPUT", str(self.path)) for a in command],
                             text=True, capture_output=True, stdin=subprocess.DEVNULL)
        found = WARNING.findall(ran.stdout)
        if ran.returncode not in (0, 1) or any(kind == "error" for _, kind, _ in found):
            sys.exit(f"{' '.join(command)} failed on {self.path}:\n{ran.stdout}{ran.stderr}")
        for line, _, checks in found:
            for case in self.cases:
                if case.start < int(line) <= case.end:
                    case.reports = sorted({*case.reports, *checks.split(",")})
                    break
            else:
                sys.exit(f"{self.path}:{line}: a report outside of all cases: {checks}")

    def blessed(self):
        lines = self.lines[:self.cases[0].start]
        for case in self.cases:
            lines += case.comment() + self.lines[case.code:case.end]
        return "\n".join(lines) + "\n"


class Judge:
    """Who found what in a section: its column in the table."""

    def __init__(self, name, says):
        self.name, self.says = name, says

    def cell(self, case):
        says = self.says(case)
        if case.kind == "DEFECT":
            return says or "missed"
        return "**wrong**" if says else ""

    def counts(self, cases):
        return (sum(bool(self.says(c)) for c in cases if c.kind == "DEFECT"),
                sum(bool(self.says(c)) for c in cases if c.kind == "CORRECT"))


def judges(optin):
    def any_of(test):
        return lambda case: "found" if any(map(test, case.reports)) else ""

    result = {title: Judge(title, any_of(names.__contains__)) for title, names in OTHERS.items()}
    result["others"] = Judge("clang and clang-tidy", any_of(lambda c: not is_ours(c)))
    result["ours"] = Judge("async-tidy", any_of(lambda c: is_ours(c) and c not in optin))
    result["opt-in"] = Judge("with opt-in checks", any_of(is_ours))
    return result


def is_ours(check):
    return check.startswith("async-")


def page(sections, all_judges):
    others, ours, optin = (all_judges[j] for j in ("others", "ours", "opt-in"))
    out = ["| | defects | clang and clang-tidy find | async-tidy finds "
           "| correct | clang and clang-tidy are wrong | async-tidy is wrong |",
           "|---|---|---|---|---|---|---|"]
    rows = [(f"[{s.title}](#{re.sub('[^a-z -]', '', s.title.lower()).replace(' ', '-')})",
             s.cases) for s in sections] + [("**All**", [c for s in sections for c in s.cases])]

    def count(some, index):
        of, more = ours.counts(some)[index], optin.counts(some)[index]
        return f"{of}" + (f"; {more} with opt-in checks" if more != of else "")
    for title, some in rows:
        defects = sum(c.kind == "DEFECT" for c in some)
        out.append(f"| {title} | {defects} | {others.counts(some)[0]} | {count(some, 0)} "
                   f"| {len(some) - defects} | {others.counts(some)[1]} | {count(some, 1)} |")
    for s in sections:
        columns = [*(all_judges[c] for c in SECTIONS[s.name]), ours]
        if optin.counts(s.cases) != ours.counts(s.cases):
            columns.append(optin)
        out += ["", f"## {s.title}", "", textwrap.fill(s.intro, 80), "",
                f"The code: [{s.name}.cpp](../test/comparison/inputs/{s.name}.cpp).", ""]
        for kind, title, verb in [("DEFECT", "Defects", "found"),
                                  ("CORRECT", "Correct code", "wrong")]:
            some = [c for c in s.cases if c.kind == kind]
            out += [f"### {title}", "",
                    "| " + " | ".join(["Case", "Why", *(c.name for c in columns)]) + " |",
                    "|---" * (2 + len(columns)) + "|"]
            out += ["| " + " | ".join([c.title, c.reason, *(j.cell(c) for j in columns)]) + " |"
                    for c in some]
            counts = [j.counts(some)[kind == "CORRECT"] for j in columns]
            out += [f"| **{len(some)}** | | " + " | ".join(f"**{n} {verb}**" for n in counts)
                    + " |", ""]
        for c in s.cases:
            if c.missed and c.is_missed():
                out += [textwrap.fill(f"Not found by async-tidy, “{c.title}”: {c.missed}.", 80), ""]
        out.pop()
    return "\n".join(out) + "\n"


def main():
    llvm, binary = sys.argv[-2:]
    bless = "--bless" in sys.argv
    listed = subprocess.run([binary, "--list-checks"], text=True, check=True,
                            capture_output=True).stdout
    optin = {l.split()[0] for l in listed.splitlines() if l.split()[2] == "opt-in"}
    others = ",".join(n for names in OTHERS.values() for n in names)
    commands = [
        [f"{llvm}/bin/clang-tidy", "--quiet", "--config={}", f"--checks=-*,{others}", "INPUT",
         "--", *FLAGS],
        # What could be done with less is no question of right and wrong.
        [binary, "--quiet", "--no-cache", "-j1",
         "--checks=-async-no-suspension,-async-redundant-coroutine,-async-borrowed-param",
         "--config={CheckOptions: {async.Tier: opt-in}}", "INPUT", "--", *FLAGS]]
    sections = [Section(name) for name in SECTIONS]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda job: job[0].judge(job[1]),
                      [(s, c) for s in sections for c in commands]))

    all_judges = judges(optin)
    problems = []
    for s in sections:
        for c in s.cases:
            where = f"{s.path}:{c.start + 1}: {c.title}"
            ours = [r for r in c.reports if is_ours(r)]
            theirs = [r for r in c.reports if not is_ours(r)]
            if c.kind == "DEFECT" and c.is_missed() and not c.missed:
                problems.append(f"{where}: a defect that {theirs[0]} finds, and async-tidy does not")
            if c.missed and not c.is_missed() and not bless:
                problems.append(f"{where}: there is no reason for MISSED any more")
            if c.kind == "CORRECT":
                problems += [f"{where}: {r} is wrong here" for r in ours if r not in optin]
            if not bless and c.reports != c.written:
                problems.append(f"{where}: reported by {', '.join(c.reports) or 'nobody'}, "
                                f"and expected of {', '.join(c.written) or 'nobody'}")
    wanted = {s.path: s.blessed() for s in sections}
    wanted[PAGE], marked = re.subn(
        r"(<!-- comparison -->\n).*?(<!-- /comparison -->)",
        lambda m: m[1] + page(sections, all_judges) + m[2], PAGE.read_text(), flags=re.S)
    if not marked:
        sys.exit(f"{PAGE} has no <!-- comparison --> and <!-- /comparison -->")
    for path, text in wanted.items():
        if path.read_text() == text:
            continue
        if bless:
            path.write_text(text)
            print(f"rewrote {path.relative_to(ROOT)}")
        else:
            problems.append(f"{path} is not what the programs say; run './dev bless'")
    sys.exit("\n".join(problems) or None)


if __name__ == "__main__":
    main()

"""usage: tables.py [--bless] BINARY

What README.md and the top of each check's page say of the checks, what
docs/models.md says of libraries and docs/model-reference.md of model files, is
what the program says; with --bless, they are rewritten so.
"""
import re
import subprocess
import sys
import textwrap

import project

HEADER = "| Group | Severity | Tier | Since | Fix |\n|---|---|---|---|---|\n"
FIXES = ["always", "sometimes", "none"]


def fix_of(page):
    """The one entry that only the page knows; its example tests it."""
    row = re.search(re.escape(HEADER) + r"\|.*\| (\w+) \|$", page.read_text(), re.M)
    if not row or row[1] not in FIXES:
        sys.exit(f"{page}: 'Fix' has to be one of {', '.join(FIXES)}")
    return row[1]


def top_of_page(check, fix):
    summary = check.summary[0].upper() + check.summary[1:] + "."
    return (f"# {check.name}\n\n{textwrap.fill(summary, 80)}\n\n{HEADER}"
            f"| {check.group} | {check.severity} | {check.tier} | {check.since} "
            f"| {fix} |\n\n")


def table(checks, fixes):
    rows = ["| Check | Severity | Tier | Fix | What it finds |", "|---|---|---|---|---|"]
    for c in checks.values():
        rows.append(f"| [{c.name}](docs/checks/{c.name}.md) | {c.severity} | {c.tier} "
                    f"| {fixes[c.name]} | {c.summary} |")
    return "\n".join(rows) + "\n"


def told(*command):
    return subprocess.run(command, text=True, check=True, capture_output=True).stdout


def libraries(lines):
    rows = ["| Model | Library |", "|---|---|"]
    for line in lines.splitlines():
        name, title = re.fullmatch(r"(\S+) +(.*?): .*", line).groups()
        rows.append(f"| `{name}` | {title} |")
    return "\n".join(rows) + "\n"


def main():
    binary = sys.argv[-1]
    checks = project.registered(binary)
    pages = {n: p for n, p in project.pages().items() if n in checks}
    fixes = {name: fix_of(page) for name, page in pages.items()}

    wanted = {}
    for name, page in pages.items():
        wanted[page] = re.sub(r"\A.*?(?=^## )", lambda _: top_of_page(checks[name], fixes[name]),
                              page.read_text(), flags=re.M | re.S)
    readme = project.ROOT / "README.md"
    wanted[readme], marked = re.subn(
        r"(<!-- checks -->\n).*?(<!-- /checks -->)",
        lambda m: m[1] + table(checks, fixes) + m[2], readme.read_text(), flags=re.S)
    if not marked:
        sys.exit("README.md has no <!-- checks --> and <!-- /checks -->")

    for name, mark, text in [
            ("docs/model-reference.md", "reference", told(binary, "models", "--reference")),
            ("docs/models.md", "models", libraries(told(binary, "models")))]:
        page = project.ROOT / name
        wanted[page], marked = re.subn(
            rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)",
            lambda m: m[1] + text + m[2], page.read_text(), flags=re.S)
        if not marked:
            sys.exit(f"{page} has no <!-- {mark} --> and <!-- /{mark} -->")

    stale = [path for path, text in wanted.items() if path.read_text() != text]
    if "--bless" in sys.argv:
        for path in stale:
            path.write_text(wanted[path])
            print(f"rewrote {path.relative_to(project.ROOT)}")
    elif stale:
        sys.exit("\n".join(f"{path} is not what the program says; run './dev bless'"
                           for path in stale))


if __name__ == "__main__":
    main()

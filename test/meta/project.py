"""What the tests in this folder share: the checks as the program lists them,
their pages, and what the two hosts print."""
import pathlib
import re
import subprocess
import sys
import typing

ROOT = pathlib.Path(__file__).resolve().parents[2]
DIAGNOSTIC = re.compile(
    r"^(?P<file>.+?):(?P<line>\d+):\d+: (?P<kind>warning|error|note): "
    r"(?P<message>.*?)(?: \[(?P<check>[\w.,-]+)\])?$", re.M)


class Check(typing.NamedTuple):
    name: str
    group: str
    severity: str
    tier: str
    since: str
    summary: str


def registered(binary):
    """The checks by name. The program tells all but the group and the release,
    which stand beside the check's class."""
    listed = subprocess.run([binary, "--list-checks"], text=True, check=True,
                            capture_output=True).stdout
    beside = {}
    for source in ROOT.glob("checks/*/*.cpp"):
        text = source.read_text()
        if name := re.search(r'\.Name = "(async-[^"]*)"', text):
            since = re.search(r'\.Since = "([^"]*)"', text)[1]
            beside[name[1]] = (source.parent.name, since)
    checks = {}
    for line in listed.splitlines():
        name, severity, tier, summary = line.split(maxsplit=3)
        group, since = beside[name]
        checks[name] = Check(name, group, severity, tier, since, summary)
    return checks


def pages():
    """The pages of the checks, by the check's name."""
    return {p.stem: p for p in sorted(ROOT.glob("docs/checks/*.md"))}


def blocks(page):
    """The page's examples, 'bad' and 'good'."""
    return dict(re.findall(r"^```cpp (bad|good)\n(.*?)^```$", page.read_text(),
                           re.M | re.S))


def hosts(llvm, build):
    """How to run the checks in each of their hosts: without a configuration
    that lies around, and without counts of what was found."""
    options = ["--quiet", "--config={}"]
    return {
        "clang-tidy": [f"{llvm}/bin/clang-tidy", "--load",
                       f"{build}/lib/libAsyncTidy.so", *options],
        "async-tidy": [f"{build}/bin/async-tidy", *options],
    }


def diagnostics(command):
    """What the host that \\p command runs prints, one match of DIAGNOSTIC each.
    A file that does not parse is an error."""
    ran = subprocess.run(command, text=True, capture_output=True)
    found = list(DIAGNOSTIC.finditer(ran.stdout))
    if ran.returncode not in (0, 1) or any(d["kind"] == "error" for d in found):
        sys.exit(f"{' '.join(command)}\nexited with {ran.returncode}:\n"
                 f"{ran.stdout}{ran.stderr}")
    return found


def wording(text):
    """What is wrong with a message or a summary: they are in ASCII, start in
    lower case or with a quotation, and have no full stop."""
    problems = []
    if not text.isascii():
        problems.append(f"not ASCII: {text}")
    if not re.match(r"['a-z]", text):
        problems.append(f"does not start in lower case or with a quotation: {text}")
    if text.endswith("."):
        problems.append(f"ends in a full stop: {text}")
    if "FIXME" in text:
        problems.append(f"is not written yet: {text}")
    return problems


def finish(problems):
    """Ends a test: well if there are no problems."""
    sys.exit("\n".join(problems) or None)

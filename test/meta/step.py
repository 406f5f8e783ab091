"""usage: step.py BINARY

Each check that the program lists has a page and a folder of tests, one of them
with the same code made synchronous; and there are no others. A page has all of
its sections, in their order.
"""
import re
import sys

import project

SECTIONS = ["What it does", "Why is this bad", "Example",
            "What it does not report", "Options", "Suppressing"]

checks = set(project.registered(sys.argv[1]))
folders = {f.name: f for f in (project.ROOT / "test/checks").iterdir() if f.is_dir()}
problems = []


def compare(what, there):
    problems.extend(f"{name} has no {what}" for name in sorted(checks - set(there)))
    problems.extend(f"{name} has a {what}, and is no check"
                    for name in sorted(set(there) - checks))


compare("page in docs/checks", project.pages())
compare("folder in test/checks", folders)
for name, folder in sorted(folders.items()):
    if not list(folder.glob("*.cpp")):
        problems.append(f"test/checks/{name} has no test")
    elif not (folder / "synchronous.cpp").exists():
        problems.append(f"test/checks/{name} has no synchronous.cpp")
for name, page in project.pages().items():
    text = page.read_text()
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    if re.findall(r"^## (.*)", prose, re.M) != SECTIONS:
        problems.append(f"{page}: the sections have to be {', '.join(SECTIONS)}")
    example = re.search(r"^## Example\n.*?^## ", text, re.M | re.S)
    if not example or not re.search(r"^```cpp bad\n.*^Use instead:\n.*^```cpp good\n",
                                    example[0], re.M | re.S):
        problems.append(f"{page}: the example has to be '```cpp bad', "
                        "'Use instead:', '```cpp good'")
    if "FIXME" in text:
        problems.append(f"{page}: has a FIXME")
project.finish(problems)

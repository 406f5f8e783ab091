"""usage: messages.py BUILD INCLUDE

Messages and summaries are in ASCII, start in lower case or with a quotation,
and have no full stop: all that the tool prints on the bad examples of the pages
and on the tour.
"""
import pathlib
import re
import sys
import tempfile

import project

build, include = sys.argv[1:]
run = project.hosts("", build)["async-tidy"]
checks = project.registered(f"{build}/bin/async-tidy")
found = project.diagnostics([*run, "-p", f"{build}/tour"])
with tempfile.TemporaryDirectory() as folder:
    for name, page in project.pages().items():
        source = pathlib.Path(folder, f"{name}.cpp")
        source.write_text(project.blocks(page)["bad"])
        found += project.diagnostics([*run, f"--checks={name}", str(source), "--",
                                      "-std=c++20", "-isystem", include])

problems = [f"no message of {name} was seen"
            for name in sorted(set(checks) - {d["check"] for d in found})]
for text in [d["message"] for d in found] + [c.summary for c in checks.values()]:
    if not text.isascii():
        problems.append(f"not ASCII: {text}")
    if not re.match(r"['a-z]", text):
        problems.append(f"does not start in lower case or with a quotation: {text}")
    if text.endswith("."):
        problems.append(f"ends in a full stop: {text}")
    if "FIXME" in text:
        problems.append(f"is not written yet: {text}")
project.finish(problems)

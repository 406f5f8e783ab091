"""usage: tour.py LLVM BUILD

Both hosts find in docs/tour what docs/tour/expected.txt says, and nothing else,
and say it as messages are worded.
"""
import json
import pathlib
import sys

import project

llvm, build = sys.argv[1:]
database = pathlib.Path(build, "tour")
files = [entry["file"] for entry in json.loads((database / "compile_commands.json").read_text())]
expected = set((project.ROOT / "docs/tour/expected.txt").read_text().splitlines())
problems = []
for host, command in project.hosts(llvm, build).items():
    printed = project.diagnostics(
        [*command, "--checks=-*,async-*", "-p", str(database), *files])
    for d in printed:
        problems += project.wording(d["message"])
    found = {f"{pathlib.Path(d['file']).name}:{d['line']} {d['check']}"
             for d in printed if d["kind"] == "warning"}
    problems += [f"{host} does not find {line}" for line in sorted(expected - found)]
    problems += [f"{host} finds {line}, which is not expected" for line in sorted(found - expected)]
project.finish(problems)

"""usage: new_check.py BUILD LLVM INCLUDE

What scripts/new_check.py writes compiles as a part of the program, its page and
tests are in the form that the other tests here want, and it neither overwrites
a file nor takes a name that is not one of a check.
"""
import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

import project

build, llvm, include = sys.argv[1:]
NAME = "async-scaffolded-check"
folder = tempfile.TemporaryDirectory()
root = pathlib.Path(folder.name)


def scaffold(group, name):
    return subprocess.run([sys.executable, project.ROOT / "scripts/new_check.py",
                           "--root", root, group, name], text=True, capture_output=True)


def written():
    return {str(p.relative_to(root)): p.read_text() for p in root.rglob("*") if p.is_file()}


def compiles(command):
    ran = subprocess.run(command, text=True, capture_output=True)
    if ran.returncode or "warning:" in ran.stderr:
        sys.exit(f"{shlex.join(map(str, command))}\n{ran.stderr}")


for group, name in [("results", "unawaited-thing"), ("results", "async-Upper"),
                    ("results", "async-"), ("results", "async-a--b"), ("results", "async-a_b"),
                    ("core", NAME), ("models", NAME), ("../results", NAME)]:
    if not scaffold(group, name).returncode or written():
        sys.exit(f"'{group} {name}' should be refused, and leave nothing")

ran = scaffold("results", NAME)
files = written()
wanted = {"checks/results/ScaffoldedCheck.cpp", f"docs/checks/{NAME}.md",
          f"test/checks/{NAME}/basic.cpp", f"test/checks/{NAME}/synchronous.cpp"}
if ran.returncode or set(files) != wanted:
    sys.exit(f"wrote {sorted(files)}, not {sorted(wanted)}\n{ran.stderr}")
if not scaffold("results", NAME).returncode or written() != files:
    sys.exit("should refuse to write files that exist, and leave them as they are")

# As the other checks are compiled, but for what the precompiled header includes.
entry = next(e for e in json.loads(pathlib.Path(build, "compile_commands.json").read_text())
             if e["file"].endswith("checks/blocking/BlockingSleep.cpp"))
flags = shlex.split(entry["command"])
while "-Xclang" in flags:
    at = flags.index("-Xclang")
    del flags[at:at + 2]
flags = flags[:flags.index("-o")]
compiles([*flags, "-Werror", "-fsyntax-only", root / "checks/results/ScaffoldedCheck.cpp"])

page = root / f"docs/checks/{NAME}.md"
examples = project.blocks(page)
if set(examples) != {"bad", "good"}:
    sys.exit("the page has no examples")
for kind, code in examples.items():
    (root / f"{kind}.cpp").write_text(code)
for source in [root / "bad.cpp", root / "good.cpp", *root.glob("test/checks/*/*.cpp")]:
    compiles([f"{llvm}/bin/clang++", "-std=c++20", "-fsyntax-only", "-isystem", include, source])

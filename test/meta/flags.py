"""usage: flags.py BINARY

The tables of docs/command-line.md have the flags that --help shows, for the
program and for its commands.
"""
import re
import subprocess
import sys

import project



def shown(*command):
    text = subprocess.run([sys.argv[1], *command, "--help"], text=True, check=True,
                          capture_output=True).stdout
    return text, set(re.findall(r"^  (--?[\w-]+)", text, re.M))


text, flags = shown()
for command in re.findall(r"^  (\w+) +- ", text, re.M):
    flags |= shown(command)[1]
page = (project.ROOT / "docs/command-line.md").read_text()
described = re.findall(r"^\| `(--?[\w-]+)", page, re.M)
problems = [f"docs/command-line.md says nothing of {f}" for f in sorted(flags - set(described))]
problems += [f"docs/command-line.md has {f}, which is no flag" for f in sorted(set(described) - flags)]
problems += [f"docs/command-line.md has {f} twice" for f in sorted(flags)
             if described.count(f) > 1]
project.finish(problems)

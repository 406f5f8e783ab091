"""usage: flags.py BINARY

The tables of docs/command-line.md have the flags that --help shows.
"""
import re
import subprocess
import sys

import project

shown = subprocess.run([sys.argv[1], "--help"], text=True, check=True, capture_output=True).stdout
flags = set(re.findall(r"^  (--?[\w-]+)", shown, re.M))
page = (project.ROOT / "docs/command-line.md").read_text()
described = re.findall(r"^\| `(--?[\w-]+)", page, re.M)
problems = [f"docs/command-line.md says nothing of {f}" for f in sorted(flags - set(described))]
problems += [f"docs/command-line.md has {f}, which is no flag" for f in sorted(set(described) - flags)]
problems += [f"docs/command-line.md has {f} twice" for f in sorted(flags)
             if described.count(f) > 1]
project.finish(problems)

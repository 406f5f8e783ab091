"""usage: readme.py [--bless] BINARY BUILD

The output in README.md is what './dev run' prints; with --bless, it is replaced
by that. A line '[...]' stands for any number of lines.
"""
import re
import subprocess
import sys

import project

*bless, binary, build = sys.argv[1:]
ran = subprocess.run([binary, "--no-cache", "-p", f"{build}/tour"], text=True, capture_output=True,
                     cwd=project.ROOT)
# After the findings comes their count; how far the analysis is went before.
printed = ran.stdout + ran.stderr.splitlines()[-1] + "\n"

readme = project.ROOT / "README.md"
outputs = [block for block in re.findall(r"^```text\n(.*?)^```$", readme.read_text(), re.M | re.S)
           if "async-tidy: " in block]
if len(outputs) != 1:
    sys.exit("README.md has to have one block of output")
pattern = "".join(r"(?:.*\n)+?" if line == "[...]\n" else re.escape(line)
                  for line in outputs[0].splitlines(keepends=True))
if re.fullmatch(pattern, printed):
    sys.exit()
if bless:
    readme.write_text(readme.read_text().replace(outputs[0], printed))
    print("rewrote the output in README.md")
else:
    sys.exit(f"README.md shows output that the tool does not print. It prints:\n{printed}")

"""usage: options.py LLVM BUILD

Each check's page describes the options that the check has.
"""
import re
import subprocess
import sys

import project

llvm, build = sys.argv[1:]
checks = project.registered(f"{build}/bin/async-tidy")
command = project.hosts(llvm, build)["clang-tidy"]
shown = subprocess.run([*command, "--checks=-*," + ",".join(checks), "--dump-config"], text=True,
                       check=True, capture_output=True).stdout
problems = []
for name, page in project.pages().items():
    options = set(re.findall(rf"^  {name}\.(\w+):", shown, re.M))
    section = re.search(r"^## Options\n(.*?)^## ", page.read_text(), re.M | re.S)[1]
    described = set(re.findall(r"^- `(\w+)`:", section, re.M))
    if described != options:
        problems.append(f"{page} describes the options {described or 'none'}, "
                        f"and the check has {options or 'none'}")
project.finish(problems)

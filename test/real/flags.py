"""usage: flags.py PACKAGE... [-- FLAG...]

Prints what pkg-config says of the packages, and the flags, one per line, as
compile_flags.txt wants them.
"""
import shlex
import subprocess
import sys

packages, own = sys.argv[1:], []
if "--" in packages:
    at = packages.index("--")
    packages, own = packages[:at], packages[at + 1:]
told = subprocess.run(["pkg-config", "--cflags", *packages], text=True, check=True,
                      capture_output=True).stdout
print("\n".join(shlex.split(told) + own))

#!/usr/bin/env python3
"""usage: usage.py COMMAND...   runs it, and prints its time and memory"""
import resource
import subprocess
import sys
import time

began = time.monotonic()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"exit code {code}, {time.monotonic() - began:.2f} s, of which "
      f"{used.ru_utime:.2f} s user and {used.ru_stime:.2f} s system; "
      f"{used.ru_maxrss / 1024:.0f} MB")

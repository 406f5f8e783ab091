#!/usr/bin/env python3
"""usage: expect_exit.py CODE COMMAND...   succeeds when COMMAND exits with CODE"""
import subprocess
import sys

code = subprocess.call(sys.argv[2:])
if code != int(sys.argv[1]):
    sys.exit(f"expected exit code {sys.argv[1]}, got {code}")

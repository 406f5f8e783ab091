"""usage: messages.py BINARY

Each check has a page, whose examples test its messages (examples.py), and its
summary is worded as messages are.
"""
import sys

import project

checks = project.registered(sys.argv[1])
problems = [f"{name} has no page, so no message of it was seen"
            for name in sorted(set(checks) - set(project.pages()))]
for check in checks.values():
    problems += project.wording(check.summary)
project.finish(problems)

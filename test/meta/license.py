"""Every source file starts with its name, and the license."""
import re

import project

problems = []
for folder in ["checks", "driver", "test/unit"]:
    for path in sorted((project.ROOT / folder).rglob("*")):
        if path.suffix not in (".cpp", ".h"):
            continue
        header = (rf"//===-- {re.escape(path.name)} - .*===//\n"
                  r"//\n"
                  r"// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.\n"
                  r"// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception\n"
                  r"//\n"
                  r"//===-+===//\n")
        if not re.match(header, path.read_text()):
            problems.append(f"{path.relative_to(project.ROOT)} does not start with the header "
                            "that driver/Plan.cpp has")
project.finish(problems)

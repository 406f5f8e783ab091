"""Links from README.md and docs lead to files that are there, and to headings that these have."""
import re

import project


def anchors(page):
    text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.M | re.S)
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-").lower()
            for heading in re.findall(r"^#+ (.*)", text, re.M)}


problems = []
for page in [project.ROOT / "README.md", *project.ROOT.glob("docs/**/*.md")]:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            problems.append(f"{page.relative_to(project.ROOT)}: {link} leads nowhere")
project.finish(problems)

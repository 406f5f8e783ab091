#!/usr/bin/env python3
"""usage: github.py ACTION [NAME=VALUE...] [github.NAME=VALUE...]

Runs the steps of a composite action as a runner of GitHub does, in this folder:
inputs with their defaults, expressions, conditions, outputs, one shell for each
step. Steps that use another action are only printed, with what they are given.
Exits as the job would, and prints the outputs of the action.
https://docs.github.com/actions/sharing-automations/creating-actions/metadata-syntax-for-github-actions
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(\w[\w.-]*)|(==|!=|&&|\|\||[()!]))")


class Expression:
    """What stands in '${{ }}': names, texts, ==, !=, &&, ||, ! and always()."""

    def __init__(self, text, names, failed):
        self.tokens, at = [], 0
        while at < len(text.rstrip()):
            m = TOKEN.match(text, at)
            if not m:
                sys.exit(f"this runner does not know the expression '{text}'")
            self.tokens.append(m[0].strip())
            at = m.end()
        self.names, self.failed, self.said = names, failed, False

    def take(self, *wanted):
        if self.tokens and self.tokens[0] in wanted:
            return self.tokens.pop(0)
        return None

    def either(self):
        value = self.both()
        while self.take("||"):
            other = self.both()
            value = value or other
        return value

    def both(self):
        value = self.equal()
        while self.take("&&"):
            other = self.equal()
            value = value and other
        return value

    def equal(self):
        value = self.one()
        while operator := self.take("==", "!="):
            value = (value == self.one()) == (operator == "==")
        return value

    def one(self):
        if self.take("!"):
            return not self.one()
        if self.take("("):
            value = self.either()
            self.take(")")
            return value
        token = self.tokens.pop(0)
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if self.take("("):
            self.take(")")
            self.said = True
            return {"always": True, "failure": self.failed, "success": not self.failed}[token]
        # What nobody has set is empty.
        return self.names.get(token, "")


def main():
    path = pathlib.Path(sys.argv[1]).resolve()
    action = yaml.safe_load(path.read_text())
    given = dict(a.split("=", 1) for a in sys.argv[2:])
    names = {"github.action_path": str(path.parent), "runner.os": "Linux", "github.sha": "0" * 40}
    for name, value in action["inputs"].items():
        names["inputs." + name] = given.pop(name, str(value.get("default", "")))
    for name in list(given):
        if name.startswith("github."):
            names[name] = given.pop(name)
    if given:
        sys.exit(f"the action has no input {', '.join(given)}")
    failed = False

    def evaluate(text):
        return Expression(text, names, failed).either()

    def substitute(text):
        return re.sub(r"\$\{\{(.*?)\}\}", lambda m: str(evaluate(m[1])), str(text))

    variables = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        def file(name):
            result = pathlib.Path(folder, name)
            result.write_text("")
            return result

        variables["RUNNER_TEMP"] = os.environ.get("RUNNER_TEMP", folder)
        for step in action["runs"]["steps"]:
            condition = Expression(str(step.get("if", "success()")), names, failed)
            wanted = condition.either()
            if not wanted or (failed and not condition.said):
                continue
            if "uses" in step:
                print("uses", step["uses"], {k: substitute(v) for k, v in step["with"].items()})
                continue
            assert step["shell"] == "bash"  # which a composite action has to name
            outputs, variables_file, script = file("outputs"), file("variables"), file("script.sh")
            script.write_text(substitute(step["run"]))
            sys.stdout.flush()
            code = subprocess.call(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
                env={**variables, "GITHUB_OUTPUT": str(outputs), "GITHUB_ENV": str(variables_file),
                     "GITHUB_ACTION_PATH": str(path.parent),
                     "GITHUB_STEP_SUMMARY": str(file("summary")),
                     **{k: substitute(v) for k, v in step.get("env", {}).items()}})
            failed |= code != 0
            for line in outputs.read_text().splitlines():
                name, value = line.split("=", 1)
                names[f"steps.{step.get('id')}.outputs.{name}"] = value
            for line in variables_file.read_text().splitlines():
                name, value = line.split("=", 1)
                variables[name] = value
        for name, value in action.get("outputs", {}).items():
            print(f"output {name}={substitute(value['value'])}")
    sys.exit(failed)


if __name__ == "__main__":
    main()

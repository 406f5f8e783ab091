#!/usr/bin/env python3
"""Plants mistakes in code that works, and counts how many async-tidy finds.

usage: mutate.py --async-tidy=FILE -p FOLDER [options] [files]

Without files, all that FOLDER/compile_commands.json names and that have a
co_await; -p may be given several times. The mistakes are of these kinds:

    dropped    a co_await is deleted from 'co_await f();'
    kept       'co_await f();' becomes 'auto planted = f();'
    stored     a co_await is deleted from 'auto x = co_await f();'
    unlock     the end of a lock, a '}' or an unlock(), moves behind the next await
    lock       a lock is put before an await
    sleep      a sleep that is awaited becomes a sleep of the thread
    token      a call no longer gets the cancellation token that its function
               was given
    catch      a handler in an endless loop becomes 'catch (...)', and neither
               throws nor leaves; or one that does so comes around the body of
               such a loop
    close      an awaited close or join of a local scope, gate or stream is deleted

What is planted has to be a mistake. So no token is taken from what closes
something: that is to be done, above all, when the coroutine has to stop. And a
handler swallows a cancellation only where there is one, and only in a loop that
nothing else ends: elsewhere, what comes behind it may be the clean-up. That is,
the loop has no condition, leaves nowhere before it first waits, and awaits
something that throws when it is cancelled: anything in a coroutine of a library
that cancels whatever it awaits, or else something that is given a token. A
handler that catches cancellations already, and goes on, is not widened.

Places are found in the text, outside of comments, strings and directives, and
every mutant is compiled: what clang does not take, does not see or no longer
takes for a coroutine is no mutant. Nothing of the
project is written to: the mutant is a file elsewhere, compiled with the
project's command and -iquote. A mutant is found if async-tidy reports something
at the statement, or where its variable is declared, that it does not report
without it. Equal seeds make equal mutants of equal code.

To parse less, several mutants of one file are made at once, never two in one
function or lambda; they are compiled together, and each is judged by its own
lines.
"""
import argparse
import bisect
import collections
import difflib
import json
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile

KINDS = {"dropped": 200, "kept": 50, "stored": 50, "unlock": 25, "lock": 50, "sleep": 50,
         "token": 50, "catch": 30, "close": 30}
INCLUDES = ["mutex", "thread", "chrono"]

TOKEN = re.compile(r"""
    (?P<blank> //(?:\\\n|[^\n])* | /\*.*?\*/
             | ^[ \t]*\#(?:\\\n|/\*.*?\*/|[^\n])*)
  | (?:u8|[uUL])?R"(?P<delimiter>[^()\\\s]*)\(.*?\)(?P=delimiter)"
  | (?:u8|[uUL])?"(?:\\.|[^"\\\n])*"
  | (?P<word> [A-Za-z_]\w* | \.?\d(?:[eEpP][+-]|['\w.])* )
  | (?:u8|[uUL])?'(?:\\.|[^'\\\n])*'
""", re.X | re.S | re.M)

# What the awaited sleeps of libraries are called.
SLEEPS = re.compile(r"(?:\b|_)(?:async_wait|sleep|sleep_abortable|sleepFor|sleepUntil|sleep_for|"
                    r"sleep_until|co_sleep|coro_sleep|delay|afterDelay|after_delay|schedule_after|"
                    r"schedule_at|yield_for|yield_until|resume_after)\s*"
                    r"(?:<[^;()]*>)?\s*\(")
# These only ask the promise, and never suspend.
NEVER = re.compile(r"\b(?:this_coro|co_current_\w+|suspend_never|get_executor|CurrentExecutor)\b")
# What is awaited at the end of an object's life.
CLOSES = re.compile(r"(\w+)\s*(?:\.|->)\s*(?:(?:co_|async_)?(?:close|join|cleanup|stop|drain|shutdown)|"
                    r"(?:close|join|cleanup|stop|drain|shutdown)(?:Async|_async)|"
                    r"complete_and_join|onEmpty|on_empty)\s*\(")
# Parts of the names of classes whose objects have to be waited for.
SCOPES = re.compile(r"[Ss]cope|gate|\.output\(|[Gg]roup|TaskSet|task_container|sharded|output_stream|sink|nursery")
# The types of parameters that ask for an end.
TOKENS = re.compile(r"\b(?:stop_token|\w*[cC]ancell?ation_?[tT]oken|abort_source|inplace_stop_token|"
                    r"in_place_stop_token|cancellation_slot|Signal|Slot)\b[\s&*]*(\w+)\s*[,)=]")
# Calls that end something.
ENDERS = re.compile(r"\b(?:close|join|cleanup|stop|drain|shutdown|disconnect|cancel|release|unlock)\w*\s*\($")
# Loops that their conditions don't end.
ENDLESS = re.compile(r"\b(?:while\s*\(\s*(?:true|1)\s*\)|for\s*\([^;()]*;\s*(?:true\s*)?;[^()]*\))\s*\{")
# Coroutines whose awaits throw when somebody cancels them, whatever they are.
AMBIENT = re.compile(r"\b(?:awaitable\s*<|cobalt\s*::\s*(?:task|promise|main)\b|"
                     r"coro\s*::\s*(?:Task|AsyncGenerator)\b|(?<!::)Task\s*<)")
# Awaits that return their error, and calls that never suspend.
VALUES = re.compile(r"\b(?:as_tuple|as_single|as_result|nothrow\w*|\w*_nothrow\w*|redirect_error|redirect_disposition|"
                    r"deferred|aw_asio|co_awaitTry|co_nothrow|value_or_error\w*)\b|\[&?\]\s*=")
LEAVES = r"\b(?:throw|co_return|co_yield|return|break|goto|rethrow\w*)\b"
CANCELLATIONS = re.compile(r"(?i)cancel|abort|closed|broken|stopped|terminat|\.\.\.|\bstd\s*::\s*exception\b|"
                           r"\bsystem_error\b")
GUARD = re.compile(r"\b(?:lock_guard|scoped_lock|unique_lock|shared_lock)\b[^;{}]*")
LAMBDA = re.compile(r"\[[^\[\]]*\]\s*(?:<[^{}]*>\s*)?(?:\([^{}]*\)\s*)?"
                    r"(?:mutable\b|constexpr\b|noexcept\b|static\b|\s)*(?:->[^{};]*)?$")
LOCKS = ["static std::mutex planted; std::lock_guard<std::mutex> planted_guard(planted);{s}",
         "static std::mutex planted; const std::scoped_lock planted_guard(planted);{s}",
         "static std::mutex planted; auto planted_guard = std::unique_lock(planted);{s}",
         "static std::mutex planted; planted.lock();{s} planted.unlock();"]
SLEEP = "std::this_thread::sleep_for(std::chrono::milliseconds(10))"


def masked(text):
    """The text with spaces in the place of comments, literals and directives:
    of the same length, with the same lines."""
    def blank(m):
        return m[0] if m["word"] else re.sub(r"[^\n]", " ", m[0])
    return TOKEN.sub(blank, text)


class Mutant:
    def __init__(self, kind, edits, lines, body):
        self.kind, self.edits, self.lines, self.body = kind, edits, lines, body
        self.found_by, self.clang = [], False


class Source:
    """A file, and where in it mistakes can be planted."""

    def __init__(self, path, command):
        self.path, self.command = path, command
        with open(path, errors="surrogateescape", newline="") as f:
            self.text = f.read()
        self.mask = masked(self.text)
        self.starts = [0] + [m.end() for m in re.finditer("\n", self.text)]
        self.match_brackets()
        self.mutants = []

    def line(self, at):
        return bisect.bisect_right(self.starts, at)

    def match_brackets(self):
        """For each bracket its partner and, for any place, what is around it."""
        self.partner, self.events = {}, []
        stack = []
        pairs = {")": "(", "]": "[", "}": "{"}
        for m in re.finditer(r"[()\[\]{}]", self.mask):
            if m[0] in "([{":
                stack.append(m.start())
            else:
                while stack and self.mask[stack[-1]] != pairs[m[0]]:
                    stack.pop()  # unbalanced, as by '#if': make the best of it
                if stack:
                    opened = stack.pop()
                    self.partner[opened], self.partner[m.start()] = m.start(), opened
            self.events.append((m.start(), tuple(stack)))
        self.places = [e[0] for e in self.events]

    def around(self, at):
        """The brackets that are open at a place, from outside in."""
        i = bisect.bisect_left(self.places, at) - 1
        return self.events[i][1] if i >= 0 else ()

    def function(self, at):
        """The outermost braces around a place that are not of a namespace or
        class."""
        for opened in self.around(at):
            if self.mask[opened] != "{" or opened not in self.partner:
                continue
            head = self.mask[max(self.mask.rfind(c, 0, opened) for c in ";{}") + 1:opened]
            head = re.sub(r"\b(?:alignas|__attribute__|__declspec)\s*\(+[^()]*\)+", "", head)
            if not re.search(r"\b(?:namespace|enum|extern)\b[^()]*$|"
                             r"\b(?:class|struct|union)\b[^()]*$", head):
                return opened, self.partner[opened]
        return None

    def body(self, at):
        """The same of the innermost lambda around a place, if there is one."""
        for opened in reversed(self.around(at)):
            if self.mask[opened] == "{" and opened in self.partner:
                head = self.mask[max(self.mask.rfind(c, 0, opened) for c in ";{}") + 1:opened]
                if LAMBDA.search(head):
                    return opened, self.partner[opened]
        return self.function(at)

    def statement(self, at):
        """The statement of a block that a place is in, as its start and the
        place behind its ';'. None if it is none of a block."""
        around = self.around(at)
        if not around or self.mask[around[-1]] != "{":
            return None
        block = around[-1]
        end = self.partner.get(block)
        if end is None:
            return None
        start = at
        while start > block + 1:
            c = self.mask[start - 1]
            if c in ";{":
                break
            if c == "}" and not re.match(r"\s*[\w=.,)]", self.mask[start:at] + self.mask[at]):
                break
            if c in "})]":
                start = self.partner.get(start - 1, block + 1)
                if c == "}":
                    # The end of a block is the end of a statement.
                    start = self.partner[start] + 1
                    break
                continue
            start -= 1
        while at < end:
            c = self.mask[at]
            if c == ";":
                return start, at + 1
            at = self.partner.get(at, at) + 1 if c in "([{" else at + 1
        return None

    def lines_of(self, start, end):
        return set(range(self.line(start), self.line(max(start, end - 1)) + 1))

    def declared(self, name, before, function):
        """The line on which a variable seems to be declared."""
        found = None
        # From its parameters on.
        start = max(self.mask.rfind(c, 0, function[0]) for c in ";{}") + 1
        for m in re.finditer(rf"(?:\b\w+|[>&*\]])\s*[&*\s]\s*{re.escape(name)}\s*[=({{;:,)]",
                             self.mask[start:before]):
            if not re.match(r"(?:return|co_return|co_await)\b", m[0]):
                found = self.line(start + m.end() - 1)
        return found

    def collect(self, kinds, chance):
        if "token" in kinds:
            self.collect_tokens()
        if "catch" in kinds:
            self.collect_handlers()
        for m in re.finditer(r"\bco_await\b\s*", self.mask):
            place, function = self.statement(m.start()), self.function(m.start())
            if not place or not function:
                continue
            start, end = place
            prefix = self.mask[start:m.start()]
            operand = self.text[m.end():end - 1]
            plain = re.fullmatch(
                r"\s*(?:(?:else|do|(?:if|for|while)\s*(?:constexpr\s*)?\(.*\))\s*|"
                r"(?:case\b[^;{}?]*|default\s*|\w+\s*):\s+)*(?:\(\s*void\s*\)\s*)?",
                prefix, re.S)
            variable = re.fullmatch(
                r"\s*(?:\[\[[^]]*\]\]\s*)?(?:(?:const|static|constexpr)\s+)*"
                r"(?:auto|[\w:]+(?:\s*<[^;=]*>)?(?:::\w+)?)(?:\s+const)?\s*(?:&&?|\*)?\s*\b(\w+)\s*=\s*",
                prefix, re.S)
            first = m.start() - len(prefix.lstrip())
            lines = self.lines_of(first, end)
            # '(void)name;' is how people say that they have no use for it.
            if re.search(r"\(\s*void\s*\)\s*$", prefix) and re.fullmatch(r"\w+", operand.strip()):
                continue
            if plain or variable:
                more = set()
                if named := re.fullmatch(r"\s*(?:std::move\(|\*)?\s*(\w+)\s*\)?\s*", operand):
                    if declared := self.declared(named[1], start, function):
                        more.add(declared)
                self.add("dropped" if plain else "stored",
                         [(m.start(), m.end(), re.sub(r"[^\n]", "", self.text[m.start():m.end()]))],
                         lines | more)
            if not prefix.strip():
                self.add("kept", [(m.start(), m.end(), "auto planted = " + re.sub(
                    r"[^\n]", "", self.text[m.start():m.end()]))], lines)
            if plain and SLEEPS.search(operand.split("\n")[0] if "{" in operand else operand):
                self.add("sleep", [(m.start(), end - 1, SLEEP + "\n" *
                                    self.text.count("\n", m.start(), end - 1))], lines)
            closes = not prefix.strip() and CLOSES.match(operand)
            declared = self.declared(closes[1], start, function) if closes else None
            text = self.mask[self.starts[declared - 1]:self.starts[declared]] if declared else ""
            if SCOPES.search(text) and not re.search(rf"[&*]\s*{closes[1]}\b", text):
                self.add("close", [(first, end - 1, re.sub(r"[^\n]", "", self.text[first:end - 1]))],
                         lines | {declared})
            in_block = not prefix.strip() or variable
            if in_block and not NEVER.search(operand):
                text = chance.choice(LOCKS).replace("{s}", " " + self.text[first:end])
                self.add("lock", [(first, end, text)], lines)
            if "unlock" in kinds:
                self.collect_unlock(start, end, function, lines)

    def collect_tokens(self):
        """Of the last, or only, argument of a call in a coroutine that has it as
        a parameter."""
        for m in re.finditer(r"(,\s*|\(\s*)(?:std::move\(\s*(\w+)\s*\)|(\w+))\s*(?=\))", self.mask):
            name, body = m[2] or m[3], self.body(m.start())
            around = self.around(m.start())
            blocks = [i for i, opened in enumerate(around) if self.mask[opened] == "{"]
            outside = around[blocks[-1] + 1:] if blocks else ()
            place = self.statement(outside[0] if outside else m.start())
            if not place or not body or "co_await" not in self.mask[place[0]:place[1]]:
                continue
            head = self.mask[max(self.mask.rfind(c, 0, body[0]) for c in ";{}") + 1:body[0]]
            call = (m.start() if m[1].startswith("(") else around[-1]) + 1
            if name not in TOKENS.findall(head) or ENDERS.search(self.mask[:call][-80:]):
                continue
            kept = "(" if m[1].startswith("(") else ""
            self.add("token", [(m.start(), m.end(), kept)],
                     self.lines_of(place[0] + 1, place[1]) | {self.line(m.start())})

    def can_be_cancelled(self, start, end, body):
        """Whether what is awaited from start to end throws when the coroutine is
        cancelled."""
        awaits = [m.start() for m in re.finditer(r"\bco_await\b", self.mask[start:end])
                  if self.body(start + m.start()) == body]
        text = self.mask[start:end]
        if not awaits or VALUES.search(text):
            return False
        head = self.mask[max(self.mask.rfind(c, 0, body[0]) for c in ";{}") + 1:body[0]]
        return bool(AMBIENT.search(head)) or any(
            re.search(rf"[,(]\s*(?:std::move\(\s*)?{name}\s*[,)]", text) for name in TOKENS.findall(head))

    def collect_handlers(self):
        """Of what waits in a loop that goes on for ever."""
        for loop in ENDLESS.finditer(self.mask):
            opened = loop.end() - 1
            closed, body = self.partner.get(opened), self.body(loop.end())
            if closed is None or not body or not self.can_be_cancelled(opened, closed, body):
                continue
            first = self.mask.index("co_await", opened)
            if re.search(LEAVES, self.mask[opened:first]):
                continue
            tries = [m for m in re.finditer(r"\btry\s*(?=\{)", self.mask[opened:closed])
                     if self.body(opened + m.end() + 1) == body]
            if tries:
                for m in tries:
                    self.widen(opened + m.end(), body)
                continue
            self.add("catch", [(opened + 1, opened + 1, " try {"), (closed, closed, "} catch (...) { } ")],
                     self.lines_of(loop.start(), closed + 1))

    def widen(self, tried, body):
        """Makes the first handler that lets a cancellation leave the last one,
        and one that catches everything and leaves nowhere."""
        at = self.partner.get(tried)
        if at is None or not self.can_be_cancelled(tried, at, body):
            return
        handlers = []
        while m := re.compile(r"\s*\bcatch\s*\(([^()]*)\)\s*\{").match(self.mask, at + 1):
            start, at = at + 1, self.partner[m.end() - 1]
            handlers.append((start, m, at))
        for start, m, end in handlers:
            leaves = list(re.finditer(LEAVES + r"[^;{}]*;", self.mask[m.end():end]))
            named = re.search(r"[\s&*](\w+)\s*$", m[1])
            if (CANCELLATIONS.search(m[1]) and not leaves) or (
                    named and re.search(rf"\b{named[1]}\b", self.mask[m.end():end])):
                return
            if not CANCELLATIONS.search(m[1]) and (start, m, end) != handlers[-1]:
                continue
            edits = [(m.start(1), m.end(1), "...")]
            edits += [(m.end() + l.start(), m.end() + l.end(), ";") for l in leaves]
            if at > end:
                edits.append((end + 1, at + 1, re.sub(r"[^\n]", "", self.text[end + 1:at + 1])))
            self.add("catch", edits, self.lines_of(start, end))
            return

    def collect_unlock(self, start, end, function, lines):
        """Is there a lock that ends before this statement, in the same block?"""
        block = self.around(start + 1)[-1] if self.around(start + 1) else None
        if block is None:
            return
        before = self.mask[block + 1:start]
        for m in reversed(list(re.finditer(r"\}|\b(\w+)\s*\.\s*unlock\s*\(\s*\)\s*;", before))):
            at = block + 1 + m.start()
            if self.around(at + (m[0] == "}"))[-1:] != (block,):
                continue
            if re.search(r"\bco_(?:await|yield|return)\b", self.mask[at:start]):
                return  # it is not this await that comes next
            if m[0] == "}":
                opened = self.partner.get(at)
                inside = self.mask[opened + 1:at] if opened else ""
                guard = GUARD.search(inside)
                if (opened is None or self.mask[:opened].rstrip()[-1] not in ";{}"
                        or not guard or "co_await" in inside or "defer_lock" in guard[0]):
                    continue
                edits = [(at, at + 1, " "), (end, end, " }")]
                from_line = self.line(opened + 1 + guard.start())
            else:
                name = m[1]
                guard = re.search(rf"\b(?:unique_lock|shared_lock)\b[^;{{}}]*\b{name}\b[^;]*;|"
                                  rf"\b{name}\s*=\s*(?:std::)?(?:unique_lock|shared_lock)\b[^;]*;",
                                  self.mask[function[0]:at])
                if not guard or "co_await" in guard[0]:
                    continue
                edits = [(at, at + len(m[0]), re.sub(r"[^\n]", " ", m[0])),
                         (end, end, f" {name}.unlock();")]
                from_line = self.line(function[0] + guard.start())
            self.add("unlock", edits, lines | {from_line, self.line(at)})
            return

    def add(self, kind, edits, lines):
        body = self.body(edits[0][0])
        # What has no co_await left is no coroutine, and another mistake.
        if kind not in ("lock", "unlock") and body:
            start, end = edits[0][0], edits[0][1]
            rest = self.mask[body[0]:start] + self.mask[end:body[1]]
            if not re.search(r"\bco_(?:await|yield|return)\b", rest):
                return
        self.mutants.append(Mutant(kind, edits, lines, body))

    def mutated(self, mutants):
        text = self.text
        for start, end, new in sorted((e for m in mutants for e in m.edits), reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def diff(self, mutant):
        return [l.rstrip("\r") for l in
                difflib.unified_diff(self.text.split("\n"), self.mutated([mutant]).split("\n"),
                                     n=1, lineterm="")][2:]


class Laboratory:
    """Compiles and analyzes files that are not on disk as they are."""

    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.includes = INCLUDES

    def write(self, source, text):
        path = os.path.join(self.folder, "mutant_" + os.path.basename(source.path))
        with open(path, "w", errors="surrogateescape", newline="") as f:
            f.write(text)
        return path

    def command(self, source, path):
        directory, arguments = source.command
        kept, skip = [], False
        for a in arguments[1:]:
            if skip:
                skip = False
            elif a in ("-o", "-MF", "-MT", "-MQ"):
                skip = True
            elif a in ("-c", "-w", "-MD", "-MMD", "-Werror") or \
                    os.path.normpath(os.path.join(directory, a)) == source.path:
                pass
            else:
                kept.append(a)
        for name in self.includes:
            kept += ["-include", name]
        return [*kept, "-iquote", os.path.dirname(source.path), path]

    def compile(self, source, text):
        """The diagnostics of clang that are in this file: errors, each with all
        the lines that belong to it, and the lines of warnings."""
        path = self.write(source, text)
        r = subprocess.run(
            [f"{self.options.llvm}/bin/clang++", "-fsyntax-only", "-ferror-limit=0",
             *self.command(source, path), "-Wno-everything", "-Wno-error", "-Wreturn-type",
             "-Werror=return-type", "-Wunused-result", "-Wunused-value",
             "-fno-caret-diagnostics", "-fno-color-diagnostics"],
            capture_output=True, text=True, errors="replace", cwd=source.command[0])
        errors, warnings, last = [], set(), None
        for m in re.finditer(r"^(.+?):(\d+):\d+: (?:fatal )?(error|warning|note): |"
                             r"^In file included from (.+?):(\d+):", r.stderr, re.M):
            file, line = m[1] or m[4], int(m[2] or m[5])
            if m[3] == "error":
                last = set()
                errors.append(last)
            elif m[3] == "warning":
                last = warnings
            if last is not None and file == path:
                last.add(line)
        return errors, warnings

    def analyze(self, source, text):
        """What async-tidy reports in this file, as {(line, check, message): count},
        or None if it can't read it."""
        path = self.write(source, text)
        with open(os.path.join(self.folder, "compile_commands.json"), "w") as f:
            json.dump([{"directory": source.command[0], "file": path,
                        "arguments": ["clang++", *self.command(source, path)]}], f)
        r = subprocess.run(
            [self.options.async_tidy, "-p", self.folder, "--quiet", "--no-cache", "-j1",
             "--config={}", *(["--checks=" + self.options.checks] if self.options.checks else []),
             path], capture_output=True, text=True, errors="replace", cwd=self.folder)
        if r.returncode not in (0, 1):
            return None
        return collections.Counter(
            (int(m[2]), m[4], m[3]) for m in
            re.finditer(r"^(.+?):(\d+):\d+: (?:warning|error): (.*) \[(async-[\w,-]+)\]$",
                        r.stdout, re.M)
            if os.path.basename(m[1]) == os.path.basename(path))

    def settle(self, source, batch):
        """Those of the mutants that compile, together."""
        batch = list(batch)
        while batch:
            errors, warnings = self.compile(source, source.mutated(batch))
            if not errors:
                for m in batch:
                    m.clang = bool(m.lines & warnings)
                return batch
            guilty = set()
            for lines in errors:
                guilty |= {m for m in batch if m.lines & lines} or {
                    m for m in batch
                    if any(source.line(m.body[0]) <= l <= source.line(m.body[1]) for l in lines)}
            if guilty:
                batch = [m for m in batch if m not in guilty]
            else:
                # An error somewhere else: nobody can tell whose it is.
                half = len(batch) // 2
                if not half:
                    return []
                batch = max(self.settle(source, batch[:half]), self.settle(source, batch[half:]),
                            key=len)
        return []

    def is_compiled(self, source, mutant):
        """Whether the compiler gets to see the place of a mutant: no #if hides
        it."""
        start, end, _ = mutant.edits[0]
        text = source.text[:start] + " planted_error; " + source.text[start:]
        return bool(self.compile(source, text)[0])


def sources(options):
    result = []
    wanted = {os.path.abspath(f) for f in options.files}
    for folder in options.p:
        with open(os.path.join(folder, "compile_commands.json")) as f:
            entries = json.load(f)
        seen = set()
        for e in entries:
            path = os.path.normpath(os.path.join(e["directory"], e["file"]))
            if path in seen or (wanted and path not in wanted) or not os.path.exists(path):
                continue
            seen.add(path)
            with open(path, errors="surrogateescape") as f:
                if "co_await" not in f.read():
                    continue
            arguments = e.get("arguments") or shlex.split(e["command"])
            result.append(Source(path, (e["directory"], arguments)))
    return result


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--llvm", default="/usr/lib/llvm-22")
    p.add_argument("--async-tidy", required=True)
    p.add_argument("-p", action="append", required=True, metavar="FOLDER")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--kinds", default=",".join(f"{k}={n}" for k, n in KINDS.items()),
                   help="how many of which kind (default: %(default)s)")
    p.add_argument("--limit-files", type=int, help="take so many files, by chance")
    p.add_argument("--per-file", type=int, default=20, help="mutants of a file at once")
    p.add_argument("--rounds", type=int, default=2, help="batches of a file at most")
    p.add_argument("--checks", help="as of async-tidy")
    p.add_argument("--json", help="a file for all mutants")
    p.add_argument("--list", action="store_true", help="only print what could be planted")
    p.add_argument("files", nargs="*")
    options = p.parse_args()
    options.async_tidy = os.path.abspath(options.async_tidy)
    left = {k: int(n) for k, n in (x.split("=") for x in options.kinds.split(","))}
    if unknown := set(left) - set(KINDS):
        p.error(f"unknown kind: {', '.join(unknown)}")

    chance = random.Random(options.seed)
    files = sources(options)
    chance.shuffle(files)
    if options.limit_files:
        files = files[:options.limit_files]
    for s in files:
        s.collect(left, chance)
        s.mutants = [m for m in s.mutants if m.kind in left]
        if options.list:
            for m in s.mutants:
                print("\n".join([f"{m.kind}: {s.path}", *s.diff(m)]))
        chance.shuffle(s.mutants)
    if options.list:
        return
    # A function has room for one: in doubt, for a kind that is rare.
    total = collections.Counter(m.kind for s in files for m in s.mutants)
    tally = Tally(left)
    try:
        with tempfile.TemporaryDirectory() as folder:
            run(options, Laboratory(options, folder), files, total, tally)
    except KeyboardInterrupt:
        print("interrupted: this is what is known so far", file=sys.stderr)
    report(options, tally)


class Tally:
    """What is known of the mutants."""

    def __init__(self, left):
        self.planned, self.left = list(left), left
        self.judged = []  # of each, its file and itself
        self.refused = collections.Counter()
        self.unread = []


def run(options, lab, files, total, tally):
    baselines = {}
    for _ in range(options.rounds):
        for s in files:
            if s.path in tally.unread or not any(n > 0 for n in tally.left.values()):
                continue
            batch, rest, bodies, room = [], [], set(), dict(tally.left)
            for m in sorted(s.mutants, key=lambda m: total[m.kind]):
                if (room[m.kind] > 0 and m.body not in bodies
                        and len(batch) < options.per_file):
                    batch.append(m)
                    bodies.add(m.body)
                    room[m.kind] -= 1
                else:
                    rest.append(m)
            s.mutants = rest
            if not batch:
                continue
            if s.path not in baselines:
                baselines[s.path] = lab.analyze(s, s.text)
            if baselines[s.path] is None:
                tally.unread.append(s.path)
                continue
            compiled = lab.settle(s, batch)
            after = lab.analyze(s, s.mutated(compiled)) if compiled else None
            if after is None:
                compiled = []
            tally.refused.update(m.kind for m in batch if m not in compiled)
            for m in compiled:
                new = after - baselines[s.path]
                m.found_by = sorted({check for line, check, _ in new if line in m.lines})
                if not m.found_by and not lab.is_compiled(s, m):
                    tally.refused[m.kind] += 1
                    continue
                tally.judged.append((s, m))
                tally.left[m.kind] -= 1
            print(f"{s.path}: {len(compiled)} of {len(batch)} compile, "
                  f"{sum(bool(m.found_by) for m in compiled)} found", file=sys.stderr)


def report(options, tally):
    rows, missed = [], []
    for kind in tally.planned:
        of = [m for _, m in tally.judged if m.kind == kind]
        found = sum(bool(m.found_by) for m in of)
        rows.append({"kind": kind, "mutants": len(of), "found": found,
                     "recall": round(found / len(of), 3) if of else None,
                     "clang": sum(m.clang for m in of), "refused": tally.refused[kind]})
    for s, m in tally.judged:
        if not m.found_by:
            missed.append((s, m))
    for s, m in missed:
        print(f"missed ({m.kind}{', clang warns' if m.clang else ''}): {s.path}")
        print("\n".join("  " + l for l in s.diff(m)))
    for path in tally.unread:
        print(f"not read by async-tidy: {path}")
    print(f"{'kind':10}{'mutants':>9}{'found':>9}{'recall':>9}{'clang warns':>13}"
          f"{'do not compile':>16}")
    for r in rows:
        recall = "-" if r["recall"] is None else f"{r['recall']:.1%}"
        print(f"{r['kind']:10}{r['mutants']:9}{r['found']:9}{recall:>9}{r['clang']:13}"
              f"{r['refused']:16}")
    if options.json:
        with open(options.json, "w") as f:
            json.dump({"seed": options.seed, "kinds": rows, "unread": tally.unread, "mutants": [
                {"file": s.path, "kind": m.kind, "lines": sorted(m.lines), "clang": m.clang,
                 "found_by": m.found_by, "diff": s.diff(m)} for s, m in tally.judged]}, f, indent=1)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""usage: browser.py PAGE [SCREENSHOT]

Opens a report of --output=html in Chromium, as on a phone, and uses its filters.
"""
import base64
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

page = pathlib.Path(sys.argv[1]).resolve()
driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)


def call(path, body=None, method=None):
    request = urllib.request.Request(
        base + path, json.dumps(body).encode() if body is not None else None,
        {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=600) as answer:
        return json.load(answer)["value"]


def run(script, *arguments):
    return call("/execute/sync", {"script": script, "args": list(arguments)})


def element(selector):
    return next(iter(call("/element", {"using": "css selector", "value": selector}).values()))


def click(selector):
    call(f"/element/{element(selector)}/click", {})


def visible():
    """The findings that a reader sees: check and file."""
    return run("return [...document.querySelectorAll('.finding')]"
               ".filter(f => f.offsetParent !== null)"
               ".map(f => f.dataset.check + ' ' + f.dataset.file)")


def expect(what, actual, wanted):
    if actual != wanted:
        sys.exit(f"{what}: {actual!r}, not {wanted!r}")


try:
    port = next(m[1] for line in driver.stdout
                if (m := re.search(r"started successfully on port (\d+)", line)))
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        session = call("/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": {"args": [
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                "--window-size=390,844", f"--user-data-dir={profile}"]}}}})
        base += "/session/" + session["sessionId"]
        call("/url", {"url": page.as_uri()})
        everything = visible()
        if len(everything) < 3:
            sys.exit(f"the page shows only {everything}")
        expect("the count", run("return document.querySelector('#shown').textContent"),
               str(len(everything)))
        expect("what is loaded", run("return performance.getEntriesByType('resource').length"), 0)
        if run("return document.documentElement.scrollWidth > innerWidth"):
            sys.exit("the page is wider than a phone")

        check, file = everything[0].split(" ", 1)
        click("select[name=check] option:nth-child(2)")
        chosen = run("return document.querySelector('select[name=check]').value")
        expect("by check", visible(), [f for f in everything if f.startswith(chosen + " ")])
        click("select[name=check] option:first-child")
        click("select[name=file] option:nth-child(2)")
        chosen = run("return document.querySelector('select[name=file]').value")
        expect("by file", visible(), [f for f in everything if f.endswith(" " + chosen)])
        click("select[name=file] option:first-child")
        expect("all again", visible(), everything)
        call(f"/element/{element('input[name=text]')}/value", {"text": "no such words"})
        expect("by text", visible(), [])
        expect("the count of none", run("return document.querySelector('#shown').textContent"), "0")
        call(f"/element/{element('input[name=text]')}/clear", {})
        run("document.querySelector('form').dispatchEvent(new Event('input'))")

        click(".finding summary")
        expect("opened", run("return document.querySelector('.finding').open"), True)
        marked = run("return document.querySelector('.finding pre b').offsetParent !== null")
        expect("the code", marked, True)
        if len(sys.argv) > 2:
            pathlib.Path(sys.argv[2]).write_bytes(base64.b64decode(call("/screenshot")))
        call("", method="DELETE")
finally:
    driver.terminate()
    driver.wait()

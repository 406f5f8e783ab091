"""A test format for lit: tests that passed are not run again until something
changes that they may depend on."""
import hashlib
import os

import lit.formats
import lit.Test

SAME = "it passed, and nothing has changed since"


def files(folder, skip=()):
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if os.path.join(parent, f) not in skip
                            and f not in (".git", "__pycache__"))
        for name in sorted(names):
            yield os.path.join(parent, name)


def digest(paths):
    total = hashlib.sha256()
    for path in paths:
        if os.path.isfile(path):
            total.update(path.encode())
            with open(path, "rb") as f:
                total.update(hashlib.file_digest(f, "sha256").digest())
    return total.hexdigest()


class Unchanged(lit.formats.ShTest):
    """\\p always says that all tests run, whatever has passed before."""

    def __init__(self, root, build, always):
        super().__init__(execute_external=False)
        self.build, self.always = build, always
        self.checks = os.path.join(root, "test", "checks")
        # Nearly all that a test can tell the difference by: the programs, this
        # repository, and the packages whose headers are parsed.
        self.common = digest([
            *(os.path.join(build, p) for p in ("bin/async-tidy", "bin/unit-tests",
                                               "lib/libAsyncTidy.so")),
            "/var/lib/dpkg/status", *files(root, skip=(build, self.checks))])
        self.all_checks = digest(files(self.checks))

    def execute(self, test, lit_config):
        source = test.getSourcePath()
        # The tests of a check only know their own folder.
        own = (digest(files(os.path.dirname(source)))
               if source.startswith(self.checks + os.sep) else self.all_checks)
        key = self.common + own
        stamp = os.path.join(self.build, "test", "passed", *test.path_in_suite)
        if not self.always and os.path.exists(stamp):
            with open(stamp) as f:
                if f.read() == key:
                    return lit.Test.Result(lit.Test.PASS, SAME)
        result = super().execute(test, lit_config)
        if os.path.exists(stamp):
            os.remove(stamp)
        if getattr(result, "code", result) is lit.Test.PASS:
            os.makedirs(os.path.dirname(stamp), exist_ok=True)
            with open(stamp, "w") as f:
                f.write(key)
        return result

import importlib.util
import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(__file__))
from unchanged import Unchanged

config.name = "async-tidy"
config.suffixes = [".cpp", ".test"]
config.excludes = ["include", "inputs", "bench", "CMakeLists.txt"]
config.test_source_root = os.path.dirname(__file__)

llvm = os.environ["ASYNC_TIDY_LLVM"]
build = os.environ["ASYNC_TIDY_BUILD"]
root = os.path.dirname(config.test_source_root)
config.test_exec_root = os.path.join(build, "test")
config.test_format = Unchanged(root, build, always="ASYNC_TIDY_TEST_ALL" in os.environ)

tool = os.path.join(build, "bin", "async-tidy")
plugin = os.path.join(build, "lib", "libAsyncTidy.so")
python = sys.executable
include = os.path.join(config.test_source_root, "include")


def script(name):
    return f"{python} {os.path.join(config.test_source_root, name)}"


# Longer names first: lit replaces in this order.
config.substitutions += [
    ("%check", f"{script('check.py')} --llvm {llvm} --build {build} --include {include}"),
    ("%clang-tidy", f"{llvm}/bin/clang-tidy --load {plugin}"),
    ("%run-clang-tidy", f"{python} {llvm}/bin/run-clang-tidy -clang-tidy-binary {llvm}/bin/clang-tidy -load {plugin}"),
    ("%async-tidy", tool),
    ("%build", build),
    ("%root", root),
    ("%include", include),
    ("%llvm", llvm),
    ("%python", python),
    ("%expect-exit", f"{script('expect_exit.py')}"),
    ("FileCheck", f"{llvm}/bin/FileCheck"),
]
config.substitutions.append(("%validate", f"{script('validate.py')}"))
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(build, "bin"), os.path.join(llvm, "bin"), os.environ["PATH"]])
# Colors and terminal width must not depend on who runs the tests.
config.environment.pop("CLICOLOR_FORCE", None)

# Who judges reports. './dev test' installs them; elsewhere, they may be missing.
for module, feature in (("jsonschema", "jsonschema"), ("yaml", "python-yaml")):
    if importlib.util.find_spec(module):
        config.available_features.add(feature)
for program in ("xmllint", "git", "chromedriver", "pre-commit"):
    if shutil.which(program):
        config.available_features.add(program)
multitool = os.path.join(build, "npm", "node_modules", "@microsoft", "sarif-multitool-linux",
                         "Sarif.Multitool")
if os.access(multitool, os.X_OK):
    config.available_features.add("sarif-multitool")
config.substitutions.append(("%sarif-multitool", multitool))

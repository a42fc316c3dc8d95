"""Runs the foreign judges: of the pass in both directions, and of CAP.

    run_pass.py [--python VENV_PYTHON] [--modules FOLDER] [--checker BINARY] [--keep FOLDER]

Their libraries read our vectors, then make passes, certificates and pictures that our gate decides. Prints `N passed, M failed` at the end;
exit status 0 only when nothing failed. VENV_PYTHON is a Python with the packages that pass_foreign.py names
(default: the one that runs this script); FOLDER holds the modules that node/package-lock.json names (default: the
variable LINLI_NODE_MODULES; without it a line says that Node did not judge); BINARY is our half (default: built and run with cargo).
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
VECTORS = HERE.parent / "pass"
ROOT = HERE.parents[2]


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def run(self, what, command):
        """Runs a half; its last line says how it went. A half that says nothing has failed."""
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
        for line in done.stdout.splitlines():
            if line.startswith(("FAIL", "note")):
                print(line)
        said = re.search(r"^(\d+) passed, (\d+) failed$", done.stdout, re.MULTILINE)
        passed, failed = (int(said[1]), int(said[2])) if said else (0, 1)
        if not said or (done.returncode != 0 and failed == 0):
            failed = max(failed, 1)
            print(done.stderr.strip() or done.stdout.strip(), file=sys.stderr)
        print(f"{what}: {passed} passed, {failed} failed")
        self.passed += passed
        self.failed += failed


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--python", default=sys.executable)
    options.add_argument("--modules", default=os.environ.get("LINLI_NODE_MODULES"))
    options.add_argument("--checker")
    options.add_argument("--keep", type=pathlib.Path)
    chosen = options.parse_args()
    foreign = str(HERE / "pass_foreign.py")
    keys, gate = VECTORS / "foreign" / "keys.json", VECTORS / "foreign" / "gate.json"
    ours = sorted(VECTORS.glob("*.json"))
    checker = [chosen.checker] if chosen.checker else ["cargo", "run", "-q", "-p", "linli-vectors", "--"]

    makers = {"Python": [chosen.python, foreign]}
    if chosen.modules:
        makers["Node"] = ["node", str(HERE / "pass_foreign.mjs"), chosen.modules]
    else:
        print("note  no modules for Node: @auth0/cose does not judge")

    tally = Tally()
    for language, maker in makers.items():
        tally.run(f"libraries of {language} on our passes", [*maker, "verify", str(keys), *map(str, ours)])
    with tempfile.TemporaryDirectory() as scratch:
        made = chosen.keep or pathlib.Path(scratch)
        steps = {f"passes by {name}": [*maker, "make", str(keys), str(gate), str(made)] for name, maker in makers.items()}
        steps["pictures"] = [chosen.python, foreign, "draw", str(made)]
        for what, command in steps.items():
            done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
            print(f"{what}: {done.stdout.strip()}")
            if done.returncode != 0:
                tally.failed += 1
                print(f"FAIL  making {what}: {done.stderr.strip()}")
        theirs = sorted(made.glob("*.json"))
        tally.run("our gate on their passes", [*checker, "check", *map(str, theirs)])
    alerts = [chosen.python, str(HERE / "cap_foreign.py"), *checker, str(ROOT / "tests" / "data" / "cap")]
    tally.run("the schema of CAP on our alerts", alerts)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())

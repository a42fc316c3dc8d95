"""PyPI's capvalidator judges our CAP messages by the schema of OASIS, and its verdict on samples is held against ours.

    cap_foreign.py BINARY SAMPLES

BINARY is our half: `alerts DIR` writes messages, `read-alerts FILE...` reads them. SAMPLES is a folder of files, those named
invalid-* meant to be refused. Prints a line for each failure and `N passed, M failed`; exit status 1 when one failed.
"""

import pathlib
import subprocess
import sys
import tempfile

from capvalidator import check_schema


def ours(binary, files):
    """By file: whether our reader takes it, and what it says."""
    done = subprocess.run([*binary, "read-alerts", *files], capture_output=True, text=True, encoding="utf-8", check=True)
    verdicts = {}
    for line in done.stdout.splitlines():
        for file in files:
            if line.startswith(f"read    {file}"):
                verdicts[file] = (True, "")
            elif line.startswith(f"refused {file} "):
                verdicts[file] = (False, line.split(f"{file} ", 1)[1])
    return verdicts


def main(args):
    if len(args) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    *binary, samples = args
    passed = failed = 0

    def judge(what, right, why):
        nonlocal passed, failed
        if right:
            passed += 1
        else:
            failed += 1
            print(f"FAIL  {what}: {why}")

    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([*binary, "alerts", scratch], check=True, capture_output=True)
        made = sorted(pathlib.Path(scratch).glob("*.xml"))
        judge("the corpus", len(made) > 200, f"{len(made)} messages")
        for file in made:
            result = check_schema(file.read_bytes())
            judge(f"{file.name} by the schema", result.passed, result.message)
        again = ours(binary, [str(file) for file in made])
        for file in made:
            taken, why = again.get(str(file), (False, "no word"))
            judge(f"{file.name} by our reader", taken, why)
    # A judge that takes everything judges nothing.
    broken = made[0].name if made else ""
    judge("an empty alert", not check_schema(b"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'/>").passed, broken)
    files = sorted(pathlib.Path(samples).glob("*.xml"))
    verdicts = ours(binary, [str(file) for file in files])
    judge("the samples", len(files) >= 8, f"{len(files)} samples")
    for file in files:
        theirs = check_schema(file.read_bytes()).passed
        taken, why = verdicts.get(str(file), (None, "no word"))
        judge(f"{file.name}: schema and name", theirs != file.name.startswith("invalid-"), theirs)
        judge(f"{file.name}: schema and our reader", theirs == taken, f"schema {theirs}, ours {taken} {why}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`make test`: the tiers of the suite, one after another, with the time of each."""

from __future__ import annotations

import subprocess
import sys
import time

# They begin first, so that no process is left alone with one of them at the end.
LONGEST = ("test_chain", "test_demo", "test_school")
# Name → pytest arguments. Pure tests run once; database tests on both databases (a fixture); journeys in a browser.
TIERS: tuple[tuple[str, list[str]], ...] = (
    ("pure", ["tests/instruments", "tests/measurement", "tests/reports", "-n", "2"]),
    ("house", ["tests/house", "-n", "2", "--dist", "loadfile"]),
    ("stages and pages, both databases", ["tests/diagnostics", "-n", "2", "--dist", "loadfile"]),
    ("who may open which door", ["tests/matrix", "-n", "2"]),
    ("faults", ["tests/faults", "-n", "2"]),
    (
        "journeys",
        [
            *(f"tests/journeys/{name}.py" for name in LONGEST),
            "tests/journeys",
            "-n",
            "2",
            "--dist",
            "worksteal",
        ],
    ),
)


def main() -> int:
    failed = []
    spent = []
    for name, arguments in TIERS:
        began = time.monotonic()
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-m",
            "not slow",
            "-p",
            "no:cacheprovider",
            *arguments,
        ]
        code = subprocess.run(command, check=False).returncode
        spent.append((name, time.monotonic() - began))
        if code != 0:
            failed.append(name)
    print()
    for name, seconds in spent:
        print(f"{seconds:7.1f} s  {name}{'  FAILED' if name in failed else ''}")
    print(f"{sum(seconds for _, seconds in spent):7.1f} s  in all")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

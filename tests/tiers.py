"""`make test`: the tiers of the suite, one after another, with the time of each."""

from __future__ import annotations

import subprocess
import sys
import time

# They begin first, so that no process is left alone with one of them at the end.
LONGEST = ("test_demo", "test_workshop", "test_chain", "test_school")
# Name → pytest arguments. Pure tests run once; database tests on both databases (a fixture); journeys in a browser.
# Few tiers: each has processes to start and waits for its last test alone. Pure tests as a tier of their own cost 40 s.
TIERS: tuple[tuple[str, list[str]], ...] = (
    (
        "pure tests, rules of the house, stages and pages on both databases, who may open which door",
        [
            "tests/instruments",
            "tests/measurement",
            "tests/reports",
            "tests/house",
            "tests/diagnostics",
            "tests/matrix",
            "-n",
            "2",
            "--dist",
            "loadfile",
        ],
    ),
    (
        "journeys and faults",  # they wait for browsers, servers and hands: two of them leave the machine half idle
        [
            *(f"tests/journeys/{name}.py" for name in LONGEST),
            "tests/faults",
            "tests/journeys",
            "-n",
            "3",
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

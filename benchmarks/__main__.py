"""`make bench`: each benchmark in a process of its own, so that one does not warm another; one table at the end.

`python -m benchmarks [--full] [NAME …]`. All of them without `--full` take a smaller sample where they are long
(`SHORT`), so that the whole is a matter of minutes; what is named runs in full.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._figures import PLACE, noted, table

HERE = Path(__file__).resolve().parent
SHORT = {"demo": ("region",)} | dict.fromkeys(
    ("core_fit", "core_models", "core_selection", "error_rates", "papers", "saving", "scoring", "sitting"),
    ("--quick",),
)


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def run(name: str, place: Path, *, is_full: bool) -> int:
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    code = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *(() if is_full else SHORT.get(name, ()))],
        check=False,
        cwd=HERE.parent,
        env=os.environ | {PLACE: str(place)},
    ).returncode
    said = "" if code == 0 else f"; it FAILED with {code}"
    print(f"({name}: {time.monotonic() - began:.0f} s{said})", flush=True)
    return code


def main() -> int:
    chosen = [one for one in sys.argv[1:] if one != "--full"]
    is_full = bool(chosen) or "--full" in sys.argv
    began, failed = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "figures"
        for name in chosen or names():
            failed |= run(name, place, is_full=is_full)
        print(f"\n{table(noted(place))}")
    print(f"\nall in {time.monotonic() - began:.0f} s by the clock; goals are those of an idle machine")
    return failed


if __name__ == "__main__":
    sys.exit(main())

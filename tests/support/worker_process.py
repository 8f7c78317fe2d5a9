"""The real worker as a process of its own: started, killed as a power cut would, started again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

PATIENCE = 300.0  # seconds: for what must happen at last, however busy the machine is


@contextmanager
def worker(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Running when the body begins, killed when it ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.slow_worker"],
        env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "ready\n"
    # Nobody reads what it logs: a full pipe must not stop it.
    drain = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
        drain.wait()


def wait_until(check: Callable[[], object], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


def engines_of(pid: int) -> list[int]:
    """Process ids of the engines of PDF that this process has started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            parent = next(line for line in status.read_text().splitlines() if line.startswith("PPid:"))
            command = (status.parent / "cmdline").read_bytes()
        except (OSError, StopIteration):  # it ended while we looked
            continue
        if int(parent.split()[1]) == pid and b"reports.render.engine" in command:
            found.append(int(status.parent.name))
    return found


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False

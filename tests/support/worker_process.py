"""The real worker as a process of its own: started, killed as a power cut would, started again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support import forked
from tests.support.forked import Forked

PATIENCE = 300.0  # seconds: for what must happen at last, however busy the machine is


def begin_worker(environment: Mapping[str, str]) -> Forked:
    code = "from tests.support import slow_worker; slow_worker.main()"
    with Path(os.devnull).open("wb") as nowhere:
        return forked.begin(code, [], os.environ | environment, nowhere.fileno())


@contextmanager
def worker(environment: Mapping[str, str]) -> Iterator[Forked]:
    """Running when the body begins, killed when it ends."""
    process = begin_worker(environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


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

"""F10: no room for one byte more during saves: 503 `storage_full`, nothing broken, reading works, it recovers alone.

The limit is RLIMIT_FSIZE of the web process: the log of SQLite may grow no more, as on a full disk. Where this process
may mount, a small tmpfs is filled up instead, which is the full disk itself.
"""

from __future__ import annotations

import http.client
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.trial import Trial, begin
from tests.support.history import together
from tests.support.web_process import SERVE

LIMITED = (
    "import os, resource; resource.setrlimit(resource.RLIMIT_FSIZE, (int(os.environ['MOST_BYTES']), -1)); "
)


def status_of(trial: Trial, path: str) -> int:
    one = trial.clients[0]
    connection = http.client.HTTPConnection("127.0.0.1", one.port, timeout=10)
    connection.request("GET", f"/t/{one.sitting_id}{path}", headers={"Cookie": one.browser.cookie})
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def full(trial: Trial) -> bool:
    return all(one.codes["storage_full"] for one in trial.clients)


def wait_until_full(trial: Trial, seconds: float = 150) -> None:
    end = time.monotonic() + seconds
    while not full(trial):
        assert time.monotonic() < end, [one.codes for one in trial.clients]
        time.sleep(0.02)


def test_a_file_that_may_not_grow_is_told_as_full_and_loses_nothing(sqlite_url: str, tmp_path: Path) -> None:
    trial = begin(tmp_path, sqlite_url)
    largest = max(path.stat().st_size for path in tmp_path.glob("test.db*"))
    trial.environment["MOST_BYTES"] = str(largest + 200_000)
    process = trial.process(code=LIMITED + SERVE)
    process.start()

    def nemesis() -> None:
        wait_until_full(trial)
        assert status_of(trial, "/review") == 200
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        time.sleep(1)

    try:
        together(trial.clients, nemesis)
    finally:
        process.kill()
    figures = trial.judge()
    assert figures.acknowledged > 0
    assert all(one.history[-1].outcome == "ok" for one in trial.clients)
    assert all(500 not in one.statuses for one in trial.clients)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode != 0:
        pytest.skip("a disk of one's own cannot be mounted here: the limit of files is tried instead")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("round_", range(10))
def test_a_full_disk_is_told_and_loses_nothing(sqlite_url: str, tmp_path: Path, round_: int) -> None:
    with small_disk(tmp_path / "disk", 64) as disk:
        shutil.copy(sqlite_url.removeprefix("sqlite:///"), disk / "test.db")
        trial = begin(disk, f"sqlite:///{disk / 'test.db'}")
        process = trial.process()
        process.start()

        def nemesis() -> None:
            time.sleep(0.1 * round_)
            with (disk / "filler").open("wb", buffering=0) as filler:  # all that is left, to the last byte
                try:
                    while True:
                        filler.write(bytes(4096))
                except OSError:
                    pass
            wait_until_full(trial)
            assert status_of(trial, "/review") == 200
            (disk / "filler").unlink()
            time.sleep(1)

        try:
            together(trial.clients, nemesis)
        finally:
            process.kill()
        assert trial.judge().acknowledged > 0
        assert all(one.history[-1].outcome == "ok" for one in trial.clients)

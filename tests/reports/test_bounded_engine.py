"""The engine of PDF works in a child process: it may hang, swell or die, and the next document is printed all the same."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.render import bounded
from reports.render.bounded import EngineError, EngineStoppedError
from reports.render.engine import ANSWER, MADE, REQUEST, EngineLimitError

PAGE = "<p>Ориентир</p>"
LONG = "<p>строка</p>" * 30_000


@pytest.fixture(autouse=True)
def own_children() -> Iterator[None]:
    bounded.close()
    yield
    bounded.close()


def process() -> subprocess.Popen[bytes]:
    """The child that waits for the next document."""
    (child,) = bounded._idle
    return child._process


def test_documents_are_set_one_after_another_by_one_child_and_come_out_the_same() -> None:
    first = bounded.convert(PAGE)
    child = process().pid
    assert bounded.convert(PAGE) == first
    assert first.startswith(b"%PDF")
    assert process().pid == child


def test_a_child_that_hangs_is_ended_and_the_next_document_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    bounded.convert(PAGE)
    hung = process()
    os.kill(hung.pid, signal.SIGSTOP)
    with monkeypatch.context() as short:
        short.setattr(bounded, "WHOLE_SECONDS", 0.5)
        with pytest.raises(EngineStoppedError):
            bounded.convert(PAGE)
    assert hung.poll() == -signal.SIGKILL
    assert bounded.convert(PAGE).startswith(b"%PDF")


def test_a_document_that_takes_too_much_of_the_processor_is_refused_and_the_next_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as short:
        short.setattr(bounded, "PROCESSOR_SECONDS", 0.05)
        with pytest.raises(EngineLimitError):
            bounded.convert(LONG)
    assert bounded.convert(PAGE).startswith(b"%PDF")


def test_a_child_whose_memory_ends_takes_nobody_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    bounded.convert(PAGE)
    resting = int(next(
        line.split()[1] for line in Path(f"/proc/{process().pid}/status").read_text().splitlines()
        if line.startswith("VmPeak")
    ))  # fmt: skip
    bounded.close()
    with monkeypatch.context() as small:
        small.setattr(bounded, "MOST_MEMORY", (resting + 8 * 1024) * 1024)
        with pytest.raises((EngineLimitError, EngineStoppedError, EngineError)):
            bounded.convert(LONG)
    bounded.close()
    assert bounded.convert(PAGE).startswith(b"%PDF")


def test_a_child_that_was_killed_while_it_waited_is_replaced_unseen() -> None:
    bounded.convert(PAGE)
    process().kill()
    process().wait()
    assert bounded.convert(PAGE).startswith(b"%PDF")


def test_threads_that_print_at_once_have_a_child_each() -> None:
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(bounded.convert(PAGE))) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(made)) == 1
    assert len(made) == 2


def test_the_child_ends_with_who_it_works_for() -> None:
    told = REQUEST.pack(60, 60, len(PAGE.encode())) + PAGE.encode()
    done = subprocess.run(
        [sys.executable, "-m", "reports.render.engine", str(bounded.MOST_MEMORY)],
        input=told,
        capture_output=True,
        check=True,
        timeout=240,
    )
    answers = io.BytesIO(done.stdout)
    kind, length = ANSWER.unpack(answers.read(ANSWER.size))
    assert kind == MADE
    assert len(answers.read()) == length


def test_the_child_opens_no_connection() -> None:
    code = (
        "import sys, socket; from reports.render import engine\n"
        "sys.addaudithook(engine._no_network)\n"
        "try: socket.create_connection(('127.0.0.1', 9), timeout=1)\n"
        "except PermissionError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "refused"

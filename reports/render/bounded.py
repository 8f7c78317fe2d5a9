"""PDF is set in a child process with bounds: one that hangs or swells is ended, and the next document is set by a new one.

Children stay for the next document, as many as threads set one at the same time: loading the engine takes seconds.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from reports.render.engine import ANSWER, MADE, REQUEST, TOO_LARGE, EngineLimitError

PROCESSOR_SECONDS = 60.0  # of one document; what hangs in a loop is ended by it, however busy the machine is
WHOLE_SECONDS = 180.0  # of one document by the clock
MOST_MEMORY = 512 * 1024 * 1024  # bytes of addresses of one child
_ROOT = Path(__file__).resolve().parents[2]
_OUT_OF_PROCESSOR_TIME = -signal.SIGPROF if hasattr(signal, "SIGPROF") else None
_lock = threading.Lock()
_idle: list[_Child] = []


class EngineStoppedError(RuntimeError):
    """The engine was ended by its bounds, or died, in the middle of a document."""

    code = "document_stopped"


class EngineError(RuntimeError):
    """The engine could not set this document; the message names its error."""


class _Child:
    """One process of the engine and its pipes."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter and a module of ours
            [sys.executable, "-m", "reports.render.engine", str(MOST_MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it may quote what a document says
            env=os.environ | {"PYTHONPATH": path},
        )
        self._to, self._from = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def ask(self, html: bytes) -> tuple[bytes, bytes]:
        """Kind and content of the answer. OSError or EOFError when the child ended in the middle."""
        self._to.write(REQUEST.pack(PROCESSOR_SECONDS, WHOLE_SECONDS, len(html)) + html)
        self._to.flush()
        head = self._from.read(ANSWER.size)
        if len(head) < ANSWER.size:
            raise EOFError
        kind, length = ANSWER.unpack(head)
        content = self._from.read(length)
        if len(content) < length:
            raise EOFError
        return kind, content

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> int:
        """End it and leave neither a process nor a pipe; gives minus the signal that ended it first."""
        self._process.kill()
        ended = self._process.wait()
        for pipe in (self._to, self._from):
            with suppress(OSError):  # what was not written has no reader any more
                pipe.close()
        return ended


def convert(html: str) -> bytes:
    """The document as PDF, set in a child process.

    Raises
    ------
    EngineLimitError
        The document is larger, or harder, than the engine sets: it will be the next time too.
    EngineStoppedError
        It hung or died; nothing of the document is left.
    EngineError
        The engine refused the document.
    """
    child = _taken()
    watch = threading.Timer(WHOLE_SECONDS, child.kill)
    watch.daemon = True
    watch.start()
    try:
        kind, content = child.ask(html.encode())
    except (OSError, EOFError) as ended:
        if child.close() == _OUT_OF_PROCESSOR_TIME:
            raise EngineLimitError("the processor time of a document is used up") from ended
        raise EngineStoppedError("the engine ended in the middle of a document") from ended
    except BaseException:
        child.close()
        raise
    finally:
        watch.cancel()
        watch.join()
    _given_back(child)
    if kind == TOO_LARGE:
        raise EngineLimitError(content.decode())
    if kind != MADE:
        raise EngineError(content.decode())
    return content


def _taken() -> _Child:
    while True:
        with _lock:
            child = _idle.pop() if _idle else None
        if child is None:
            return _Child()
        if child.lives:
            return child
        child.close()


def _given_back(child: _Child) -> None:
    if not child.lives:  # the clock struck while the answer came
        child.close()
        return
    with _lock:
        _idle.append(child)


def close() -> None:
    """End the children that wait."""
    with _lock:
        ended = _idle[:]
        _idle.clear()
    for child in ended:
        child.close()


atexit.register(close)

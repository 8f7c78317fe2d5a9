"""One writer at a time on SQLite, over threads and processes, with a bounded queue.

busy_timeout alone starves under eight writers (measured: five "database is locked" in spite of five
seconds); a queue in front of the database gave none.
"""

from __future__ import annotations

import os
import threading
import weakref
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: one process holds the base, the thread lock is enough
    fcntl = None  # type: ignore[assignment]


class Busy(Exception):  # noqa: N818 - it is a state of the machine, answered by 503 and Retry-After
    """The queue of writers is full or the wait was too long; nothing was written."""


class WriteLock:
    def __init__(self, path: Path, *, queue: int = 128, patience: float = 15.0) -> None:
        self._path = path
        self._thread = threading.Lock()
        self._waiting = threading.BoundedSemaphore(queue)
        self._patience = patience
        self._file: int | None = None
        self._closer: weakref.finalize[..., WriteLock] | None = None

    def acquire(self) -> None:
        if not self._waiting.acquire(blocking=False):
            raise Busy
        try:
            if not self._thread.acquire(timeout=self._patience):
                raise Busy
            if fcntl is not None:
                fcntl.flock(self._handle(), fcntl.LOCK_EX)
        finally:
            self._waiting.release()

    def release(self) -> None:
        if fcntl is not None and self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._thread.release()

    def close(self) -> None:
        """Give the file back; the next writer opens it again."""
        if self._closer is not None:
            self._closer()
        self._file = self._closer = None

    def _handle(self) -> int:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            # An engine that is thrown away without being disposed of must not keep the file.
            self._closer = weakref.finalize(self, os.close, self._file)
        return self._file

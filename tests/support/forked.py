"""Processes of the product that begin at once: forked from one that has imported it all.

A process of its own imports for two seconds of the processor, and the faults begin a hundred of them. What is forked
is killed, stopped and measured like any other; `python -m tests.support.forked` is the one that they come from.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 1 << 20
PRODUCT = ("waitress", "diagnostics.cli", "tests.support.slow_worker")


class Forked:
    """A running process; its parent is the one that it was forked from, not the test."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        # It stands for this process even when the number belongs to another one.
        self._handle: int | None = os.pidfd_open(pid)

    def kill(self) -> None:
        if self._handle is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self) -> None:
        """Until it has ended."""
        if self._handle is not None:
            poll = select.poll()  # select() knows no descriptor above 1,024
            poll.register(self._handle, select.POLLIN)
            poll.poll()
            os.close(self._handle)
            self._handle = None


class _Parent:
    """The process that all others are forked from, and the line to it."""

    def __init__(self) -> None:
        self._line, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.forked", str(other.fileno())],
                cwd=ROOT,
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # who has threads must not fork
                pass_fds=[other.fileno()],
            )

    def fork(self, told: dict[str, object], output: int) -> Forked:
        with self._lock:
            socket.send_fds(self._line, [json.dumps(told).encode()], [output])
            pid = int(self._line.recv(MOST_BYTES))
        return Forked(pid)

    def end(self) -> None:
        self._line.close()
        self._process.wait()


_parent: _Parent | None = None


def begin(code: str, arguments: Sequence[str], environment: Mapping[str, str], output: int) -> Forked:
    """Run the code; `output` is the descriptor of the file that takes what it prints."""
    global _parent  # noqa: PLW0603 - one for all tests of this process
    if _parent is None:
        _parent = _Parent()
        atexit.register(_parent.end)
    told = {"code": code, "arguments": list(arguments), "environment": dict(environment)}
    return _parent.fork(told, output)


def main(line: socket.socket) -> None:
    for name in PRODUCT:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children: they leave no zombies
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(line, MOST_BYTES, 1)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            line.close()
            _become(json.loads(message), descriptors[0])
        os.close(descriptors[0])
        line.send(str(pid).encode())


def _become(told: dict[str, object], output: int) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for standard in (1, 2):
        os.dup2(output, standard)
    os.close(output)
    os.environ.clear()
    os.environ.update(told["environment"])  # type: ignore[arg-type]  # as it was told a moment ago
    sys.argv = ["-c", *told["arguments"]]  # type: ignore[misc]
    code = 0
    try:
        exec(compile(str(told["code"]), "<process>", "exec"), {"__name__": "__main__"})  # noqa: S102
    except BaseException:  # noqa: BLE001 - this process has nobody above it
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))

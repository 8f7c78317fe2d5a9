"""A throw-away PostgreSQL server for tests: newest binaries found, loopback only, no fsync."""

from __future__ import annotations

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa

from diagnostics import tables


def binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Killable:
    """A running server that can be killed as a power cut would, and started again on its data."""

    def __init__(self, bin_dir: Path, user: str | None, data: Path, options: str, port: int) -> None:
        self._bin, self._user, self._data, self._options = bin_dir, user, data, options
        self.address = f"postgresql://orientir@127.0.0.1:{port}"

    def start(self) -> None:
        """Until the memory of a killed one is let go, a new one refuses to start."""
        end = time.monotonic() + 60
        while True:
            try:
                self._control("-w", "-l", self._data.parent / "log", "-o", self._options, "start")
            except subprocess.CalledProcessError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
            else:
                return

    def kill(self) -> None:
        """kill -9 of the postmaster and of each of its children."""
        master, children = self._processes()
        for pid in (master, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill_one(self, chance: random.Random) -> bool:
        """kill -9 of one that serves a client: all the others are thrown out, too; False when nobody is served."""
        serving = [pid for pid in self._processes()[1] if b": orientir " in _command_of(pid)]
        if serving:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(serving), signal.SIGKILL)
        return bool(serving)

    def _processes(self) -> tuple[int, list[int]]:
        master = int((self._data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        return master, [int(pid) for pid in children]

    def stop(self) -> None:
        self._control("-m", "immediate", "stop", check=False)

    def _control(self, *words: object, check: bool = True) -> None:
        _run(self._user, self._bin / "pg_ctl", "-D", self._data, *words, check=check)


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # gone meanwhile
        return b""


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Address of a running server without a database name: postgresql://…:port."""
    with killable(durable=durable) as found:
        yield found.address


@contextmanager
def killable(*, durable: bool = False) -> Iterator[Killable]:
    """A running server.

    `durable`: commits reach the disk, as in a real installation; tests do without.
    """
    bin_dir = binaries()
    if bin_dir is None:
        message = "no PostgreSQL server binaries"
        raise FileNotFoundError(message)
    user = _plain_user()
    folder = Path(tempfile.mkdtemp(prefix="orientir-pg-"))
    if user:
        shutil.chown(folder, user)
    port = free_port()
    found: Killable | None = None
    try:
        _run(
            user,
            bin_dir / "initdb",
            "--no-sync",
            "-D",
            folder / "data",
            "-U",
            "orientir",
            "-A",
            "trust",
            "-E",
            "UTF8",
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        if not durable:
            options += " -c fsync=off -c full_page_writes=off"
        found = Killable(bin_dir, user, folder / "data", options, port)
        found.start()
        yield found
    finally:
        if found is not None:
            found.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _plain_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


def _run(user: str | None, *command: object, check: bool = True) -> None:
    words = [str(word) for word in command]
    if user:
        words = ["runuser", "-u", user, "--", *words]
    subprocess.run(words, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


def empty_base(engine: sa.Engine) -> None:
    """Delete all rows without triggers and foreign keys: twenty times cheaper than TRUNCATE of many small tables."""
    deletes = "".join(f'DELETE FROM "{table.name}";' for table in tables.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL session_replication_role = replica; {deletes}")

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from diagnostics.database import Busy, set_reading
from diagnostics.database.engines import engine_options, prepare
from diagnostics.database.write_lock import WriteLock

PROCESSES, TURNS = 4, 60


def make_engine(path: Path) -> sa.Engine:
    url = f"sqlite:///{path}"
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    return engine


def increment(path: Path) -> None:
    """Read, then write what was read plus one: the pattern that loses updates without BEGIN IMMEDIATE."""
    set_reading(False)
    engine = make_engine(path)
    for _ in range(TURNS):
        with engine.begin() as connection:
            value = connection.exec_driver_sql("SELECT value FROM counter").scalar_one()
            connection.exec_driver_sql("UPDATE counter SET value = ?", (value + 1,))
    engine.dispose()


def test_no_increment_of_four_processes_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "counter.db"
    engine = make_engine(path)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE counter (value INTEGER)")
        connection.exec_driver_sql("INSERT INTO counter VALUES (0)")
    engine.dispose()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=increment, args=(path,)) for _ in range(PROCESSES)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * PROCESSES
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT value FROM counter").scalar_one() == PROCESSES * TURNS
    engine.dispose()


def test_a_full_queue_of_writers_is_refused_at_once(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "lock", queue=1, patience=0.3)
    lock.acquire()
    refused: list[str] = []

    def wait() -> None:
        try:
            lock.acquire()
        except Busy:
            refused.append("busy")

    waiters = [threading.Thread(target=wait) for _ in range(3)]
    for waiter in waiters:
        waiter.start()
    for waiter in waiters:
        waiter.join()
    lock.release()
    lock.close()
    assert refused == ["busy"] * 3


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "base.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (value INTEGER)")
    with engine.connect() as writer:
        writer.exec_driver_sql("INSERT INTO t VALUES (1)")
        set_reading(True)
        try:
            with engine.connect() as reader:
                assert reader.exec_driver_sql("SELECT count(*) FROM t").scalar_one() == 0
        finally:
            set_reading(False)
        writer.commit()
    engine.dispose()


@pytest.mark.parametrize("pragma", [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_each_connection_is_set_up_to_lose_nothing(tmp_path: Path, pragma: tuple[str, object]) -> None:
    engine = make_engine(tmp_path / "base.db")
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma[0]}").scalar_one() == pragma[1]
    engine.dispose()

from __future__ import annotations

import sqlite3
from typing import Any

from diagnostics.database.engines import CHECKPOINT_EVERY, _Queue


class Full:
    """A connection of a base that has no room for a checkpoint until there is some."""

    def __init__(self) -> None:
        self.asked, self.is_full = 0, True

    def execute(self, statement: str) -> None:
        assert statement.startswith("PRAGMA wal_checkpoint")
        self.asked += 1
        if self.is_full:
            raise sqlite3.OperationalError("database or disk is full")


class Record:
    def __init__(self) -> None:
        self.info: dict[str, Any] = {"write_lock": True}


class Lock:
    def __init__(self) -> None:
        self.released = 0

    def release(self) -> None:
        self.released += 1


def test_a_checkpoint_without_room_refuses_no_commit_and_is_tried_again_at_the_next() -> None:
    lock, base = Lock(), Full()
    queue = _Queue(lock)  # type: ignore[arg-type]
    for _ in range(CHECKPOINT_EVERY + 1):
        queue.checkin(base, Record())
    assert (base.asked, lock.released) == (2, CHECKPOINT_EVERY + 1)
    base.is_full = False
    for _ in range(CHECKPOINT_EVERY):
        queue.checkin(base, Record())
    assert base.asked == 3

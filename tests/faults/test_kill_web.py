"""F1: kill -9 of the web process during saves. No acknowledged answer is lost, a re-send is recognised."""

from __future__ import annotations

import http.client
import random
import shutil
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from diagnostics.app import create_app
from diagnostics.database import db, session, set_reading
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import AnswerEvent
from tests.conftest import Base, make_config
from tests.support.answering import event, world
from tests.support.web_process import Browser, WebProcess, post_json

SECRET = "test-key-" * 8
VALUES = {"S1": ["a", "b", "c"], "S2": ["a", "b", "c"], "L1": [1, 2, 3], "N1": [10, 20, 30.5]}
BROWSERS_OF_A_SEAT = 2
PATIENCE = 240.0  # seconds: a busy machine starts a process slowly, and that is not what is tried here


@dataclass
class Client:
    """One browser that saves without pause and writes down what it was told."""

    sitting_id: str
    client: str
    browser: Browser
    seed: int
    acknowledged: dict[int, tuple[str, Any, int]] = field(default_factory=dict)  # seq → item, value, position
    resent: int = 0  # saves whose answer never came, sent once more
    errors: list[str] = field(default_factory=list)

    def run(self, port: int, stop: threading.Event) -> None:
        chance, base, seq = random.Random(self.seed), 0, 0
        while not stop.is_set():
            item = chance.choice(sorted(VALUES))
            row = event(seq := seq + 1, item, chance.choice(VALUES[item]), base=base)
            position = self._until_acknowledged(port, row, stop)
            if position is None:
                return
            base = max(base, position)
            self.acknowledged[seq] = (item, row["value"], position)

    def _until_acknowledged(self, port: int, row: dict[str, Any], stop: threading.Event) -> int | None:
        """Send again and again, always the same body, as the player does."""
        tries, end = 0, time.monotonic() + PATIENCE
        while not stop.is_set() or tries:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            try:
                path = f"/t/{self.sitting_id}/events"
                status, body = post_json(connection, path, self.browser, {"events": [row]})
            except (OSError, http.client.HTTPException, ValueError):
                tries += 1
                time.sleep(0.05)
                if time.monotonic() > end:
                    self.errors.append("the server never came back")
                    return None
                continue
            finally:
                connection.close()
            if status != 200:
                self.errors.append(f"{status} {body}")
                return None
            self.resent += tries > 0
            position: int = body["results"][0]["position"]
            return position
        return None


@pytest.fixture
def folder(sqlite_base: Base, tmp_path: Path) -> Path:
    assert sqlite_base.path is not None
    shutil.copy(sqlite_base.path, tmp_path / "test.db")
    return tmp_path


def clients(folder: Path) -> list[Client]:
    app = create_app(make_config(folder, f"sqlite:///{folder / 'test.db'}"))
    with app.app_context():
        set_reading(False)
        place = world()
        begun = [
            sittings.start(seat_id=seat_id, token_id=None, person_id=person_id)
            for seat_id, person_id in zip(place.seats, place.people, strict=True)
            for _ in range(BROWSERS_OF_A_SEAT)
        ]
        session.commit()
        session.remove()
        db.engine.dispose()
    return [
        Client(one.sitting_id, one.key_id, Browser.of(app, sittings={one.sitting_id: one.secret}), seed)
        for seed, one in enumerate(begun)
    ]


def kill_during_saves(folder: Path, kills: int) -> list[Client]:
    url = f"sqlite:///{folder / 'test.db'}"
    process = WebProcess({"DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": SECRET})
    saving, stop, pause = clients(folder), threading.Event(), random.Random(7)
    process.start()
    threads = [threading.Thread(target=one.run, args=(process.port, stop)) for one in saving]
    for thread in threads:
        thread.start()
    try:
        for _ in range(kills):
            time.sleep(pause.uniform(0.2, 0.7))
            process.kill()
            process.start()
        time.sleep(0.5)
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)
        process.kill()
    return saving


def check(folder: Path, saving: list[Client]) -> None:
    app = create_app(make_config(folder, f"sqlite:///{folder / 'test.db'}"))
    with app.app_context():
        assert session.scalar(sa.text("PRAGMA quick_check")) == "ok"
        for one in saving:
            assert one.errors == []
            rows = session.execute(
                sa.select(AnswerEvent.seq, AnswerEvent.item, AnswerEvent.value, AnswerEvent.position).where(
                    AnswerEvent.sitting_id == one.sitting_id, AnswerEvent.client == one.client
                )
            ).all()
            stored = {seq: (item, value, position) for seq, item, value, position in rows}
            assert len(stored) == len(rows)
            assert one.acknowledged.items() <= stored.items()
            assert set(stored) <= set(range(1, len(one.acknowledged) + 2))  # at most one was still on its way
        for sitting_id in {one.sitting_id for one in saving}:
            positions = session.scalars(
                sa.select(AnswerEvent.position).where(AnswerEvent.sitting_id == sitting_id)
            ).all()
            assert len(set(positions)) == len(positions)
            assert reading.answers(sitting_id)
        session.remove()
        db.engine.dispose()


def told(saving: list[Client]) -> str:
    acknowledged = sum(len(one.acknowledged) for one in saving)
    return f"acknowledged {acknowledged}, lost 0, doubled 0, sent again {sum(one.resent for one in saving)}"


def test_three_kills_lose_no_acknowledged_answer(folder: Path) -> None:
    saving = kill_during_saves(folder, 3)
    check(folder, saving)
    assert sum(one.resent for one in saving) >= 3
    print(told(saving))


@pytest.mark.slow
def test_twenty_kills_lose_no_acknowledged_answer(folder: Path) -> None:
    saving = kill_during_saves(folder, 20)
    check(folder, saving)
    assert sum(one.resent for one in saving) >= 20
    print(told(saving))

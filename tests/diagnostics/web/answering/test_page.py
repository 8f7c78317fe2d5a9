"""What reaches the browser: never a key, a weight or a reason; and little of everything."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.assets import path_of
from diagnostics.database import session, set_reading
from tests.support.answering import ITEMS, SAMPLES, event, open_player, world

on_sqlite = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

# Reasons, mistakes, keys of free words and competences of the sample's scoring.
CANARIES = (
    "Потому что",
    "Торопится",
    "Медлит",
    "Путает",
    "Забывает",
    "Рефлексия",
    "самоанализ",
    "Посчитали",
    "METH",
)
FIRST_VISIT = 50 * 1024
NEXT_PAGE = 8 * 1024
SCRIPT = 24 * 1024


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def test_the_canaries_live_in_the_scoring() -> None:
    body = (SAMPLES / "workshop.scoring.yaml").read_text()
    assert all(word in body for word in CANARIES)


@on_sqlite
def test_no_page_and_no_answer_carries_a_key_or_a_reason(client: FlaskClient, sitting: str) -> None:
    pages = [client.get(f"{sitting}/q/{place}").text for place in range(1, len(ITEMS) + 1)]
    pages += [client.get(f"{sitting}/{page}").text for page in ("list", "review", "start")]
    for item, value in (("S1", "b"), ("T1", "не то"), ("N1", 99), ("S1", "zz")):
        row = event(len(pages), item, value)
        pages.append(client.post(f"{sitting}/events", json={"events": [row]}).text)
    client.post(f"{sitting}/submit", data={"without": "yes"})
    pages.append(client.get(f"{sitting}/done").text)
    assert [word for word in CANARIES for page in pages if word in page] == []


@on_sqlite
def test_the_first_visit_and_the_next_question_are_light(app: Flask) -> None:
    client = app.test_client()
    with app.app_context():
        set_reading(False)
        real = world(shipped=True)
        session.commit()
        sitting = open_player(client, real)
        session.remove()
    page = client.get(f"{sitting}/q/1")
    assets = {name.split("?")[0] for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)}
    assert len(assets) + 1 <= 5
    assert packed(page.data) + sum(packed(static(name)) for name in assets) <= FIRST_VISIT
    heaviest = max(packed(client.get(f"{sitting}/q/{number}").data) for number in range(2, 25))
    assert heaviest <= NEXT_PAGE


def static(name: str) -> bytes:
    return Path(path_of("static"), name.removeprefix("/static/")).read_bytes()


def test_the_script_is_small() -> None:
    assert packed(static("/static/js/player.js")) <= SCRIPT

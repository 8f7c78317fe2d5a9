"""What reaches the browser: never a key, a weight or a reason; and little of everything."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.support.answering import ITEMS, SAMPLES, event

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


def test_the_canaries_live_in_the_scoring() -> None:
    body = (SAMPLES / "workshop.scoring.yaml").read_text()
    assert all(word in body for word in CANARIES)


@on_sqlite
def test_no_page_and_no_answer_carries_a_key_or_a_reason(client: FlaskClient, sitting: str) -> None:
    pages = [client.get(f"{sitting}/q/{place}").text for place in range(1, len(ITEMS) + 1)]
    pages += [client.get(f"{sitting}/{page}").text for page in ("list", "review", "start", "pack")]
    for item, value in (("S1", "b"), ("T1", "не то"), ("N1", 99), ("S1", "zz")):
        row = event(len(pages), item, value)
        pages.append(client.post(f"{sitting}/events", json={"events": [row]}).text)
    client.post(f"{sitting}/submit", data={"without": "yes"})
    pages.append(client.get(f"{sitting}/done").text)
    assert [word for word in CANARIES for page in pages if word in page] == []

"""Results from elsewhere that cannot be: every mistake with its row on the page, nothing written."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from diagnostics.campaigns.models import Campaign
from diagnostics.database import session
from diagnostics.findings.models import Finding
from diagnostics.people.models import Person
from tests.diagnostics.web.reading.test_import_pages import HEAD, TWO, form, trainer, upload

pytestmark = pytest.mark.usefixtures("trainer")
__all__ = ["trainer"]


def counts() -> list[int]:
    session.rollback()
    return [
        session.scalar(sa.select(sa.func.count()).select_from(one)) or 0
        for one in (Campaign, Finding, Person)
    ]


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ("Орлова Анна;вход;METH;11;10\n", 2),
        ("Орлова Анна;вход;METH;-1;10\n", 2),
        ("Орлова Анна;вход;METH;NaN;10\n", 2),
        ("Орлова Анна;вход;METH;1e309;10\n", 2),
        ("Орлова Анна;вход;METH;5;0\n", 2),
        ("Орлова Анна;вход;НЕТ;5;10\n", 2),
        ("Орлова Анна;потом;METH;5;10\n", 2),
        ("Орлова Анна;вход;METH;5;10\nОрлова Анна;вход;METH;6;10\n", 3),
        (";вход;METH;5;10\n", 2),
    ],
    ids=["above", "below", "nan", "infinite", "no maximum", "unknown", "no wave", "twice", "nobody"],
)
def test_a_mistake_stands_with_its_row_and_applying_changes_nothing(
    client: FlaskClient, rows: str, row: int
) -> None:
    before = counts()
    address = upload(client, f"{HEAD}\n{rows}")
    page = client.get(address).text
    assert re.search(rf">{row}</div></td><td[^>]*><div>[^<]+</div></td><td[^>]*><div>[^<]+", page)
    assert client.post(f"{address}/apply").status_code in {409, 422}
    assert counts() == before


@pytest.mark.parametrize("day", ["31.02.2026", "0001-01-01", "9999-12-31", "0000-00-00", "вчера"])
def test_an_impossible_day_is_said_at_its_field(client: FlaskClient, day: str) -> None:
    before = counts()
    answer = client.post("/results/import", data=form(TWO, entry_on=day))
    assert answer.status_code == 422
    assert 'id="entry_on-error"' in answer.text
    assert counts() == before

"""Tables of numbers by forms alone: cells, rows that are added and taken away, a mistake at its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session, set_reading
from diagnostics.sittings import queries as reading
from tests.support.answering import World, world

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

FIXED, ADDED, ROW, CASE = 17, 18, 22, 15  # places of the pages of B1, B2, H2 and K1


@pytest.fixture
def place(app: Flask) -> Iterator[World]:
    with app.app_context():
        set_reading(False)
        yield world(every_type=True)
        session.remove()


def fill(client: FlaskClient, sitting: str, place: int, go: str = "next", **cells: str) -> Any:
    """`cells`: row_column → what is typed."""
    named = {f"cell|{name.replace('_', '|')}": typed for name, typed in cells.items()}
    return client.post(f"{sitting}/q/{place}", data={"go": go, **named})


def rows(sitting: str, item: str) -> Any:
    session.rollback()
    answer = reading.answers(sitting.removeprefix("/t/")).get(item)
    return [(row["row"], row["cells"]) for row in answer["rows"]] if isinstance(answer, dict) else None


def test_filled_cells_are_stored_in_the_order_of_the_table(client: FlaskClient, sitting: str) -> None:
    assert (
        fill(client, sitting, FIXED, panel_all="3", pc_works=" 10 ", pc_all="12", laptop_all="").status_code
        == 303
    )
    assert rows(sitting, "B1") == [("pc", {"all": 12, "works": 10}), ("panel", {"all": 3})]
    page = client.get(f"{sitting}/q/{FIXED}").text
    assert 'name="cell|pc|all" value="12"' in page


def test_an_emptied_table_is_no_answer(client: FlaskClient, sitting: str) -> None:
    fill(client, sitting, FIXED, pc_all="12")
    fill(client, sitting, FIXED, pc_all="", pc_works=" ")
    assert rows(sitting, "B1") is None


def test_a_mistake_is_told_by_its_place_and_nothing_typed_is_lost(client: FlaskClient, sitting: str) -> None:
    answer = fill(client, sitting, FIXED, pc_all="12", laptop_works="1000")
    assert answer.status_code == 422
    assert "Строка 2, «Ноутбуки, Исправных»: число должно быть не больше 999." in answer.text
    assert 'value="1000"' in answer.text
    assert 'value="12"' in answer.text
    assert 'href="#answer-2-2"' in answer.text
    assert answer.text.count("aria-invalid") == 1
    assert rows(sitting, "B1") is None


def test_a_row_is_added_without_script_and_what_stands_is_kept(client: FlaskClient, sitting: str) -> None:
    answer = fill(client, sitting, ADDED, "row", **{"1_pupils": "7", "1_hours": "1,5"})
    assert answer.location.endswith(f"/q/{ADDED}?rows=2#answer-2-1")
    assert rows(sitting, "B2") == [("1", {"pupils": 7, "hours": 1.5})]
    page = client.get(answer.location).text
    assert 'name="cell|1|hours" value="1,5"' in page
    assert 'name="cell|2|pupils" value=""' in page


def test_no_more_rows_are_shown_than_may_be_added(client: FlaskClient, sitting: str) -> None:
    page = client.get(f"{sitting}/q/{ADDED}?rows=999").text
    assert page.count('<tr><th scope="row"') == 5
    assert "Добавить строку" not in page


def test_a_row_is_taken_away_and_those_after_it_move_up(client: FlaskClient, sitting: str) -> None:
    cells = {"1_pupils": "7", "2_pupils": "8", "3_pupils": "9"}
    answer = fill(client, sitting, ADDED, "drop:2", **cells)
    assert answer.location.endswith(f"/q/{ADDED}?rows=2#answer-2-1")
    assert rows(sitting, "B2") == [("1", {"pupils": 7}), ("2", {"pupils": 9})]


def test_more_rows_than_allowed_are_refused(client: FlaskClient, sitting: str) -> None:
    answer = fill(client, sitting, ADDED, **{f"{row}_pupils": "7" for row in range(1, 7)})
    assert answer.status_code == 422
    assert "Строк заполнено: 6, а можно не больше 5." in answer.text


def test_a_row_of_a_matrix_is_asked_alone_with_its_stem_and_never_as_a_grid(
    client: FlaskClient, sitting: str
) -> None:
    page = client.get(f"{sitting}/q/{ROW}").text
    assert "Насколько вам помогает…" in page
    assert "…разговор с наставником" in page
    assert "…курсы повышения квалификации" not in page
    assert page.count('type="radio"') == 4


def test_a_case_is_open_at_its_first_question_and_folded_at_the_next(
    client: FlaskClient, sitting: str
) -> None:
    first, second = (client.get(f"{sitting}/q/{place}").text for place in (CASE, CASE + 1))
    for page in (first, second):
        assert "В 6 «Б» после темы «Дроби»" in page
    assert " open>" in first.split('class="details case"')[1].split("<summary")[0] + ">"
    assert " open" not in second.split('class="details case"')[1].split("<summary")[0]


def test_the_picture_of_a_case_comes_when_it_is_asked_for(client: FlaskClient, sitting: str) -> None:
    page = client.get(f"{sitting}/q/{CASE}").text
    assert 'loading="lazy"' in page
    assert "base64" not in page
    picture = client.get(f"{sitting}/cases/STORY")
    assert (picture.mimetype, picture.data[:4]) == ("image/png", b"\x89PNG")
    assert "immutable" in picture.headers["Cache-Control"]
    assert client.get(f"{sitting}/cases/NOPE").status_code == 404

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from diagnostics.pathways.models import StepKind
from diagnostics.resources.document import ResourceDocument, shipped
from tests.diagnostics.web.coaching.conftest import World

SHIPPED = shipped()


def cards(page: str) -> int:
    return page.count("<article")


def of(block: str = "", form: str = "") -> int:
    """How many shipped resources have the form and cover the block most."""

    def fits(one: ResourceDocument) -> bool:
        main = max(one.competences, key=lambda code: one.competences[code])
        return main.startswith(block) and form in {"", one.format}

    return sum(fits(one) for one in SHIPPED)


@pytest.fixture
def page(world: World, teacher: FlaskClient) -> str:
    return teacher.get("/resources").text


def test_the_catalogue_shows_every_resource_with_chips_that_count(page: str) -> None:
    assert cards(page) == len(SHIPPED)
    assert f"Методические компетенции · {of('METH.')}" in page
    assert f"Цифровые компетенции (ИКТ) · {of('ICT.')}" in page
    assert f"Самообразование · {of(form='self_study')}" in page


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/resources?form=webinar", of(form="webinar")),
        ("/resources?block=EVAL&form=module", of("EVAL.", "module")),
        ("/resources?block=nothing", len(SHIPPED)),
    ],
)
def test_chips_narrow_the_list(world: World, teacher: FlaskClient, address: str, number: int) -> None:
    assert cards(teacher.get(address).text) == number


def test_a_choice_without_resources_offers_to_take_it_back(world: World, teacher: FlaskClient) -> None:
    page = teacher.get("/resources?block=PSYP&form=webinar").text
    assert cards(page) == 1
    chips = re.findall(r'href="(/resources[^"]*)"', page)
    assert "/resources?form=webinar" in chips


def test_the_spreadsheet_holds_the_rows_of_the_page(world: World, teacher: FlaskClient) -> None:
    answer = teacher.get("/resources.xlsx?form=webinar")
    book = load_workbook(io.BytesIO(answer.data))
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    assert len(rows) == 1 + of(form="webinar")
    assert rows[0][0] == "Название"


def test_a_card_names_hours_dates_places_and_evidence(world: World, teacher: FlaskClient) -> None:
    address = re.search(r'href="(/resources/\w+)">От таблицы ошибок', teacher.get("/resources").text)
    assert address is not None
    card = teacher.get(address[1]).text
    for words in ("Ближайшие даты", "Чем подтвердить", "Таблица ошибок своего класса", "высокий уровень"):
        assert words in card


def test_a_card_adds_the_resource_to_the_route_that_may_be_changed(
    world: World, route_id: str, teacher: FlaskClient
) -> None:
    address = re.search(r'href="/resources/(\w+)">Десять минут своего урока', teacher.get("/resources").text)
    assert address is not None
    card = teacher.get(f"/resources/{address[1]}").text
    assert f"/routes/{route_id}/resources" in card
    teacher.post(f"/routes/{route_id}/resources", data={"resource": address[1]})
    steps = world.route(route_id).steps
    assert address[1] in {step.resource_id for step in steps}
    assert steps[-1].kind is StepKind.EXIT


def test_a_resource_that_serves_no_need_is_not_added(
    world: World, route_id: str, teacher: FlaskClient
) -> None:
    address = re.search(r'href="/resources/(\w+)">Первые слова', teacher.get("/resources").text)
    assert address is not None
    answer = teacher.post(
        f"/routes/{route_id}/resources", data={"resource": address[1]}, follow_redirects=True
    )
    assert "не относится к блокам" in answer.text

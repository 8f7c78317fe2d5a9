"""Every item type on paper and on the page of keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session, set_reading
from diagnostics.people.models import Role
from diagnostics.sittings.typed import enterable, tokens
from instruments.texts import say
from tests.support import make
from tests.support.anew import AnewClient
from tests.support.answering import publish_every_type
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)
MARKED = {"single", "multiple", "frequency", "observation"}


@pytest.fixture
def work(app: Flask) -> Iterator[tuple[FlaskClient, str]]:
    app.test_client_class = AnewClient
    with app.app_context():
        set_reading(False)
        region = make.region()
        instrument_id, _scoring, _framework = publish_every_type()
        session.commit()
        client = app.test_client()
        sign_in(client, make.staff(Role.METHODOLOGIST, region).id)
        yield client, f"/instruments/{instrument_id}"
        session.rollback()


ON_PAPER = [
    "○ <b>1</b>Первое решение", "○ <b>0</b>Затрудняюсь ответить", "Выберите ровно 2", "□ <b>1</b>Красное",
    "______ Читает по слогам", "3. Дополнительная контрольная", "______ Подобрать задания", "ruled-lines",
    "○ <b>1</b>Никогда", "○ <b>2</b>A2. Пробую их", "○ <b>0</b>Учитель не даёт", "○ <b>9</b>Не наблюдалось",
    "□ Да, я согласен (согласна)",
    "Интерактивные панели", "Всего, шт.", "Приложите к листу",
]  # fmt: skip


def test_a_print_form_asks_every_type(work: tuple[FlaskClient, str]) -> None:
    client, address = work
    page = client.get(f"{address}/forms/A/print").text
    assert [words for words in ON_PAPER if words not in page] == []


def test_what_is_typed_from_paper_is_printed_beside_each_mark(work: tuple[FlaskClient, str]) -> None:
    client, address = work
    page = client.get(f"{address}/forms/A/print").text
    instrument = catalogue.instrument(address.rpartition("/")[2])
    asked = [item for item in enterable(instrument, "A") if item.type in MARKED]
    assert {item.type for item in asked} == MARKED
    told = [f"<b>{one.typed}</b>{say(one.text, 'ru')}" for item in asked for one in tokens(item) if one.text]
    assert [words for words in told if words not in page] == []


def test_rows_of_a_matrix_are_a_grid_on_paper_and_a_case_is_printed_once(
    work: tuple[FlaskClient, str],
) -> None:
    client, address = work
    page = client.get(f"{address}/forms/A/print").text
    assert page.count("Насколько вам помогает…") == 1
    row = [f'<td class="nowrap">○ <b>{typed}</b></td>' for typed in "1230"]
    assert page.count("".join(row)) == 3, "three rows, three marks and a way out"
    assert page.count("Контрольная в 6 «Б»") == 1
    assert 'alt="Столбики числа верных решений' in page


TOLD = [
    "<strong>Читает по слогам — Пара с сильным чтецом</strong>",
    "<strong>1. Найти причину затруднения</strong>",
    "<strong>3. Проверить, что изменилось</strong>",
    "0 — Нет; 1 — Общий; 2 — Посильный для этого ученика",
    "баллов: 0,333",
    "12,5 ± 0,5",
    "Рефлексия",
]


def test_keys_of_every_type_are_told_in_words(work: tuple[FlaskClient, str]) -> None:
    client, address = work
    page = client.get(f"{address}/keys").text
    assert [words for words in TOLD if words not in page] == []

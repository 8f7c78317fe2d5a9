from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from diagnostics.assets import path_of
from reports.contents.circle_slips import CircleSheet, CircleSlip
from reports.render.circle_slips import MOST_SLIPS, circle_slips_pdf
from reports.render.pdf import TooLargeError
from reports.tabulate.circle_slips import slips_table
from reports.wording.circle_slips import promise, rule, steps
from reports.wording.words import Words

WORDS = Words()
TEMPLATES = path_of("templates")
SHEET = CircleSheet(
    title="Самооценка школы, 2026/2027",
    school="Школа № 12",
    school_code="012",
    whom="7А класс",
    is_pupils=True,
    needed=10,
    address="orientir.example/code",
    opens=date(2026, 11, 22),
    closes=date(2026, 12, 6),
    minutes=8,
    slips=tuple(CircleSlip(link=f"https://orientir.example/r/{n:027d}", code="ABC-DEFG") for n in range(9)),
)
CHAT = dataclasses.replace(
    SHEET, is_pupils=False, slips=(CircleSlip(link="https://orientir.example/r/x"),) * 8
)


def pages(content: bytes) -> int:
    return content.count(b"/Type /Page\n")


def test_eight_slips_stand_on_a_page_and_each_circle_begins_on_its_own() -> None:
    assert pages(circle_slips_pdf([SHEET], WORDS, TEMPLATES)) == 2
    assert pages(circle_slips_pdf([SHEET, CHAT], WORDS, TEMPLATES)) == 3


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert circle_slips_pdf([CHAT], WORDS, TEMPLATES) == circle_slips_pdf([CHAT], WORDS, TEMPLATES)


def test_a_slip_says_that_it_is_no_test_and_asks_no_name() -> None:
    assert promise(SHEET, WORDS) == "Это не контрольная. Имени не спрашиваем."
    assert promise(CHAT, WORDS) == "Имени не спрашиваем."
    assert "хотя бы 10 человек" in rule(SHEET, WORDS)


def test_codes_are_typed_only_where_there_are_codes() -> None:
    assert len(steps(SHEET, WORDS)) == 2
    assert len(steps(CHAT, WORDS)) == 1


def test_the_table_has_a_row_for_each_slip_and_no_names() -> None:
    table = slips_table([SHEET], WORDS)
    assert [column.title for column in table.columns] == ["Группа", "№", "Код школы", "Код", "Ссылка"]
    assert len(table.rows) == 9


def test_too_many_slips_are_refused() -> None:
    with pytest.raises(TooLargeError):
        circle_slips_pdf(
            [dataclasses.replace(SHEET, slips=SHEET.slips[:1] * (MOST_SLIPS + 1))], WORDS, TEMPLATES
        )


def test_hostile_words_stay_words() -> None:
    hostile = dataclasses.replace(SHEET, title="<b>&amp;</b>" * 8, school="я" * 200, whom="<pdf:nextpage>")
    assert pages(circle_slips_pdf([hostile], WORDS, TEMPLATES)) >= 2

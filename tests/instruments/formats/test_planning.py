"""A file against the work that stands: nothing changes that nobody changed, nothing goes unasked."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from instruments.bundled import bundled
from instruments.formats.arrived import Work
from instruments.formats.planning import Plan, apply, merge
from instruments.formats.workbook import read_workbook, write_workbook

METHOD = Work(bundled("instrument")["test.method"], bundled("scoring")["test.method"])


@pytest.fixture(scope="module")
def exported() -> bytes:
    return write_workbook(*METHOD)


def edited(exported: bytes, change: Callable[[Any], None]) -> Plan:
    """The plan of the exported workbook after a person changed it."""
    book = openpyxl.load_workbook(io.BytesIO(exported))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return merge(METHOD, read_workbook("Методика.xlsx", stream.getvalue()))


def column(sheet: Any, title: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == title)


@pytest.mark.parametrize("code", sorted(bundled("instrument")))
@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_an_export_that_nobody_edited_changes_nothing(code: str, kind: Any) -> None:
    work = Work(bundled("instrument")[code], bundled("scoring").get(code))
    plan = merge(work, read_workbook(code, write_workbook(*work, kind)))
    assert plan.is_empty
    assert apply(plan, plan.offered) == work


def test_a_new_text_is_a_change_of_one_item_in_words(exported: bytes) -> None:
    def change(book: Any) -> None:
        sheet = book["Вопросы"]
        sheet.cell(2, column(sheet, "Баллы")).value = 2

    plan = edited(exported, change)
    assert [change.key for change in plan.changed] == ["M01"]
    assert [detail.words() for detail in plan.changed[0].details] == ["Баллы: было «1», стало «2»"]
    assert not plan.new
    assert not plan.removed
    changed = apply(plan, plan.offered)
    assert changed.scoring
    assert changed.scoring.items["M01"].points == 2
    assert changed.instrument == METHOD.instrument


def test_a_deleted_row_goes_only_when_a_person_says_so(exported: bytes) -> None:
    plan = edited(exported, lambda book: book["Вопросы"].delete_rows(3))
    assert [change.key for change in plan.removed] == ["M02"]
    assert apply(plan, plan.offered) == METHOD
    left = apply(plan, plan.offered | {"M02"})
    assert "M02" not in {item.code for item in left.instrument.items}
    assert left.scoring
    assert "M02" not in left.scoring.items
    assert all("M02" not in form.item_codes for form in left.instrument.forms)


def test_a_new_row_is_added_to_its_section(exported: bytes) -> None:
    def change(book: Any) -> None:
        sheet = book["Вопросы"]
        row = sheet.max_row + 1
        said = {
            "Тип": "один ответ",
            "Раздел": "EVAL",
            "Вариант работы": "A",
            "Текст": "Новое?",
            "А": "Да",
            "Б": "Нет",
            "Ключ": "Б",
        }
        for title, value in said.items():
            sheet.cell(row, column(sheet, title)).value = value

    plan = edited(exported, change)
    assert [(change.key, change.title) for change in plan.new] == [("Q01", "Новое?")]
    form = apply(plan, plan.offered).instrument.form("A")
    assert [section.code for section in form.sections if "Q01" in section.items] == ["EVAL"]
    assert apply(plan, ()) == METHOD


def test_an_item_that_lost_its_code_is_known_by_its_text(exported: bytes) -> None:
    def change(book: Any) -> None:
        book["Вопросы"].cell(5, 1).value = None

    plan = edited(exported, change)
    assert not plan.new
    assert not plan.removed
    known = {change.like for change in (*plan.changed, *plan.same)} - {None}
    assert known == {"M04"}
    assert apply(plan, plan.offered).instrument.item("M04") == METHOD.instrument.item("M04")


def test_a_table_without_a_column_takes_nothing_away() -> None:
    rows = "Код;Текст\r\nM01;Совсем другой вопрос?\r\n".encode()
    plan = merge(METHOD, read_workbook("вопросы.csv", rows))
    assert [change.key for change in plan.changed] == ["M01"]
    changed = apply(plan, plan.offered).instrument
    before, after = METHOD.instrument.item("M01"), changed.item("M01")
    assert after.text["ru"] == "Совсем другой вопрос?"
    assert after.model_copy(update={"text": before.text}) == before
    assert [item.code for item in changed.items] == [item.code for item in METHOD.instrument.items]
    assert not plan.work


def test_nothing_accepted_is_nothing_changed(exported: bytes) -> None:
    def change(book: Any) -> None:
        sheet = book["Вопросы"]
        sheet.delete_rows(4)
        sheet.cell(2, column(sheet, "Текст")).value = "Другое"
        book["Настройки"].cell(3, 2).value = "Другое название"

    plan = edited(exported, change)
    assert plan.work
    assert apply(plan, ()) == METHOD

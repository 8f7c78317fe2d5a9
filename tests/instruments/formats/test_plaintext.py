"""A text as people paste it from Word, a Word file, and a work written as text."""

from __future__ import annotations

import io

import docx
import pytest

from instruments.bundled import bundled
from instruments.formats.arrived import Read
from instruments.formats.plaintext import read_text, write_text


def told(read: Read) -> set[tuple[int | None, str]]:
    return {(problem.line, problem.code) for problem in read.problems}


def key_of(read: Read, code: str = "Q01") -> object:
    assert read.scoring
    return read.scoring.items[code].key


@pytest.mark.parametrize(
    "text",
    [
        "1. Что делать?\nА) Это\nБ) То\nОТВЕТ: Б",
        "1) Что делать?\na) Это\nb) То\nANSWER: b",
        "Вопрос 1. Что делать?\nА. Это\nБ. То\nответ: Б",
        "**1. Что делать?**\nА) Это\n**Б) То**",
        "1.\u00a0Что делать?\nА)\u00a0Это\nБ)\u00a0То\nОтвет:\u00a0Б",
        "1. Что делать?\nА) Это  Б) То\nОТВЕТ: Б",
        "1. Что делать?\n1) Это\n2) То\nОТВЕТ: 2",
        "1. Что делать?\nА) Это\n+Б) То",
        "Что делать?\nA) Это\nB) То\nANSWER: B\n",
    ],
)
def test_a_question_is_read_however_it_is_numbered_and_marked(text: str) -> None:
    read = read_text(text)
    assert read.instrument
    item = read.instrument.item("Q01")
    assert item.text["ru"] == "Что делать?"
    assert [option.text["ru"] for option in item.options] == ["Это", "То"]  # type: ignore[union-attr]
    assert key_of(read) == "b"


MARKS = """Работа о пропусках
МИНУТ: 20

РАЗДЕЛ: METH Методика
1. Что делать?\x0bПодробности.
А) Это
Б) То
ОТВЕТ: Б
КОМПЕТЕНЦИЯ: METH.3
БАЛЛЫ: 2
ПОЯСНЕНИЕ: Потому что
так надо.
ОШИБКА А: Торопится

РАЗДЕЛ: Оценивание
2. Сколько процентов?
ОТВЕТ: 12 ± 0,5
"""


def test_marks_sections_and_settings_are_read() -> None:
    read = read_text(MARKS)
    assert read.instrument
    assert read.scoring
    assert read.instrument.title["ru"] == "Работа о пропусках"
    assert read.instrument.minutes == 20
    assert read.instrument.item("Q01").text["ru"] == "Что делать?\nПодробности."
    assert [section.items for section in read.instrument.form("A").sections] == [("Q01",), ("Q02",)]
    entry = read.scoring.items["Q01"]
    assert (entry.points, dict(entry.competences)) == (2, {"METH.3": 1})
    assert entry.rationale == {"ru": "Потому что\nтак надо."}
    assert entry.mistakes == {"a": {"ru": "Торопится"}}


def test_pairs_order_and_words_are_keys() -> None:
    read = read_text(
        "1. Соотнесите\n1) Кошка\n2) Собака\nА) Гав\nБ) Мяу\nОТВЕТ: 1 — Б, 2 — А\n\n"
        "2. Расставьте\nТИП: порядок\nА) три\nБ) раз\nОТВЕТ: Б, А\n\n"
        "3. Как называется?\nОТВЕТ: рефлексия; самоанализ\n"
    )
    assert [key_of(read, code) for code in ("Q01", "Q02", "Q03")] == [
        {"p1": "b", "p2": "a"}, ("b", "a"), ("рефлексия", "самоанализ"),
    ]  # fmt: skip


def test_every_line_that_is_not_understood_is_told_with_its_number() -> None:
    read = read_text("Название\nЛишнее\n1. Что?\nА) Это\nБ) То\nОТВЕТ: Ж\n\nПросто слова\nГЛУПОСТЬ: да\n")
    assert {
        (2, "line_not_understood"),
        (6, "key_letter_unknown"),
        (8, "line_not_understood"),
        (9, "mark_unknown"),
    } <= told(read)


@pytest.mark.parametrize("text", ["", "   \n", "просто: слова\x00"])
def test_what_is_no_test_is_refused(text: str) -> None:
    assert read_text(text.encode()).instrument is None


def test_a_word_file_keeps_its_automatic_numbers_and_its_bold() -> None:
    document = docx.Document()
    for words in ("Что делать?", "Кто поможет?"):
        document.add_paragraph(words, style="List Number")
        for place, option in enumerate(("Это", "То")):
            document.add_paragraph().add_run(f"{'АБ'[place]}) {option}").bold = place == 1
    document.add_table(1, 1)
    stream = io.BytesIO()
    document.save(stream)
    read = read_text(stream.getvalue())
    assert [key_of(read, code) for code in ("Q01", "Q02")] == ["b", "b"]
    assert "docx_part_ignored" in {problem.code for problem in read.problems}


@pytest.mark.parametrize("code", sorted(bundled("instrument")))
def test_a_written_text_gives_back_all_that_it_does_not_name_as_lost(code: str) -> None:
    instrument, scoring = bundled("instrument")[code], bundled("scoring").get(code)
    written = write_text(instrument, scoring)
    read = read_text(written.text)
    lost = {left.item for left in written.not_carried}
    assert read.instrument
    whole = [item for item in instrument.items if item.code not in lost]
    assert [read.instrument.item(item.code) for item in whole] == whole
    assert not [one for one in read.problems if one.code in ("line_not_understood", "mark_unknown")]


def test_the_method_test_loses_no_item_as_text() -> None:
    written = write_text(bundled("instrument")["test.method"], bundled("scoring")["test.method"])
    assert {left.item for left in written.not_carried} == {""}

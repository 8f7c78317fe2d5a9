"""A text as people paste it from Word, a Word file, and a work written as text."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from instruments.bundled import bundled
from instruments.document import Instrument
from instruments.formats.arrived import Read, Work
from instruments.formats.plaintext import read_text, write_text
from instruments.formats.yaml import read_document
from instruments.framework import Framework
from instruments.keys import RubricKey
from instruments.scoring import Scoring
from instruments.versions import canonical_json
from tests.instruments.formats.random_works import works


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
def test_a_work_of_the_library_is_the_same_after_text(code: str) -> None:
    instrument, scoring = bundled("instrument")[code], bundled("scoring").get(code)
    written = write_text(instrument, scoring)
    read = read_text(written.text)
    assert written.not_carried == ()
    assert read.instrument
    assert canonical_json(read.instrument) == canonical_json(instrument)
    assert (scoring and canonical_json(scoring)) == (read.scoring and canonical_json(read.scoring))
    assert not [one for one in read.problems if one.code in ("line_not_understood", "mark_unknown")]


def test_only_a_picture_is_lost_of_a_work_with_every_type() -> None:
    samples = Path("tests/samples")
    instrument, scoring, framework = (
        read_document(samples / name)
        for name in ("every-type.yaml", "every-type.scoring.yaml", "workshop.framework.yaml")
    )
    assert isinstance(instrument, Instrument)
    assert isinstance(scoring, Scoring)
    assert isinstance(framework, Framework)
    known = {framework.code: framework}
    written = write_text(instrument, scoring, known)
    assert {left.field.split(" > ")[2] for left in written.not_carried} == {"image"}
    read = read_text(written.text, known)
    assert read.scoring
    assert canonical_json(read.scoring) == canonical_json(scoring)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(work=works())
def test_any_work_becomes_a_text_that_says_what_it_lost(work: Work) -> None:
    written = write_text(*work)
    read = read_text(written.text)
    if not written.not_carried:
        assert read.instrument == work.instrument
        assert read.scoring == work.scoring


SHARED = """КЕЙС STORY: Контрольная
В классе 24 ученика.

Решили 20.

МАТРИЦА HELP: Насколько помогает…
ОТМЕТКА 1: Не помогает
ОТМЕТКА 2: Помогает
ЗАТРУДНЯЮСЬ ОТВЕТИТЬ: Не пробовал

1. Что сделать?
А) Это
Б) То
ОТВЕТ: Б
КЕЙС: STORY
КОМПЕТЕНЦИЯ: METH.3
СВОЙ ТЕКСТ A: Что сделаете вы?
КРИТИЧЕСКОЕ: меньше 60 % — обнуляет METH.3
КРИТИЧЕСКОЕ: меньше 50 % — METH не больше уровня medium

2. Почему?
ТИП: развёрнутый ответ
БАЛЛЫ: 2
ПОКАЗАТЬ, ЕСЛИ: Q01 = b
КРИТЕРИЙ cause: Причина
ЗА 0 БАЛЛОВ: Не названа
ЗА 2 БАЛЛА: Названа

3. Сколько?
ТИП: таблица
СТОЛБЕЦ all: Всего
ЕДИНИЦА: шт.
НЕ БОЛЬШЕ: 9
СТРОКА pc: Компьютеры

4. Коллеги
ТИП: строка матрицы
МАТРИЦА: HELP
"""


def test_what_has_sheets_in_a_workbook_has_lines_in_a_text() -> None:
    read = read_text(SHARED)
    assert read.instrument
    assert read.scoring
    assert not [one for one in read.problems if one.code in ("line_not_understood", "mark_unknown")]
    assert read.instrument.stimuli[0].text == {"ru": "В классе 24 ученика.\n\nРешили 20."}
    assert [point.value for point in read.instrument.matrices[0].scale] == [1, 2]
    first, second, table, row = read.instrument.items
    assert (first.stimulus, first.wording) == ("STORY", {"A": {"ru": "Что сделаете вы?"}})
    assert second.show_if == "Q01 = b"
    assert [(one.code, one.unit, one.maximum) for one in table.columns] == [("all", {"ru": "шт."}, 9)]  # type: ignore[union-attr]
    assert row.matrix == "HELP"  # type: ignore[union-attr]
    assert [
        (rule.item, rule.below, rule.effect, rule.node, rule.level) for rule in read.scoring.critical
    ] == [
        ("Q01", 0.6, "zero_parent", "METH.3", None),
        ("Q01", 0.5, "cap_level", "METH", "medium"),
    ]
    key = read.scoring.items["Q02"].key
    assert isinstance(key, RubricKey)
    assert [(level.points, level.text["ru"]) for level in key.criteria[0].levels] == [
        (0, "Не названа"),
        (2, "Названа"),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("КРИТИЧЕСКОЕ: когда-нибудь", "line_not_understood"),
        ("КРИТИЧЕСКОЕ: меньше 900 % — обнуляет METH.3", "share_wrong"),
        ("ЗА 2 БАЛЛА: без критерия", "line_not_understood"),
        ("ОТМЕТКА 1: без матрицы", "line_not_understood"),
        ("ВАРИАНТ Ж (en): no such option", "line_not_understood"),
        ("КЕЙС: NOSUCH", "stimulus_unknown"),
    ],
)
def test_a_line_that_belongs_to_nothing_is_told_with_its_number(line: str, code: str) -> None:
    read = read_text(f"1. Что сделать?\nА) Это\nБ) То\n{line}\nОТВЕТ: Б\nКОМПЕТЕНЦИЯ: METH.3")
    assert [one.line for one in read.problems if one.code == code] == [4]

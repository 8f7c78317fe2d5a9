"""The sheets beside «Вопросы»: what a person types there, what is told, what a merge asks about."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from instruments.document import Instrument
from instruments.formats.arrived import Read, Work
from instruments.formats.planning import Plan, apply, merge
from instruments.formats.workbook import read_workbook, template, write_workbook
from instruments.formats.workbook.critical import share_of, written_share
from instruments.formats.yaml import read_document
from instruments.framework import Framework
from instruments.keys import RubricKey
from instruments.scoring import Scoring
from tests.instruments.formats.books import SOUND, book

HEADER = (
    "Код",
    "Тип",
    "Текст",
    "А",
    "Б",
    "В",
    "Ключ",
    "Баллы",
    "Компетенция",
    "Кейс",
    "Матрица",
    "Какие файлы",
)
ESSAY = ("E01", "развёрнутый ответ", "Почему?", None, None, None, None, 2, "METH.3")
TABLE = ("T01", "таблица", "Сколько?")
SAMPLES = Path("tests/samples")


def sheets(*rows: Sequence[Any], header: Sequence[Any] = HEADER, **more: Sequence[Sequence[Any]]) -> Read:
    """What is read of «Вопросы» with these rows and of the sheets `more`."""
    named = {"Критические задания" if name == "Критические" else name: lines for name, lines in more.items()}
    return read_workbook("w.xlsx", book(*rows, header=header, more=named))


def told(read: Read) -> list[tuple[str, str]]:
    """Errors: where and what; that the settings are not filled in is another matter."""
    errors = [(one.where, one.code) for one in read.problems if one.severity == "error"]
    return [(where, code) for where, code in errors if not where.startswith("Настройки")]


RUBRIC = ("Задание", "Критерий", "Название критерия", "Баллы", "За какой ответ")


def test_a_criterion_stands_once_above_its_levels() -> None:
    rows = [RUBRIC, ("E01", "cause", "Причина", 0, "Нет"), (None, None, None, 2, "Есть")]
    read = sheets(ESSAY, Рубрики=rows)
    assert told(read) == []
    assert read.scoring
    key = read.scoring.items["E01"].key
    assert isinstance(key, RubricKey)
    assert [(level.points, level.text["ru"]) for level in key.criteria[0].levels] == [(0, "Нет"), (2, "Есть")]


@pytest.mark.parametrize(
    ("row", "where", "code"),
    [
        (("E99", "cause", "Причина", 0, "Нет"), "Рубрики, строка 2, столбец „Задание“", "part_of_nothing"),
        (
            ("M01", "cause", "Причина", 0, "Нет"),
            "Рубрики, строка 2, столбец „Задание“",
            "rubric_not_for_type",
        ),
        (("E01", "причина", "Причина", 0, "Нет"), "Рубрики, строка 2, столбец „Критерий“", "code_wrong"),
        (("E01", None, "Причина", 0, "Нет"), "Рубрики, строка 2, столбец „Критерий“", "code_missing"),
        (("E01", "cause", "Причина", "много", "Нет"), "Рубрики, строка 2, столбец „Баллы“", "number_wrong"),
        (("E01", "cause", "Причина", -1, "Нет"), "Рубрики, строка 2, столбец „Баллы“", "number_wrong"),
    ],
)
def test_a_mistake_of_a_rubric_names_its_cell(row: Sequence[Any], where: str, code: str) -> None:
    assert (where, code) in told(sheets(SOUND, ESSAY, Рубрики=[RUBRIC, row]))


COLUMNS = (
    "Задание",
    "Что это",
    "Код",
    "Название",
    "Единица",
    "Не меньше",
    "Не больше",
    "Знаков после запятой",
)


def test_columns_and_rows_of_a_table_are_rows_of_its_sheet() -> None:
    rows = [
        COLUMNS,
        ("T01", "столбец", "all", "Всего", "шт.", 0, "1 000", 0),
        (None, "строка", "pc", "Компьютеры"),
    ]
    read = sheets(SOUND, TABLE, Таблицы=rows)
    assert told(read) == []
    assert read.instrument
    item: Any = read.instrument.item("T01")
    assert [(one.code, one.unit, one.maximum, one.decimals) for one in item.columns] == [
        ("all", {"ru": "шт."}, 1000, 0)
    ]
    assert [one.title["ru"] for one in item.rows] == ["Компьютеры"]


@pytest.mark.parametrize(
    ("row", "where", "code"),
    [
        (("T01", "клетка", "all", "Всего"), "Таблицы, строка 2, столбец „Что это“", "word_unknown"),
        (("T01", "столбец", "все", "Всего"), "Таблицы, строка 2, столбец „Код“", "code_wrong"),
        (
            ("T01", "столбец", "all", "Всего", None, "ноль"),
            "Таблицы, строка 2, столбец „Не меньше“",
            "number_wrong",
        ),
        (("M01", "столбец", "all", "Всего"), "Таблицы, строка 2, столбец „Задание“", "field_not_for_type"),
        ((None, "столбец", "all", "Всего"), "Таблицы, строка 2, столбец „Задание“", "part_of_nothing"),
    ],
)
def test_a_mistake_of_a_table_names_its_cell(row: Sequence[Any], where: str, code: str) -> None:
    assert (where, code) in told(sheets(SOUND, TABLE, Таблицы=[COLUMNS, row]))


CRITICAL = ("Задание", "Порог: меньше скольких % баллов", "Что делает", "Узел", "Уровень")
LEVEL = "средний уровень профессиональных дефицитов"


def test_rules_are_written_in_words() -> None:
    rows = [
        CRITICAL,
        ("M01", "60 %", "обнуляет узел", "METH.3"),
        ("M01", 50, "не больше уровня", "METH", LEVEL),
    ]
    settings = [("Настройка", "Значение"), ("Результат сообщается по", "METH")]
    read = sheets(SOUND, Критические=rows, Настройки=settings)
    assert read.scoring
    assert [(one.below, one.effect, one.node, one.level) for one in read.scoring.critical] == [
        (0.6, "zero_parent", "METH.3", None),
        (0.5, "cap_level", "METH", "medium"),
    ]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (("M99", "60 %", "обнуляет узел", "METH.3"), "Задание", "item_unknown"),
        (("M01", "больше", "обнуляет узел", "METH.3"), "Порог: меньше скольких % баллов", "share_wrong"),
        (("M01", "0 %", "обнуляет узел", "METH.3"), "Порог: меньше скольких % баллов", "share_wrong"),
        (("M01", "101 %", "обнуляет узел", "METH.3"), "Порог: меньше скольких % баллов", "share_wrong"),
        (("M01", "60 %", "портит", "METH.3"), "Что делает", "word_unknown"),
        (("M01", "60 %", "обнуляет узел", "Неведомое"), "Узел", "code_wrong"),
        (("M01", "60 %", "обнуляет узел", "METH.99"), "Узел", "competence_unknown"),
        (("M01", "60 %", "не больше уровня", "METH.3", "прекрасный"), "Уровень", "word_unknown"),
    ],
)
def test_a_mistake_of_a_rule_names_its_cell(row: Sequence[Any], column: str, code: str) -> None:
    read = sheets(SOUND, Критические=[CRITICAL, row])
    assert (f"Критические задания, строка 2, столбец „{column}“", code) in told(read)
    assert read.scoring


@pytest.mark.parametrize("share", [1.0, 0.6, 0.07, 1 / 3, 0.005, 1e-12])
def test_a_share_is_written_so_that_it_reads_back(share: float) -> None:
    assert share_of(written_share(share)) == share


def test_unknown_cases_matrices_and_files_are_told_at_their_cells() -> None:
    rows = [
        (*SOUND, "NOSUCH", None, None),
        ("R01", "строка матрицы", "Строка", None, None, None, None, None, None, None, "NOSUCH"),
        ("F01", "файл", "Приложите", None, None, None, None, None, None, None, None, "фото, песня"),
    ]
    found = told(sheets(*rows))
    assert ("Вопросы, строка 2, столбец „Кейс“", "stimulus_unknown") in found
    assert ("Вопросы, строка 3, столбец „Матрица“", "matrix_unknown") in found
    assert ("Вопросы, строка 4, столбец „Какие файлы“", "word_unknown") in found


def test_a_circle_of_conditions_is_told_at_its_cells() -> None:
    header = ("Код", "Тип", "Текст", "Показать, если")
    first, second = ("A1", "текст для чтения", "Раз", "A2 отвечен"), ("A2", "число", "Два", "A1 отвечен")
    found = [where for where, _ in told(sheets(first, second, header=header))]
    assert "Вопросы, строка 2, столбец „Показать, если“" in found


def test_ten_thousand_rows_beside_the_questions_are_refused() -> None:
    read = sheets(SOUND, Кейсы=[("Код", "Название", "Текст"), *[("C", "К", "К")] * 10_000])
    assert [one.code for one in read.problems] == ["sheet_too_big"]
    assert read.instrument is None


def test_cases_and_matrices_with_mistakes_do_not_take_the_work_away() -> None:
    cases = [
        ("Код", "Название", "Текст"),
        ("кейс", "К", "Текст"),
        ("CASE", "К", "т" * 25_000),
        ("GOOD", "К", "Текст"),
    ]
    matrices = [
        ("Код", "Вопрос над строками", "Значение", "Отметка шкалы"),
        ("HELP", "Помогает:", "один", "Нет"),
    ]
    read = sheets(SOUND, Кейсы=cases, Матрицы=matrices)
    found = told(read)
    assert ("Кейсы, строка 2, столбец „Код“", "code_wrong") in found
    assert ("Кейсы, строка 3, столбец „Текст“", "value_too_long") in found
    assert ("Матрицы, строка 2, столбец „Значение“", "number_wrong") in found
    assert read.instrument
    assert [case.code for case in read.instrument.stimuli] == ["GOOD"]


def test_an_own_wording_names_its_form_by_title_or_by_code() -> None:
    forms = [
        ("Вариант работы", "Название варианта", "Раздел", "Название раздела"),
        ("A", "Учителям", "S", "С"),
        ("parent", "Родителям", "S", "С"),
    ]
    header = (*HEADER[:9], "Свой текст: Родителям", "Свой текст: A", "Свой текст: Ученикам")
    read = sheets((*SOUND, "Что делать вам?", "Что делать учителю?", "?"), header=header, Разделы=forms)
    assert read.instrument
    assert read.instrument.item("M01").wording == {
        "parent": {"ru": "Что делать вам?"},
        "A": {"ru": "Что делать учителю?"},
    }
    assert ("Вопросы, строка 1, столбец „Свой текст: Ученикам“", "form_unknown") in told(read)


@pytest.fixture(scope="module")
def every() -> tuple[Work, dict[str, Framework]]:
    names = ("every-type.yaml", "every-type.scoring.yaml", "workshop.framework.yaml")
    instrument, scoring, framework = (read_document(SAMPLES / name) for name in names)
    assert isinstance(instrument, Instrument)
    assert isinstance(scoring, Scoring)
    assert isinstance(framework, Framework)
    return Work(instrument, scoring), {framework.code: framework}


def edited(every: tuple[Work, dict[str, Framework]], change: Callable[[Any], None]) -> Plan:
    work, known = every
    made = openpyxl.load_workbook(io.BytesIO(write_workbook(*work, frameworks=known)))
    change(made)
    stream = io.BytesIO()
    made.save(stream)
    return merge(work, read_workbook("w", stream.getvalue(), known))


def test_a_change_of_each_sheet_is_offered_in_words(every: tuple[Work, dict[str, Framework]]) -> None:
    def change(made: Any) -> None:
        made["Кейсы"]["B2"] = "Контрольная"
        made["Матрицы"]["D3"] = "Немного"
        made["Рубрики"]["E3"] = "Названа верно"
        made["Таблицы"]["E2"] = "единиц"

    plan = edited(every, change)
    words = {part.name: [one.words() for one in part.details] for part in plan.parts}
    assert words == {
        "Кейс STORY": ["название: было «Контрольная в 6 «Б»», стало «Контрольная»"],
        "Матрица HELP": ["отметка 2: было «Помогает отчасти», стало «Немного»"],
    }
    assert {one.code: [detail.words() for detail in one.details] for one in plan.changed} == {
        "W1": ["Рубрика, критерий cause, за 1: было «Названа», стало «Названа верно»"],
        "B1": ["Столбец all: единица: было «шт.», стало «единиц»"],
    }
    assert plan.offered == {"#stimuli:STORY", "#matrices:HELP", "W1", "B1"}
    only = apply(plan, {"#matrices:HELP"})
    assert only.instrument.stimuli == plan.standing.instrument.stimuli
    assert only.instrument.matrices[0].scale[1].text == {"ru": "Немного"}


def test_a_case_that_is_gone_goes_only_when_a_person_says_so(
    every: tuple[Work, dict[str, Framework]],
) -> None:
    plan = edited(every, lambda made: made["Кейсы"].delete_rows(2))
    assert [(part.key, part.state) for part in plan.parts] == [("#stimuli:STORY", "removed")]
    assert apply(plan, plan.offered).instrument.stimuli == plan.standing.instrument.stimuli
    assert apply(plan, {"#stimuli:STORY"}).instrument.stimuli == ()


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_picture_too_long_for_a_cell_comes_back_whole(
    every: tuple[Work, dict[str, Framework]], kind: Any
) -> None:
    work, known = every
    (case,) = work.instrument.stimuli
    assert case.image
    big = case.model_copy(update={"image": case.image.model_copy(update={"data": "Ab1+" * 13_500})})
    instrument = work.instrument.model_copy(update={"stimuli": (big,)})
    assert (
        read_workbook("w", write_workbook(instrument, work.scoring, kind, frameworks=known), known).instrument
        == instrument
    )


@pytest.mark.parametrize("name", ["Кейсы", "Матрицы", "Рубрики", "Таблицы"])
def test_a_sheet_that_is_gone_takes_nothing_away(every: tuple[Work, dict[str, Framework]], name: str) -> None:
    def change(made: Any) -> None:
        del made[name]
        del made["Прочее"]

    plan = edited(every, change)
    assert plan.is_empty
    assert apply(plan, plan.offered) == plan.standing


def test_the_full_template_has_an_example_of_every_type_and_sheet() -> None:
    read = read_workbook("t", template(full=True))
    assert not told(read)
    assert read.instrument
    assert read.scoring
    assert len({item.type for item in read.instrument.items}) == 16
    assert read.instrument.stimuli
    assert read.instrument.matrices
    assert len(read.scoring.critical) == 2
    made = openpyxl.load_workbook(io.BytesIO(template(full=True)))
    assert "Прочее" not in made.sheetnames
    for name in ("Кейсы", "Матрицы", "Таблицы", "Рубрики", "Критические задания"):
        assert any(cell.comment for cell in made[name][1]), name
    lists = {rule.formula1 for rule in made["Критические задания"].data_validations.dataValidation}
    assert '"обнуляет узел,не больше уровня"' in lists

"""What may be answered to each item type, how it is stored, and how it is told to a reader."""

from __future__ import annotations

import math
import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.document import (
    LONGEST_ANSWER,
    Choice,
    Column,
    ConsentItem,
    FileItem,
    FrequencyItem,
    InfoItem,
    Item,
    LevelItem,
    LikertItem,
    LongTextItem,
    MatchingItem,
    MultipleItem,
    NumberItem,
    ObservationItem,
    OrderingItem,
    Repeat,
    ScalePoint,
    SingleItem,
    TableItem,
    TableRow,
    TextItem,
)
from instruments.items import TYPES, check, describe, read
from instruments.items.outcome import AnswerProblem
from instruments.words import ANSWER_PROBLEMS

WORDS = {"title": {"ru": "Имя"}, "text": {"ru": "Вопрос?"}}
OPTIONS = tuple(Choice(code=code, text={"ru": f"Вариант {code}", "en": f"Option {code}"}) for code in "abc")
SCALE = tuple(ScalePoint(value=value, text={"ru": f"Отметка {value}"}) for value in (1, 2, 3))

SINGLE = SingleItem(code="S", type="single", options=OPTIONS, **WORDS)
SINGLE_OUT = SINGLE.model_copy(update={"opt_out": {"ru": "Не знаю"}})
MULTIPLE = MultipleItem(code="M", type="multiple", options=OPTIONS, **WORDS)
CHOOSE_2 = MULTIPLE.model_copy(update={"choose": 2})
LIKERT = LikertItem(code="L", type="likert", scale=SCALE, **WORDS)
LIKERT_OUT = LIKERT.model_copy(update={"opt_out": True})
NUMBER = NumberItem(code="N", type="number", **WORDS)
PERCENT = NumberItem(code="N", type="number", minimum=0, maximum=100, decimals=1, unit={"ru": "%"}, **WORDS)
TEXT = TextItem(code="T", type="text", **WORDS)
SHORT = TextItem(code="T", type="text", max_length=5, **WORDS)
INFO = InfoItem(code="I", type="info", **WORDS)
FREQUENCY = FrequencyItem(code="F", type="frequency", **WORDS)
LEVEL = LevelItem(code="V", type="level", levels=OPTIONS, **WORDS)
LEVEL_OUT = LEVEL.model_copy(update={"opt_out": True})
DESCRIPTORS = tuple(ScalePoint(value=value, text={"ru": f"Описание {value}"}) for value in range(4))
OBSERVATION = ObservationItem(code="O", type="observation", scale=DESCRIPTORS, **WORDS)
PROMPTS = tuple(Choice(code=code, text={"ru": f"Строка {code}"}) for code in ("p1", "p2"))
MATCHING = MatchingItem(code="P", type="matching", prompts=PROMPTS, options=OPTIONS, **WORDS)
ORDERING = OrderingItem(code="R", type="ordering", options=OPTIONS, **WORDS)
LONG_TEXT = LongTextItem(code="W", type="long_text", max_length=20, **WORDS)
CONSENT = ConsentItem(code="C", type="consent", **WORDS)
COLUMNS = (
    Column(code="all", title={"ru": "Всего", "en": "All"}, unit={"ru": "шт."}, minimum=0, decimals=0),
    Column(code="hours", title={"ru": "Часов", "en": "Hours"}, maximum=24, decimals=1),
)
ROWS = tuple(TableRow(code=code, title={"ru": name}) for code, name in (("pc", "Ноутбуки"), ("tv", "Панели")))
TABLE = TableItem(code="B", type="table", columns=COLUMNS, rows=ROWS, **WORDS)
REPEAT = TableItem(code="B", type="table", columns=COLUMNS, repeat=Repeat(least=1, most=2), **WORDS)
FILES = FileItem(code="F", type="file", most=2, **WORDS)
PHOTO = {"id": "0123456789abcd", "name": "фото.jpg", "size": 350_000}
PLAN = {"id": "zzzzzzzzzzzzzz", "name": "план.pdf", "size": 1_300_000}
OPT_OUT = {"opt_out": True}
AGREED = {"agreed": True}


def table(**rows: dict[str, object]) -> dict[str, object]:
    """A table as it is sent and stored: row → cells."""
    return {"rows": [{"row": code.lstrip("_"), "cells": cells} for code, cells in rows.items()]}


STORED = [
    (SINGLE, "b", "b"),
    (SINGLE, "", None),
    (SINGLE, None, None),
    (SINGLE_OUT, OPT_OUT, OPT_OUT),
    (MULTIPLE, ["c", "a"], ["a", "c"]),
    (MULTIPLE, [], None),
    (CHOOSE_2, ["a", "c"], ["a", "c"]),
    (LIKERT, 3, 3),
    (LIKERT, "2", 2),
    (LIKERT_OUT, OPT_OUT, OPT_OUT),
    (NUMBER, "1,5", 1.5),
    (NUMBER, "1.5", 1.5),
    (NUMBER, " 12 ", 12),
    (NUMBER, "12,0", 12),
    (NUMBER, "1 234 567,5", 1234567.5),
    (NUMBER, "1\u00a0000", 1000),
    (NUMBER, "1\u202f000", 1000),
    (NUMBER, "−3", -3),
    (NUMBER, "+3", 3),
    (NUMBER, ",5", 0.5),
    (NUMBER, "007", 7),
    (NUMBER, "١٢", 12),
    (NUMBER, 12.5, 12.5),
    (NUMBER, 0, 0),
    (NUMBER, "-0", 0),
    (NUMBER, "", None),
    (NUMBER, "  ", None),
    (PERCENT, "99,90", 99.9),
    (TEXT, "  слово \r\n второе ", "слово \n второе"),
    (TEXT, "   ", None),
    (TEXT, "а\u202eб", "а\u202eб"),
    (INFO, None, None),
    (FREQUENCY, "5", 5),
    (LEVEL, "b", "b"),
    (LEVEL, "", None),
    (LEVEL_OUT, OPT_OUT, OPT_OUT),
    (OBSERVATION, 0, 0),
    (OBSERVATION, OPT_OUT, OPT_OUT),
    (MATCHING, {"p2": "a", "p1": "a"}, {"p1": "a", "p2": "a"}),
    (MATCHING, {"p1": "", "p2": "c"}, {"p2": "c"}),
    (MATCHING, {"p1": "", "p2": ""}, None),
    (MATCHING, {}, None),
    (ORDERING, ["c", "a", "b"], ["c", "a", "b"]),
    (ORDERING, {"a": "2", "b": "3", "c": " 1 "}, ["c", "a", "b"]),
    (ORDERING, {"a": "", "b": "", "c": ""}, None),
    (ORDERING, [], None),
    (LONG_TEXT, " Две строки\r\nслов ", "Две строки\nслов"),
    (LONG_TEXT, " \n ", None),
    (CONSENT, AGREED, AGREED),
    (CONSENT, None, None),
    (TABLE, table(tv={"hours": "2,5", "all": " 3 "}), table(tv={"all": 3, "hours": 2.5})),
    (TABLE, table(tv={"all": 1}, pc={"all": "2"}), table(pc={"all": 2}, tv={"all": 1})),
    (TABLE, table(pc={"all": ""}, tv={}), None),
    (TABLE, {"rows": []}, None),
    (REPEAT, table(_1={"all": ""}, _2={"all": "7"}), table(_1={"all": 7})),
    (REPEAT, table(_2={"all": "2"}, _1={"all": "1"}), table(_1={"all": 1}, _2={"all": 2})),
    (FILES, {"files": [PHOTO, PLAN]}, {"files": [PHOTO, PLAN]}),
    (FILES, {"files": []}, None),
]


@pytest.mark.parametrize(("item", "raw", "stored"), STORED)
def test_an_acceptable_answer_is_stored_in_one_form(item: Item, raw: object, stored: object) -> None:
    reading = read(item, raw)
    assert (reading.answer, reading.problems) == (stored, ())
    assert type(reading.answer) is type(stored)


REFUSED = [
    (SINGLE, "z", ["option_unknown"]),
    (SINGLE, ["a", "b"], ["too_many_choices"]),
    (SINGLE, 1, ["wrong_shape"]),
    (SINGLE, {"a": 1}, ["wrong_shape"]),
    (SINGLE, OPT_OUT, ["opt_out_not_offered"]),
    (SINGLE_OUT, {"opt_out": False}, ["wrong_shape"]),
    (MULTIPLE, "a", ["wrong_shape"]),
    (MULTIPLE, [1], ["wrong_shape"]),
    (MULTIPLE, ["y", "a", "z"], ["option_unknown", "option_unknown"]),
    (MULTIPLE, ["a", "a"], ["option_repeated"]),
    (CHOOSE_2, ["a", "b", "c"], ["too_many_choices"]),
    (CHOOSE_2, ["a"], ["too_few_choices"]),
    (LIKERT, 4, ["not_on_scale"]),
    (LIKERT, "да", ["not_on_scale"]),
    (LIKERT, True, ["wrong_shape"]),
    (LIKERT, 2.0, ["wrong_shape"]),
    (LIKERT, OPT_OUT, ["opt_out_not_offered"]),
    (NUMBER, "1e309", ["not_a_number"]),
    (NUMBER, "1e3", ["not_a_number"]),
    (NUMBER, "NaN", ["not_a_number"]),
    (NUMBER, "Infinity", ["not_a_number"]),
    (NUMBER, "1 5", ["not_a_number"]),
    (NUMBER, "1.000,5", ["not_a_number"]),
    (NUMBER, "1_000", ["not_a_number"]),
    (NUMBER, "5,", ["not_a_number"]),
    (NUMBER, "-", ["not_a_number"]),
    (NUMBER, "9" * 65, ["not_a_number"]),
    (NUMBER, 10**400, ["not_a_number"]),
    (NUMBER, math.nan, ["not_a_number"]),
    (NUMBER, -math.inf, ["not_a_number"]),
    (NUMBER, True, ["not_a_number"]),
    (NUMBER, [1], ["not_a_number"]),
    (PERCENT, "-1", ["out_of_range_low"]),
    (PERCENT, "100,1", ["out_of_range_high"]),
    (PERCENT, "12,55", ["too_many_decimals"]),
    (PERCENT, "100,55", ["out_of_range_high", "too_many_decimals"]),
    (SHORT, "шесть!", ["too_long"]),
    (TEXT, "a" * (LONGEST_ANSWER + 1), ["too_long"]),
    (TEXT, "a\x00b", ["bad_character"]),
    (TEXT, "a\ud800b", ["bad_character"]),
    (TEXT, "a\x1bb", ["bad_character"]),
    (TEXT, 5, ["wrong_shape"]),
    (INFO, "x", ["not_answerable"]),
    (FREQUENCY, 6, ["not_on_scale"]),
    (FREQUENCY, OPT_OUT, ["opt_out_not_offered"]),
    (LEVEL, "d", ["option_unknown"]),
    (LEVEL, ["a", "b"], ["too_many_choices"]),
    (LEVEL, 1, ["wrong_shape"]),
    (LEVEL, OPT_OUT, ["opt_out_not_offered"]),
    (OBSERVATION, 4, ["not_on_scale"]),
    (MATCHING, {"p1": "z"}, ["option_unknown"]),
    (MATCHING, {"p9": "a"}, ["prompt_unknown"]),
    (MATCHING, {"p9": ""}, ["prompt_unknown"]),
    (MATCHING, {"p9": "z", "p1": "y"}, ["prompt_unknown", "option_unknown", "option_unknown"]),
    (MATCHING, {"p1": ["a"]}, ["wrong_shape"]),
    (MATCHING, ["a"], ["wrong_shape"]),
    (MATCHING, OPT_OUT, ["wrong_shape"]),
    (ORDERING, ["a", "b"], ["order_incomplete"]),
    (ORDERING, ["a", "b", "b"], ["option_repeated"]),
    (ORDERING, ["a", "b", "c", "z"], ["option_unknown"]),
    (ORDERING, "abc", ["wrong_shape"]),
    (ORDERING, [1, 2, 3], ["wrong_shape"]),
    (ORDERING, {"a": "1", "b": "1", "c": "2"}, ["place_repeated"]),
    (ORDERING, {"a": "1", "b": "4", "c": "2"}, ["place_unknown"]),
    (ORDERING, {"a": "1", "b": "٢", "c": "3"}, ["place_unknown"]),
    (ORDERING, {"a": "1", "b": "", "c": "2"}, ["order_incomplete"]),
    (ORDERING, {"a": "1", "b": "2", "z": "3"}, ["option_unknown"]),
    (ORDERING, {"a": 1}, ["wrong_shape"]),
    (LONG_TEXT, "a" * 21, ["too_long"]),
    (LONG_TEXT, "a\x00b", ["bad_character"]),
    (LONG_TEXT, ["a"], ["wrong_shape"]),
    (CONSENT, {"agreed": False}, ["wrong_shape"]),
    (CONSENT, {"agreed": 1}, ["wrong_shape"]),
    (CONSENT, {"agreed": True, "more": 1}, ["wrong_shape"]),
    (CONSENT, "yes", ["wrong_shape"]),
    (TABLE, table(pc={"all": "пять"}), ["cell_not_a_number"]),
    (TABLE, table(pc={"all": "-1"}, tv={"hours": "25"}), ["cell_out_of_range_low", "cell_out_of_range_high"]),
    (TABLE, table(pc={"all": "1,5"}), ["cell_too_many_decimals"]),
    (TABLE, table(pc={"all": {"x": 1}}), ["cell_not_a_number"]),
    (TABLE, table(sofa={"all": 1}), ["option_unknown"]),
    (TABLE, table(pc={"colour": 1}), ["option_unknown"]),
    (TABLE, {"rows": [{"row": "pc", "cells": {}}] * 2}, ["option_repeated"]),
    (TABLE, {"rows": [{"row": "pc"}]}, ["wrong_shape"]),
    (TABLE, {"rows": [{"row": 1, "cells": {}}]}, ["wrong_shape"]),
    (TABLE, {"rows": {}, "more": 1}, ["wrong_shape"]),
    (TABLE, "12", ["wrong_shape"]),
    (REPEAT, table(_1={"all": 1}, _2={"all": 2}, _3={"all": 3}), ["too_many_rows"]),
    (REPEAT, table(_9={"all": 1}), ["option_unknown"]),
    (REPEAT, table(_1={"all": 1}, _01={"all": 1}), ["option_unknown"]),
    (FILES, {"files": [PHOTO, PLAN, {**PHOTO, "id": "yyyyyyyyyyyyyy"}]}, ["too_many_files"]),
    (FILES, {"files": [PHOTO, PHOTO]}, ["file_repeated"]),
    (FILES, {"files": [{"id": "0123456789abcd"}]}, ["wrong_shape"]),
    (FILES, {"files": [{**PHOTO, "id": "../../etc"}]}, ["wrong_shape"]),
    (FILES, {"files": [{**PHOTO, "size": 10**9}]}, ["wrong_shape"]),
    (FILES, {"files": [PHOTO], "more": 1}, ["wrong_shape"]),
    (FILES, "0123456789abcd", ["wrong_shape"]),
]


@pytest.mark.parametrize(("item", "raw", "codes"), REFUSED)
def test_an_unacceptable_answer_is_refused_with_stable_codes(
    item: Item, raw: object, codes: list[str]
) -> None:
    problems = check(item, raw)
    assert [problem.code for problem in problems] == codes
    assert all("%(" not in problem.sentence() for problem in problems)
    assert read(item, raw).answer is None


def test_every_answer_problem_can_happen() -> None:
    assert {code for _, _, codes in REFUSED for code in codes} == set(ANSWER_PROBLEMS)


def test_a_mistake_in_a_table_names_its_place_in_words() -> None:
    [row] = check(TABLE, table(tv={"hours": "много"}))
    assert row.sentence() == ("Строка 2, «Панели, Часов»: введите число цифрами, например 12 или 12,5.")
    [added] = check(REPEAT, table(_2={"hours": "25"}))
    assert added.sentence() == "Строка 2, «Часов»: число должно быть не больше 24."


def test_a_text_of_exactly_the_limit_is_accepted() -> None:
    assert check(TEXT, "a" * LONGEST_ANSWER) == []


def test_a_problem_is_told_through_the_translation() -> None:
    problem = AnswerProblem("option_unknown", {"option": "z"})
    assert problem.sentence(lambda _msgid: "No option %(option)s") == "No option z"


TOLD = [
    (SINGLE, "b", "ru", "Вариант b"),
    (SINGLE, "b", "en", "Option b"),
    (SINGLE, "b", "tt", "Вариант b"),
    (SINGLE, "gone", "ru", "gone"),
    (SINGLE_OUT, OPT_OUT, "ru", "Не знаю"),
    (MULTIPLE, ["a", "c"], "ru", "Вариант a; Вариант c"),
    (LIKERT, 2, "ru", "Отметка 2"),
    (LIKERT, 9, "ru", "9"),
    (LIKERT_OUT, OPT_OUT, "ru", "Затрудняюсь ответить"),
    (PERCENT, 12.5, "ru", "12,5 %"),
    (PERCENT, 12.5, "en", "12.5"),
    (NUMBER, 12, "ru", "12"),
    (TEXT, "слово", "ru", "слово"),
    (TEXT, None, "ru", "Нет ответа"),
    (INFO, None, "ru", ""),
    (FREQUENCY, 1, "ru", "Никогда"),
    (FREQUENCY, 5, "en", "Always"),
    (LEVEL, "b", "ru", "b. Вариант b"),
    (LEVEL, "gone", "ru", "gone"),
    (LEVEL_OUT, OPT_OUT, "ru", "Затрудняюсь ответить"),
    (OBSERVATION, 0, "ru", "Описание 0"),
    (OBSERVATION, OPT_OUT, "ru", "Не наблюдалось"),
    (MATCHING, {"p2": "a"}, "ru", "Строка p1 — нет ответа; Строка p2 — Вариант a"),
    (ORDERING, ["c", "a", "b"], "ru", "1) Вариант c; 2) Вариант a; 3) Вариант b"),
    (LONG_TEXT, "слово", "ru", "слово"),
    (CONSENT, AGREED, "ru", "Согласие дано"),
    (CONSENT, None, "ru", "Нет ответа"),
    (
        TABLE,
        table(pc={"all": 12, "hours": 2.5}, tv={"all": 0}),
        "ru",
        "Ноутбуки: Всего 12 шт., Часов 2,5; Панели: Всего 0 шт.",
    ),
    (TABLE, table(gone={"lost": 1}), "ru", "Строка 1: lost 1"),
    (REPEAT, table(_1={"all": 1}, _2={"all": 2}), "en", "Строка 1: All 1 шт.; Строка 2: All 2 шт."),
    (FILES, {"files": [PHOTO, PLAN]}, "ru", "фото.jpg (342 КБ), план.pdf (1,2 МБ)"),
]


@pytest.mark.parametrize(("item", "answer", "language", "told"), TOLD)
def test_an_answer_is_told_in_words(item: Item, answer: object, language: str, told: str) -> None:
    assert describe(item, answer, language).startswith(told)  # type: ignore[arg-type]  # cases of all types


def test_the_table_holds_every_type_of_the_document() -> None:
    union, _ = get_args(Item)
    types = {get_args(model.model_fields["type"].annotation)[0] for model in get_args(union)}
    assert set(TYPES) == types - {"row"}  # asked as a mark on its matrix' scale


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from("abc"),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=3), parts, max_size=2),
    max_leaves=6,
) | st.dictionaries(
    st.sampled_from(["p1", "p2", "a", "b", "c"]), st.sampled_from(["a", "b", "1", "2", "3", ""])
)
OLD_ITEMS = [SINGLE, SINGLE_OUT, MULTIPLE, CHOOSE_2, LIKERT, LIKERT_OUT, NUMBER, PERCENT, TEXT, INFO]
NEW_ITEMS = [FREQUENCY, LEVEL, LEVEL_OUT, OBSERVATION, MATCHING, ORDERING, LONG_TEXT, CONSENT]
FACTS = [TABLE, REPEAT, FILES]
ANY_ITEM = st.sampled_from(OLD_ITEMS + NEW_ITEMS + FACTS)


@given(ANY_ITEM, JSON)
def test_any_json_is_read_or_refused_but_never_crashes(item: Item, raw: object) -> None:
    reading = read(item, raw)
    assert reading.answer is None or not reading.problems


@given(ANY_ITEM, JSON)
def test_a_stored_answer_reads_back_to_itself(item: Item, raw: object) -> None:
    stored = read(item, raw).answer
    assert read(item, stored) == (stored, ())


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_number_typed_in_russian_habit_keeps_its_value(number: object) -> None:
    whole, _, part = f"{number:,}".partition(".")
    typed = f"{whole.replace(',', ' ')},{part}"
    assert read(NUMBER, typed).answer == float(str(number))


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(["٠", "۰", "०", "０"]))
def test_digits_of_any_script_mean_what_they_show(number: int, zero: str) -> None:
    typed = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert read(NUMBER, typed).answer == number


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "Cf", "So"]), min_size=1, max_size=100))
def test_printable_text_is_kept_to_the_letter(words: str) -> None:
    kept = read(TEXT, words).answer
    assert (kept or "") == words.strip()


@given(st.text(min_size=1, max_size=20))
def test_what_cannot_be_encoded_is_never_stored(words: str) -> None:
    stored = read(TEXT, words).answer
    if isinstance(stored, str):
        stored.encode()
        assert all(unicodedata.category(letter) != "Cs" for letter in stored)
        assert "\x00" not in stored

"""Files of results are read strictly: every mistake with its row, nothing guessed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.campaigns.models import WaveKind
from diagnostics.findings.importing.keys import KeyRow, read_key
from diagnostics.findings.importing.problems import ImportRefused
from diagnostics.findings.importing.reading import Parsed, read_blocks, read_items
from diagnostics.findings.importing.table import read_number

CODES = frozenset({"METH", "METH.1", "EVAL"})
BLOCKS_HEAD = "ФИО;этап;блок;баллы;максимум"


def problems(call: Callable[[], object]) -> list[tuple[int, str, str]]:
    """(row, column, code) of a refusal, or of what was read."""
    try:
        found = call()
    except ImportRefused as refused:
        return [(one.row, one.column, one.code) for one in refused.problems]
    assert isinstance(found, Parsed)
    return [(one.row, one.column, one.code) for one in found.problems]


def test_item_answers_become_points_of_each_person_and_wave() -> None:
    text = "person,wave,i1,i2\nИванова Анна Петровна,entry,1,0\nИванова Анна Петровна,exit,1,\n"
    found = read_items(text.encode(), None)
    assert [(one.who.row, one.who.wave, dict(one.items)) for one in found.entries] == [
        (2, WaveKind.ENTRY, {"i1": 1.0, "i2": 0.0}),
        (3, WaveKind.EXIT, {"i1": 1.0, "i2": None}),
    ]
    assert found.maxima == {"i1": 1.0, "i2": 1.0}
    assert found.empty_cells == 1
    assert found.problems == ()


def test_a_key_turns_letters_into_points() -> None:
    key = {"i1": KeyRow("Б", "METH", 2.0, "i1"), "i2": KeyRow("", "EVAL", 3.0, "i2")}
    text = "i2;ФИО;i1;этап\n1,5;Иванова Анна;б;вход\n3;Ким Олег;А;вход\n"
    found = read_items(text.encode("cp1251"), key)
    assert [dict(one.items) for one in found.entries] == [{"i2": 1.5, "i1": 2.0}, {"i2": 3.0, "i1": 0.0}]


def test_block_points_of_one_person_and_wave_come_together() -> None:
    text = f"\ufeff{BLOCKS_HEAD}\nИванова Анна;вход;METH;4,5;10\nИванова Анна;вход;EVAL;3;8\n"
    found = read_blocks(text.encode())
    assert len(found.entries) == 1
    points = found.entries[0].blocks
    assert {code: (one.points, one.maximum, one.items) for code, one in points.items()} == {
        "METH": (4.5, 10.0, 0),
        "EVAL": (3.0, 8.0, 0),
    }


def test_a_workbook_reads_like_a_text_file() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Максимум", "Баллы", "ФИО", "Этап", "Блок"])
    book.active.append([10, 4.5, "Иванова Анна", "выход", "METH"])
    target = BytesIO()
    book.save(target)
    found = read_blocks(target.getvalue())
    assert found.entries[0].who.wave is WaveKind.EXIT
    assert found.entries[0].blocks["METH"].points == 4.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(0, "", "file_empty")]),
        ("ФИО;этап;блок;баллы\nИванова Анна;вход;METH;4\n", [(1, "maximum", "column_missing")]),
        ("баллы\n4\n", [(1, name, "column_missing") for name in ("person", "wave", "block", "maximum")]),
        (f"{BLOCKS_HEAD};Балл\nИванова Анна;вход;METH;4;10;4\n", [(1, "points", "column_twice")]),
        (f"{BLOCKS_HEAD}\n", [(0, "", "file_empty")]),
        (f"{BLOCKS_HEAD}\nИванова Анна;вход;METH;11;10\n", [(2, "points", "above_maximum")]),
        (f"{BLOCKS_HEAD}\nИванова Анна;вход;METH;-1;10\n", [(2, "points", "not_points")]),
        (f"{BLOCKS_HEAD}\nИванова Анна;вход;METH;1e9;10\n", [(2, "points", "not_points")]),
        (f"{BLOCKS_HEAD}\nИванова Анна;вход;METH;0;0\n", [(2, "maximum", "maximum_zero")]),
        (f"{BLOCKS_HEAD}\nИванова Анна;лето;METH;1;10\n", [(2, "wave", "wave_unknown")]),
        (f"{BLOCKS_HEAD}\nИванова;вход;METH;1;10\n", [(2, "person", "name_incomplete")]),
        (f"{BLOCKS_HEAD}\nИванова Анна;вход;METH;1;10;лишнее\n", [(2, "", "row_too_long")]),
        (f"{BLOCKS_HEAD}\nИванова Анна;вход;METH;1;10\nИванова Анна;вход;METH;2;10\n", [(3, "block", "block_twice")]),
    ],
)  # fmt: skip
def test_mistakes_of_block_points_are_told_with_their_rows(
    text: str, expected: list[tuple[int, str, str]]
) -> None:
    assert problems(lambda: read_blocks(text.encode())) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("person,wave\nИванова Анна,entry\n", [(0, "", "no_items"), (0, "i1", "item_column_missing")]),
        ("person,wave,i1,i9\nИванова Анна,entry,1,1\n", [(0, "i9", "item_unknown")]),
        ("person,wave,i1\nИванова Анна,entry,3\n", [(2, "i1", "above_maximum")]),
        ("person,wave,i1\nИванова Анна,entry,да\n", [(2, "i1", "not_points")]),
        ("person,wave,i1\nИванова Анна,entry,1\nИванова Анна,вход,0\n", [(3, "person", "person_twice")]),
    ],
)
def test_mistakes_of_item_answers_are_told_with_their_rows(
    text: str, expected: list[tuple[int, str, str]]
) -> None:
    key = {"i1": KeyRow("", "METH", 2.0, "i1")}
    assert problems(lambda: read_items(text.encode(), key)) == expected


def test_without_a_key_more_than_one_point_needs_its_maximum() -> None:
    text = "person,wave,i1\nИванова Анна,entry,2\n"
    assert problems(lambda: read_items(text.encode(), None)) == [(2, "i1", "maximum_unknown")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x01\x02\x03\x04", "not_a_table"),
        ('person,wave,i1\n"Иванова'.encode(), "csv_broken"),
        (b"\xd0\xcf\x11\xe0rest", "old_workbook"),
        (b"PK\x03\x04broken", "workbook_broken"),
    ],
)
def test_what_is_no_table_is_named(content: bytes, code: str) -> None:
    assert [code for _, _, code in problems(lambda: read_items(content, None))] == [code]


def test_utf16_with_tabs_is_read() -> None:
    text = "person\twave\ti1\nИванова Анна\tentry\t1\n"
    assert len(read_items(text.encode("utf-16"), None).entries) == 1


def test_a_key_names_competence_maximum_and_title_of_each_item() -> None:
    text = "задание;ключ;компетенция;баллы;название\ni1;Б;METH.1;2;Цель урока\ni2;;EVAL;;\n"
    assert read_key(text.encode(), CODES) == {
        "i1": KeyRow("Б", "METH.1", 2.0, "Цель урока"),
        "i2": KeyRow("", "EVAL", 1.0, "i2"),
    }


def test_every_mistake_of_a_key_is_told() -> None:
    text = "item,competence,points\ni1,NONE,1\ni1,METH,0\ni2,METH,1\ni2,METH,1\n"
    assert problems(lambda: read_key(text.encode(), CODES)) == [
        (2, "competence", "competence_unknown"),
        (3, "maximum", "maximum_zero"),
        (5, "item", "item_twice"),
    ]


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for reader in (lambda: read_blocks(content), lambda: read_items(content, None)):
        problems(reader)


@given(st.decimals(min_value=0, max_value=999, places=2))
def test_a_comma_and_a_point_are_one_number(value: object) -> None:
    assert read_number(str(value)) == read_number(str(value).replace(".", ",")) == float(str(value))

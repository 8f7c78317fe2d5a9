"""Bad input on every command of `analyse`: a sentence with its place or a clear "not given", never a traceback."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import RunFiles

#: Command → (names of its files, options, leading columns of each row).
COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "items": (("a.csv",), (), ""),
    "calibrate": (("a.csv",), (), ""),
    "calibrate 2pl": (("a.csv",), ("--model", "2pl"), ""),
    "calibrate pcm": (("a.csv",), ("--model", "pcm"), ""),
    "calibrate grm": (("a.csv",), ("--model", "grm"), ""),
    "dif": (("a.csv",), ("--group", "g"), "g,"),
    "growth": (("a.csv", "b.csv"), (), "person,"),
    "agreement": (("a.csv",), (), ""),
}
every_command = pytest.mark.parametrize("name", COMMANDS)


def table(name: str, rows: list[str], head: str = "a,b,c") -> str:
    """The rows with what the command needs in front: two groups in turn, or numbered people."""
    lead = COMMANDS[name][2]
    before = {"g,": ("x,", "y,"), "person,": tuple(f"p{n}," for n in range(len(rows)))}.get(lead, ("",))
    lines = [before[n % len(before)] + row for n, row in enumerate(rows)]
    return "\n".join([lead + head, *lines]) + "\n"


def run(run_files: RunFiles, name: str, content: str | bytes) -> tuple[int, Any, str]:
    files, options, _ = COMMANDS[name]
    return run_files(name.split(maxsplit=1)[0], dict.fromkeys(files, content), *options)


BROKEN = {
    "an empty file": ("", "the file is empty", (None, None)),
    "only a header": (None, "there are names of columns and no answers", (None, None)),
    "a word": (["1,0,1", "0,oh,1"], "'oh' is not a number", (3, "b")),
    "a ragged row": (["1,0,1", "0,1"], r"\d cells where the first row has \d", (3, None)),
    "a row too long": (["1,0,1", "0,1,1,1"], r"\d cells where the first row has \d", (3, None)),
    "infinity": (["1,0,1", "0,inf,1"], "'inf' is not a number", (3, "b")),
}


@every_command
@pytest.mark.parametrize("what", BROKEN)
def test_no_table_of_answers_is_refused_with_its_place(run_files: RunFiles, name: str, what: str) -> None:
    rows, sentence, place = BROKEN[what]
    content = rows if isinstance(rows, str) else table(name, rows or [])

    code, answer, told = run(run_files, name, content)

    assert code == 1
    assert re.search(sentence, answer["error"])
    assert (answer["where"]["row"], answer["where"]["column"]) == place
    assert told.count("\n") == 1


@every_command
def test_a_person_who_stands_twice_is_refused_with_both_rows(run_files: RunFiles, name: str) -> None:
    group = "g," if COMMANDS[name][2] == "g," else ""
    cell = "x," if group else ""
    content = f"person,{group}a,b,c\nu,{cell}1,0,1\nv,{cell}0,1,1\nu,{cell}1,1,1\n"

    code, answer, _ = run(run_files, name, content)

    assert (code, answer["error"]) == (1, "row 4, column person: u stands already in row 2")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "agreement"])
def test_a_negative_score_is_refused_with_its_cell(run_files: RunFiles, name: str) -> None:
    code, answer, _ = run(run_files, name, table(name, ["1,0,1", "0,-2,1", "1,1,0"]))

    assert code == 1
    assert (answer["where"]["row"], answer["where"]["column"]) == (3, "b")


SILENT = {
    "one person": ["1,0,1"],
    "all right": ["1,1,1"] * 40,
    "all wrong": ["0,0,0"] * 40,
    "nothing answered": ["NA,,NA"] * 40,
    "everybody alike": ["1,0,1"] * 40,
    "a constant column and noise": ["1,0,1", "1,1,0"] * 20,
    "items against one another": ["1,0,1", "0,1,0"] * 20,
    "every answer alone": ["1,NA,NA", "NA,0,NA", "NA,NA,1"] * 14,
    "two parts without a common person": ["1,NA,NA", "0,NA,NA", "NA,1,0", "NA,0,1"] * 10,
}


@every_command
@pytest.mark.parametrize("what", SILENT)
def test_data_that_say_little_end_in_a_sentence_or_in_figures_without_nan(
    run_files: RunFiles, name: str, what: str
) -> None:
    code, answer, told = run(run_files, name, table(name, SILENT[what]))

    assert code in {0, 1}
    assert told.count("\n") == code
    if code and "error" in answer:
        assert answer["error"]
        assert "traceback" not in answer["error"].lower()


@every_command
def test_one_item_alone_is_no_test(run_files: RunFiles, name: str) -> None:
    code, answer, _ = run(run_files, name, table(name, ["1", "0"] * 300, head="a"))

    if name == "items":
        assert (code, answer["alpha"], answer["alpha_reason"]) == (0, None, "too_few_items")
    elif name == "growth":
        assert (code, answer["reliably_improved"]) == (0, None)
    elif name == "dif":
        assert (code, answer["items"][0]["mh_delta"]) == (0, None)
    else:
        assert code == 1
        assert answer["error"]


@pytest.mark.parametrize("name", ["calibrate", "calibrate pcm"])
def test_items_all_right_or_all_wrong_are_refused_by_what_is_left(run_files: RunFiles, name: str) -> None:
    _, answer, _ = run(run_files, name, table(name, ["1,0,1"] * 40))

    assert "fewer than two items tell people apart" in answer["error"]


@pytest.mark.parametrize("name", ["items", "calibrate", "agreement", "growth"])
@pytest.mark.parametrize(
    ("report", "sentence"),
    [("r.docx", "a report ends in .html, .pdf, .xlsx"), ("nowhere/r.pdf", "there is no folder")],
)
def test_a_report_that_cannot_be_is_misuse(
    run_files: RunFiles, name: str, report: str, sentence: str
) -> None:
    files, options, _ = COMMANDS[name]

    code, answer, told = run_files(
        name.split(maxsplit=1)[0], dict.fromkeys(files, "person,a,b\nx,1,0\n"), *options, "--report", report
    )

    assert (code, answer) == (2, None)
    assert sentence in told


@given(
    st.sampled_from(sorted(COMMANDS)),
    st.binary(max_size=80) | st.text('ab,gxperson;"\n01234 5.\r\x00é', max_size=80).map(str.encode),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_whatever_end_in_a_traceback(run_files: RunFiles, name: str, content: bytes) -> None:
    assert run(run_files, name, content)[0] in {0, 1}


@given(st.sampled_from(sorted(COMMANDS)), st.integers(0, 2**32 - 1), st.integers(1, 30), st.integers(1, 5))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_small_table_of_numbers_ends_in_a_traceback(
    run_files: RunFiles, name: str, seed: int, persons: int, items: int
) -> None:
    rng = np.random.default_rng(seed)
    cells = rng.integers(0, rng.integers(2, 5), (persons, items)).astype(str)
    cells[rng.random(cells.shape) < rng.choice([0.0, 0.3])] = ""
    head = ",".join("abcdefgh"[:items])
    rows = [",".join(row) for row in cells if items > 1 or row[0]] or ["0"]

    assert run(run_files, name, table(name, rows, head))[0] in {0, 1}


def test_a_name_of_two_lines_is_told_in_one(run_files: RunFiles) -> None:
    table_ = '"a\nb",c,d\n1,0,1\n0,1,oh\n'

    code, _, told = run_files("items", {"a.csv": table_}, "--ignore", "a b")
    _, answer, _ = run_files("items", {"a.csv": table_.replace("oh", "1")})

    assert (code, told.count("\n"), "row 4, column d" in told) == (1, 1, True)
    assert [item["item"] for item in answer["items"]] == ["a b", "c", "d"]


def test_a_quotation_mark_never_closed_is_told_where_it_stands(run_files: RunFiles) -> None:
    code, answer, _ = run_files("items", {"a.csv": 'a,b\n1,0\n"1,0\n0,1\n1,1\n'})

    assert (code, answer["where"]["row"]) == (1, 3)


def test_a_byte_order_mark_and_cyrillic_names_of_one_byte_are_read(run_files: RunFiles) -> None:
    table_ = "Вопрос 1;Вопрос 2;person\n1,5;0;п1\n0;1;п2\n"

    for content in (table_.encode("utf-8-sig"), table_.encode("cp1251"), table_.encode("utf-16")):
        code, answer, _ = run_files("items", {"a.csv": content})

        assert (code, [item["item"] for item in answer["items"]]) == (0, ["Вопрос 1", "Вопрос 2"])
        assert [item["maximum"] for item in answer["items"]] == [1.5, 1.0]


def test_an_anchor_named_twice_counts_once(run_files: RunFiles) -> None:
    entry = "person,a,b,c\n" + "".join(f"p{n},{n % 2},{n % 3 % 2},1\n" for n in range(9))
    leave = entry.replace("a,b,c", "a,b,d")

    code, _, told = run_files("growth", {"a.csv": entry, "b.csv": leave}, "--anchors", "a,b,a,b,a,b,a,b,a,b")

    assert code == 1
    assert "2 anchors are too few" in told


def test_a_column_of_words_is_told_how_to_be_left_out(run_files: RunFiles) -> None:
    files = {"a.csv": "school,a,b\nNo 5,1,0\nNo 6,0,1\n"}

    _, answer, _ = run_files("items", files)
    code, found, _ = run_files("items", files, "--ignore", "school")

    assert "row 2, column school: 'No 5' is not a number" in answer["error"]
    assert "--ignore school" in answer["error"]
    assert (code, found["n_items"]) == (0, 2)

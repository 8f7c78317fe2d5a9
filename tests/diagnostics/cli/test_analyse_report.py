"""`--report`: one set of numbers in three formats, in Russian or English, from the data alone."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from diagnostics.measurement.simulate import rasch_answers
from reports.wording.numbers import number
from reports.wording.words import Words

from .conftest import RunFiles

FORMATS = (".html", ".pdf", ".xlsx")
RNG = np.random.default_rng(5)
NAMES = [f"Вопрос {place + 1}" for place in range(12)]


def table(rows: Any, names: list[str], lead: list[str] | None = None, head: str = "") -> str:
    before = lead or [""] * len(rows)
    cells = [
        f"{first}{','.join(f'{cell:g}' for cell in row)}" for first, row in zip(before, rows, strict=True)
    ]
    return "\n".join([head + ",".join(names), *cells]) + "\n"


ANSWERS = rasch_answers(RNG.normal(size=240), np.linspace(-1.5, 1.5, 12), RNG)
LATER = rasch_answers(RNG.normal(size=240) + 0.5, np.linspace(-1.5, 1.5, 12), RNG)
PEOPLE = [f"p{place}," for place in range(240)]
MARKS = np.clip(RNG.integers(0, 5, (40, 1)) + RNG.integers(-1, 2, (40, 3)), 0, 5)
#: Command → files and options; numbers that must stand in each format.
COMMANDS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "items": ({"answers.csv": table(ANSWERS, NAMES)}, ()),
    "calibrate": ({"answers.csv": table(ANSWERS, NAMES)}, ("--cut", "60", "--cut", "80")),
    "dif": (
        {"answers.csv": table(ANSWERS, NAMES, ["село,", "город,"] * 120, "место,")},
        ("--group", "место"),
    ),
    "growth": (
        {
            "entry.csv": table(ANSWERS, NAMES, PEOPLE, "person,"),
            "exit.csv": table(LATER, NAMES, PEOPLE, "person,"),
        },
        (),
    ),
    "agreement": ({"marks.csv": table(MARKS, ["Иванова", "Петров", "Сидорова"])}, ()),
}
every_command = pytest.mark.parametrize("name", COMMANDS)


def report(
    run_files: RunFiles, tmp_path: Path, name: str, suffix: str, *more: str
) -> tuple[dict[str, Any], bytes]:
    files, options = COMMANDS[name]
    target = tmp_path / f"report{suffix}"
    code, answer, told = run_files(name, files, *options, *more, "--report", str(target))
    assert (code, told) == (0, "")
    return answer, target.read_bytes()


def squeezed(data: str) -> str:
    return re.sub(r"\s+", "", data)


def numbers(name: str, answer: dict[str, Any]) -> set[str]:
    """The main figures as a Russian reader sees them, two decimals."""
    keys = {
        "items": ["p", "r_rest"],
        "calibrate": ["b", "se_b", "infit"],
        "dif": ["mh_delta", "mh_odds_ratio"],
        "growth": [],  # its figures stand at the top
        "agreement": [],
    }[name]
    values = [item[key] for item in answer.get("items", ()) for key in keys]
    values += [
        answer[key]
        for key in ("alpha", "omega", "hedges_g", "d_z", "mean_change", "icc2_1", "icc2_k")
        if key in answer
    ]
    values += [pair["kappa_quadratic"] for pair in answer.get("pairs", ())]
    return {number(abs(value), Words(), 2) for value in values if value is not None}


@every_command
def test_html_and_pdf_print_the_figures_of_the_answer(run_files: RunFiles, tmp_path: Path, name: str) -> None:
    answer, page = report(run_files, tmp_path, name, ".html")
    _, paper = report(run_files, tmp_path, name, ".pdf")

    wanted = numbers(name, answer)
    printed = squeezed("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(paper)).pages))
    assert len(wanted) > 2
    assert {one for one in wanted if one not in page.decode()} == set()
    assert {one for one in wanted if one not in printed} == set()


@every_command
def test_the_workbook_holds_numbers_and_says_what_they_are(
    run_files: RunFiles, tmp_path: Path, name: str
) -> None:
    answer, data = report(run_files, tmp_path, name, ".xlsx")

    book = load_workbook(io.BytesIO(data))
    cells = [
        cell for sheet in book.worksheets[1:] for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    found = {f"{abs(cell):.2f}".replace(".", ",") for cell in cells if isinstance(cell, int | float)}
    about = [str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert numbers(name, answer) <= found
    assert any(f"версия {answer['method_version']}" in line for line in about)
    assert any(next(iter(COMMANDS[name][0])) in line for line in about)


@every_command
def test_the_page_asks_nothing_of_any_host_and_names_n_and_method(
    run_files: RunFiles, tmp_path: Path, name: str
) -> None:
    answer, data = report(run_files, tmp_path, name, ".html")
    page = data.decode()

    assert re.findall(r"(?:src|href)\s*=", page) == []
    assert set(re.findall(r"https?://[^\"' <]+", page)) <= {"http://www.w3.org/2000/svg"}
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert f"метод расчёта {answer['method_version']}" in page
    assert f"Строк в расчёте: {answer.get('n', answer.get('n_matched'))}" in page
    assert "Таблица 1 — " in page
    assert "Рисунок 1 — " in page
    assert "nan" not in re.sub(r"<[^>]*>", "", page).lower()
    idents = re.findall(r' id="([^"]+)"', page)
    assert len(idents) == len(set(idents))


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_data_give_the_same_bytes(run_files: RunFiles, tmp_path: Path, suffix: str) -> None:
    first = report(run_files, tmp_path, "items", suffix)[1]
    os.utime(tmp_path / "answers.csv", (1_700_000_000, 1_700_000_000))
    again = report_of_standing(run_files, tmp_path, suffix)
    assert again == report_of_standing(run_files, tmp_path, suffix)
    assert first != again  # the data are older now, and the report says so


def report_of_standing(run_files: RunFiles, tmp_path: Path, suffix: str) -> bytes:
    """A report of the file that stands there already, its time untouched."""
    target = tmp_path / f"again{suffix}"
    code, _, _ = run_files("items", {}, str(tmp_path / "answers.csv"), "--report", str(target))
    assert code == 0
    return target.read_bytes()


def test_a_report_replaces_the_older_one_and_leaves_nothing_beside_it(
    run_files: RunFiles, tmp_path: Path
) -> None:
    (tmp_path / "report.html").write_text("old", "utf-8")

    _, page = report(run_files, tmp_path, "items", ".html")

    assert page.startswith(b"<!DOCTYPE html>")
    assert {path.name for path in tmp_path.iterdir()} == {"answers.csv", "report.html"}


def test_a_report_never_replaces_the_answers(run_files: RunFiles, tmp_path: Path) -> None:
    name = str(tmp_path / "answers.html")

    code, _, told = run_files("items", {"answers.html": "a,b\n1,0\n0,1\n"}, "--report", name)

    assert code == 2
    assert "this is the file of the answers" in told
    assert (tmp_path / "answers.html").read_text("utf-8").startswith("a,b")


def test_a_refused_analysis_leaves_no_report(run_files: RunFiles, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"

    code, _, _ = run_files("calibrate", {"a.csv": "a,b\n1,1\n"}, "--report", str(target))

    assert code == 1
    assert not target.exists()


def test_english_pages_say_their_language_and_keep_the_point(run_files: RunFiles, tmp_path: Path) -> None:
    answer, page = report(run_files, tmp_path, "items", ".html", "--lang", "en")

    assert '<html lang="en">' in page.decode()
    assert number(answer["alpha"], Words(decimal="."), 2) in page.decode()


def test_names_of_items_are_text_and_never_markup(run_files: RunFiles, tmp_path: Path) -> None:
    head = ["<b>a</b>", "=1+1", '"x&y"']
    files = {"a.csv": table(ANSWERS[:, :3], head)}
    for suffix in FORMATS:
        target = tmp_path / f"r{suffix}"
        assert run_files("items", files, "--report", str(target))[0] == 0

    assert "<b>a</b>" not in (tmp_path / "r.html").read_text("utf-8")
    book = load_workbook(tmp_path / "r.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_many_items_are_told_to_stand_in_the_table(run_files: RunFiles, tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    answers = rasch_answers(rng.normal(size=60), np.linspace(-2, 2, 150), rng)
    target = tmp_path / "r.pdf"

    code, _, _ = run_files(
        "items", {"a.csv": table(answers, [f"i{n}" for n in range(150)])}, "--report", str(target)
    )

    printed = squeezed("".join(sheet.extract_text() for sheet in PdfReader(target).pages))
    assert code == 0
    assert squeezed("На рисунках первые 108 строк; все стоят в таблице") in printed
    assert "i149" in printed

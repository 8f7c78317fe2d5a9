"""`orientir instrument convert | template | check` on files of other kinds."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from diagnostics.cli.main import cli
from instruments.bundled import bundled
from instruments.formats.yaml import read_document, write_document


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["instrument", *map(str, arguments)])


def test_a_work_goes_to_a_workbook_and_back_with_its_keys(tmp_path: Path) -> None:
    work, keys = tmp_path / "work.yaml", tmp_path / "work.scoring.yaml"
    work.write_text(write_document(bundled("instrument")["test.method"]))
    keys.write_text(write_document(bundled("scoring")["test.method"]))
    there = run("convert", work, tmp_path / "work.xlsx", "--json")
    assert there.exit_code == 0, there.output
    told = json.loads(there.stdout)
    assert (told["items"], told["carried"], told["not_carried"]) == (40, 40, [])
    assert run("convert", tmp_path / "work.xlsx", tmp_path / "again.yaml").exit_code == 0
    assert read_document(tmp_path / "again.yaml") == read_document(work)
    assert read_document(tmp_path / "again.scoring.yaml") == read_document(keys)


def test_an_item_that_cannot_be_read_is_named_with_its_reason(tmp_path: Path) -> None:
    table = tmp_path / "work.csv"
    table.write_text("Код;Тип;Текст\nM01;строка матрицы;Мнение?\nM02;краткий ответ;Слово?\n")
    result = run("convert", table, tmp_path / "work.yaml", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["items"], told["carried"]) == (2, 1)
    assert told["not_carried"][0]["item"] == "M01"
    assert "matrix" in told["not_carried"][0]["reason"]


def test_a_format_of_a_later_release_is_named(tmp_path: Path) -> None:
    quiz = tmp_path / "quiz.xml"
    quiz.write_text('<?xml version="1.0"?><quiz><question type="multichoice"/></quiz>')
    result = run("check", quiz, "--json")
    assert result.exit_code == 1
    assert "Moodle XML" in json.loads(result.stdout)["problems"][0]["message"]


def test_the_template_is_checked_without_an_error(tmp_path: Path) -> None:
    assert run("template", tmp_path / "t.xlsx").exit_code == 0
    result = run("check", tmp_path / "t.xlsx", "--json")
    assert json.loads(result.stdout)["errors"] is False

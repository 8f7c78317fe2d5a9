"""`orientir instrument check` tells hints as warnings, and they fail nothing."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from diagnostics.cli.main import cli
from instruments.formats.yaml import write_document
from tests.support.works import single, work


def checked(tmp_path: Path, *options: str) -> Result:
    file = tmp_path / "work.yaml"
    file.write_text(write_document(work(single("С чего начать?", *options))))
    return CliRunner().invoke(cli, ["instrument", "check", str(file)])


def test_a_hint_is_a_warning_with_its_place_and_the_check_succeeds(tmp_path: Path) -> None:
    result = checked(tmp_path, "Опрос", "Тест", "Все перечисленное")
    assert result.exit_code == 0, result.output
    assert "warning: items.Q1.options.c: Вариант «Все перечисленное» угадывают" in result.output


def test_machines_get_the_code_of_a_hint(tmp_path: Path) -> None:
    file = tmp_path / "work.yaml"
    file.write_text(write_document(work(single("Что НЕ поможет?", "Не спрашивать", "Опрос", "Тест"))))
    result = CliRunner().invoke(cli, ["instrument", "check", str(file), "--json"])
    told = json.loads(result.stdout)
    assert told["errors"] is False
    assert {"negated_option", "no_english"} == {one["code"] for one in told["problems"]}

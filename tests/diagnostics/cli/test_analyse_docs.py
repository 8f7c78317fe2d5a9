"""docs/analyse.md: every command that it shows prints exactly what stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from diagnostics.cli.analyse import analyse

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "analyse.md").read_text("utf-8")
FILES = dict(re.findall(r"```csv (\S+)\n(.*?)```", PAGE, re.DOTALL))
SHOWN = dict(re.findall(r"```console\n\$ orientir analyse (.*?)\n(.*?)```", PAGE, re.DOTALL))


@pytest.mark.parametrize("command", SHOWN)
def test_an_example_prints_what_the_page_says(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, "utf-8")
    monkeypatch.chdir(tmp_path)

    found = CliRunner().invoke(analyse, shlex.split(command))

    assert found.output == SHOWN[command]


def test_every_command_has_an_example() -> None:
    assert {command.split(maxsplit=1)[0] for command in SHOWN} == set(analyse.commands)

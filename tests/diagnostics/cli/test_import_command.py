"""`orientir results import` on a base of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from diagnostics.app import create_app
from diagnostics.cli.results import results
from diagnostics.database import db, session, set_reading
from diagnostics.people.models import Role
from tests.conftest import Base, make_config
from tests.support import make

HEAD = "ФИО;Этап;Блок;Баллы;Максимум"
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(sqlite_base: Base, tmp_path: Path) -> Run:
    """Runs the command on a base with one trainer; gives the exit code and the JSON answer."""
    assert sqlite_base.path is not None
    shutil.copy(sqlite_base.path, tmp_path / "orientir.db")
    url = f"sqlite:///{tmp_path / 'orientir.db'}"
    with create_app(make_config(tmp_path, url)).app_context():
        set_reading(False)
        make.staff(Role.TRAINER, make.institute(make.region()))
        session.commit()
        session.remove()
        db.engine.dispose()
    environment = {"DATA_DIR": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": "test-key-" * 8}

    def call(content: str, *options: str) -> tuple[int, Any]:
        file = tmp_path / "results.csv"
        file.write_text(content, "utf-8")
        arguments = ["import", str(file), "--campaign-title", "Внешний тест", "--json", *options]
        found = CliRunner().invoke(results, arguments, env=environment)
        assert found.exception is None or isinstance(found.exception, SystemExit), found.output
        return found.exit_code, json.loads(found.stdout)

    return call


def test_block_points_are_imported_once(run: Run) -> None:
    text = f"{HEAD}\nОрлова Анна Ильинична;вход;METH;5;10\nОрлова Анна Ильинична;выход;METH;8;10\n"
    code, answer = run(text, "--kind", "blocks")
    assert code == 0
    assert (answer["persons"], answer["findings"], len(answer["waves"])) == (1, 2, 2)
    code, again = run(text, "--kind", "blocks")
    assert code == 1
    assert again["problems"][0]["code"] == "already_imported"
    assert again["campaign_id"] == answer["campaign_id"]


def test_a_doubtful_person_stops_the_import_until_a_match_is_given(run: Run) -> None:
    text = f"{HEAD}\nОрлова Анна Ильинична;вход;METH;5;10\nСоколова Анна Ильинична;выход;METH;8;10\n"
    code, answer = run(text, "--kind", "blocks")
    assert code == 1
    assert answer["doubts"] == [
        {"row": 3, "name": "Соколова Анна Ильинична", "candidates": {"row:2": "Орлова Анна Ильинична"}}
    ]
    code, answer = run(text, "--kind", "blocks", "--match", "3=2")
    assert (code, answer["persons"]) == (0, 1)


def test_mistakes_are_told_with_rows_and_nothing_is_made(run: Run) -> None:
    code, answer = run(f"{HEAD}\nОрлова Анна;вход;METH;11;10\n", "--kind", "blocks")
    assert code == 1
    assert [(one["row"], one["code"]) for one in answer["problems"]] == [(2, "above_maximum")]
    assert "campaign_id" not in answer


def test_a_check_shows_the_plan_and_changes_nothing(run: Run) -> None:
    text = f"{HEAD}\nОрлова Анна Ильинична;вход;METH;5;10\n"
    assert run(text, "--kind", "blocks", "--check")[0] == 0
    code, answer = run(text, "--kind", "blocks")
    assert (code, answer["new_persons"]) == (0, 1)


def test_items_need_a_key_or_a_block(run: Run) -> None:
    text = "ФИО;Этап;i1\nОрлова Анна;вход;1\n"
    code, answer = run(text, "--kind", "items")
    assert (code, answer["problems"][0]["code"]) == (1, "key_or_block_needed")
    assert run(text, "--kind", "items", "--block", "METH")[0] == 0

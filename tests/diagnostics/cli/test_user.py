"""`orientir user …` on a base of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from diagnostics.cli.main import cli
from tests.conftest import Base

Run = Callable[..., Result]


@pytest.fixture
def url(sqlite_base: Base, tmp_path: Path) -> str:
    assert sqlite_base.path is not None
    shutil.copy(sqlite_base.path, tmp_path / "orientir.db")
    return f"sqlite:///{tmp_path / 'orientir.db'}"


@pytest.fixture
def run(url: str, tmp_path: Path) -> Run:
    environment = {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": url,
        "SECRET_KEY": "test-key-" * 8,
        "BASE_URL": "https://o.example",
    }
    return lambda *arguments: CliRunner().invoke(cli, ["user", *arguments], env=environment)


def _told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def _rows(url: str, query: str) -> list[tuple[Any, ...]]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql(query)]
    engine.dispose()
    return rows


def _begin(run: Run) -> Any:
    return _told(run("administrator", "anna@example.org", "Белова", "Анна", "--region", "Область", "--json"))


def test_the_first_administrator_gets_a_region_a_role_and_a_link(run: Run, url: str) -> None:
    told = _begin(run)
    assert told["link"].startswith("https://o.example/invite/")
    found = _rows(url, "SELECT n.name, r.role FROM role_grant r JOIN org_node n ON n.id = r.node_id")
    assert found == [("Область", "administrator")]


def test_an_empty_base_asks_for_its_region(run: Run) -> None:
    answer = run("administrator", "anna@example.org", "Белова", "Анна")
    assert (answer.exit_code, "--region" in answer.output) == (2, True)


def test_an_administrator_who_is_known_needs_no_name(run: Run, url: str) -> None:
    _begin(run)
    _told(run("administrator", "anna@example.org", "--json"))
    assert _rows(url, "SELECT count(*) FROM role_grant") == [(1,)]
    assert _rows(url, "SELECT count(*) FROM person") == [(1,)]


def test_a_person_is_added_gets_a_role_and_is_invited(run: Run, url: str) -> None:
    _begin(run)
    person = _told(run("add", "Соколова", "Пелагея", "--position", "тренер", "--json"))["person"]
    _told(run("role", person, "trainer", "--json"))
    told = _told(run("invite", person, "--email", "Pelageya@Example.org", "--json"))
    assert told["person"] == person
    assert _rows(url, "SELECT login FROM account ORDER BY login")[-1] == ("pelageya@example.org",)
    assert _rows(url, f"SELECT role FROM role_grant WHERE person_id = '{person}'") == [("trainer",)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("role", "nobody", "trainer"), "nobody"),
        (("add", "Соколова", "Анна", "--place", "0012"), "0012"),
        (("role", "anna@example.org", "king"), "king"),
    ],
)
def test_what_is_unknown_is_named_and_nothing_changes(
    run: Run, url: str, arguments: tuple[str, ...], words: str
) -> None:
    _begin(run)
    answer = run(*arguments)
    assert (answer.exit_code, words in answer.output) == (2, True)
    assert _rows(url, "SELECT count(*) FROM person") == [(1,)]

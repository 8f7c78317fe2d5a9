"""Files of the demo base: put in place whole, put back as they were made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from diagnostics.cli.demo import demo as demo_command
from diagnostics.cli.keeping import verify
from diagnostics.upkeep.demo import shelf


def test_a_reset_puts_the_fresh_copy_and_its_files_in_place(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "made with the demo").touch()
    make_base(tmp_path / shelf.NEW, day="2026-11-22")
    shelf.put_in_place(tmp_path)
    assert shelf.made_on(tmp_path) == "2026-11-22"
    with closing(sqlite3.connect(tmp_path / shelf.BASE)) as connection, connection:
        connection.execute("UPDATE mark SET value = 'changed by a visitor'")
    (tmp_path / "files" / "brought by a visitor").touch()
    shelf.put_back(tmp_path)
    with closing(sqlite3.connect(tmp_path / shelf.BASE)) as connection:
        assert connection.execute("SELECT value FROM mark").fetchall() == [("2026-11-22",)]
    assert [one.name for one in (tmp_path / "files").iterdir()] == ["made with the demo"]


def test_without_a_fresh_copy_there_is_no_day(tmp_path: Path) -> None:
    assert shelf.made_on(tmp_path) == ""


def make_base(path: Path, *, day: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE mark (name TEXT, value TEXT)")
        connection.execute("INSERT INTO mark VALUES ('demo_day', ?)", (day,))


def test_a_given_base_is_never_reset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'own.db'}")
    found = CliRunner().invoke(demo_command, ["--reset"])
    assert found.exit_code == 2
    assert "demo file only" in found.output
    assert not (tmp_path / "own.db").exists()


def test_a_standing_demo_does_not_become_large_by_accident(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "demo").mkdir()
    make_base(tmp_path / "demo" / shelf.BASE, day="2026-11-22")
    found = CliRunner().invoke(demo_command, ["--large"])
    assert found.exit_code == 2
    assert "DATA_DIR" in found.output


def test_where_no_demo_stands_its_check_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = CliRunner().invoke(verify, ["--demo"])
    assert found.exit_code == 2
    assert "orientir demo" in found.output
    assert not (tmp_path / "demo").exists(), "looking makes nothing"

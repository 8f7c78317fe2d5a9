"""`orientir backup | restore | verify`: a restored base, and those who were erased since the backup."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from diagnostics.app import create_app
from diagnostics.cli.main import cli
from diagnostics.database import db, session, set_reading
from diagnostics.people.models import PersonalData
from diagnostics.upkeep import erasing
from tests.conftest import Base, make_config
from tests.support import make

Run = Callable[..., Result]


@pytest.fixture
def run(sqlite_base: Base, tmp_path: Path) -> Run:
    """run(folder, *arguments): the command on the base of a data folder, which begins empty."""

    def command(folder: str, *arguments: str) -> Result:
        place = tmp_path / folder
        if not (place / "orientir.db").exists():
            assert sqlite_base.path is not None
            place.mkdir(exist_ok=True)
            shutil.copy(sqlite_base.path, place / "orientir.db")
        environment = {"DATA_DIR": str(place), "DATABASE_URL": "", "SECRET_KEY": "test-key-" * 8}
        return CliRunner().invoke(cli, arguments, env=environment)

    return command


@contextmanager
def _inside(folder: Path) -> Iterator[Path]:
    """Committed work in the base of a data folder; gives the path of its journal."""
    config = make_config(folder, f"sqlite:///{folder / 'orientir.db'}")
    app = create_app(config)
    with app.app_context():
        set_reading(False)
        yield config.erased_log
        session.commit()
        session.remove()
        db.engine.dispose()


def _backed_up_then_erased(run: Run, tmp_path: Path) -> str:
    """Two teachers, a backup in «kept», then one of them erased; returns the id of that one."""
    assert run("old", "verify").exit_code == 0
    with _inside(tmp_path / "old"):
        gone = make.person("Ёжикова Алевтина Тихоновна").id
        make.person("Соколова Анна Петровна")
    (tmp_path / "kept").mkdir()
    assert run("old", "backup", str(tmp_path / "kept" / "b.zip")).exit_code == 0
    with _inside(tmp_path / "old") as journal:
        erasing.erase(gone, actor_id=None, journal=journal)
    return gone


def _surnames(folder: Path) -> list[str]:
    with _inside(folder):
        return sorted(session.scalars(sa.select(PersonalData.surname)))


def test_who_was_erased_after_the_backup_is_erased_again_by_its_restore(run: Run, tmp_path: Path) -> None:
    gone = _backed_up_then_erased(run, tmp_path)
    journal = str(tmp_path / "old" / "erased.log")
    told = run("new", "restore", str(tmp_path / "kept" / "b.zip"), "--erased", journal)
    assert told.exit_code == 0, told.output
    assert "erased again: 1 of 1" in told.output
    assert gone in told.output
    assert _surnames(tmp_path / "new") == ["Соколова"]
    assert run("new", "verify").exit_code == 0
    assert gone in (tmp_path / "new" / "erased.log").read_text()


def test_the_journal_beside_the_backup_is_found_by_itself(run: Run, tmp_path: Path) -> None:
    _backed_up_then_erased(run, tmp_path)
    assert run("old", "backup", str(tmp_path / "kept" / "later.zip")).exit_code == 0
    told = run("new", "restore", str(tmp_path / "kept" / "b.zip"))
    assert "erased again: 1 of 1" in told.output
    assert _surnames(tmp_path / "new") == ["Соколова"]


def test_a_restore_without_any_journal_says_so(run: Run, tmp_path: Path) -> None:
    _backed_up_then_erased(run, tmp_path)
    (tmp_path / "kept" / "erased.log").unlink(missing_ok=True)
    told = run("new", "restore", str(tmp_path / "kept" / "b.zip"))
    assert "no journal of erasures was found" in told.output
    assert _surnames(tmp_path / "new") == ["Ёжикова", "Соколова"]


def test_a_base_that_was_put_back_by_other_means_is_mended_at_the_next_start(
    run: Run, tmp_path: Path
) -> None:
    gone = _backed_up_then_erased(run, tmp_path)
    assert run("new", "restore", str(tmp_path / "kept" / "b.zip")).exit_code == 0
    assert "Ёжикова" in _surnames(tmp_path / "new")
    shutil.copy(tmp_path / "old" / "erased.log", tmp_path / "new")
    assert run("new", "verify").exit_code == 0
    assert _surnames(tmp_path / "new") == ["Соколова"]
    assert gone in (tmp_path / "new" / "erased.log").read_text()


def test_backup_names_the_journal_that_must_be_kept_with_it(run: Run, tmp_path: Path) -> None:
    _backed_up_then_erased(run, tmp_path)
    told = run("old", "backup", str(tmp_path / "kept" / "c.zip"), "--json")
    assert json.loads(told.stdout)["erased"] == str(tmp_path / "kept" / "erased.log")
    assert len((tmp_path / "kept" / "erased.log").read_text().splitlines()) == 1

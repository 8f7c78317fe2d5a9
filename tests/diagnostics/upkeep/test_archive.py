from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.app import create_app
from diagnostics.audit import actions as audit
from diagnostics.catalogue import bundled
from diagnostics.database import db, session
from diagnostics.people.models import NodeKind, OrgNode, Person
from diagnostics.upkeep.archive.errors import BackupUnreadable, BaseNotEmpty
from diagnostics.upkeep.archive.restoring import restore
from diagnostics.upkeep.archive.taking import digests, take
from tests.conftest import make_config, migrate


def fill() -> None:
    bundled.install()
    region = OrgNode(
        kind=NodeKind.REGION, path="/r/", name="Область", short_name="Область", created_at=clock.now()
    )
    session.add(region)
    session.flush()
    session.add(
        OrgNode(
            kind=NodeKind.SCHOOL,
            parent_id=region.id,
            path="/r/s/",
            name="Школа № 1",
            short_name="№ 1",
            code="0001",
            created_at=clock.now(),
        )
    )
    session.add(Person(created_at=clock.now()))
    audit.record("test.filled", actor_id=None, kind="base", object_id="1")
    session.commit()


@pytest.fixture
def backup(in_app: Flask, tmp_path: Path) -> Path:
    fill()
    files = tmp_path / "files"
    files.mkdir()
    (files / "abc123").write_bytes(b"scan")
    take(tmp_path / "backup.zip", files)
    return tmp_path / "backup.zip"


def fresh_sqlite(tmp_path: Path) -> Flask:
    folder = tmp_path / "fresh"
    folder.mkdir()
    config = make_config(folder, f"sqlite:///{folder / 'fresh.db'}")
    migrate(config)
    return create_app(config)


def test_a_restored_base_has_the_same_rows_and_files(backup: Path, tmp_path: Path) -> None:
    with db.engine.connect() as connection:
        before = digests(connection)
    fresh = fresh_sqlite(tmp_path)
    with fresh.app_context():
        restore(backup, tmp_path / "restored")
        with db.engine.connect() as connection:
            assert digests(connection) == before
        db.engine.dispose()
    assert (tmp_path / "restored" / "abc123").read_bytes() == b"scan"


def test_a_base_with_people_is_never_overwritten(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(BaseNotEmpty):
        restore(backup, tmp_path / "restored")


def test_the_shipped_library_of_a_fresh_base_gives_way(backup: Path, tmp_path: Path) -> None:
    fresh = fresh_sqlite(tmp_path)
    with fresh.app_context():
        bundled.install()
        session.commit()
        manifest = restore(backup, tmp_path / "restored")
        assert session.scalar(sa.text("SELECT count(*) FROM version")) == manifest.tables["version"].rows
        db.engine.dispose()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def without_manifest(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.txt", "x")


@pytest.mark.parametrize("damage", [cut, without_manifest])
def test_a_damaged_backup_is_refused_and_nothing_is_written(
    backup: Path, tmp_path: Path, damage: object
) -> None:
    damage(backup)  # type: ignore[operator]
    fresh = fresh_sqlite(tmp_path)
    with fresh.app_context():
        with pytest.raises(BackupUnreadable):
            restore(backup, tmp_path / "restored")
        assert session.scalar(sa.text("SELECT count(*) FROM person")) == 0
        session.remove()
        db.engine.dispose()


def test_a_changed_row_in_a_backup_is_noticed(backup: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace("Школа № 1".encode(), "Школа № 2".encode()))
    fresh = fresh_sqlite(tmp_path)
    with fresh.app_context():
        with pytest.raises(BackupUnreadable, match="backup_differs"):
            restore(changed, tmp_path / "restored")
        assert session.scalar(sa.text("SELECT count(*) FROM org_node")) == 0
        session.remove()
        db.engine.dispose()

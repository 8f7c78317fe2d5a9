from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.actions import keep_roster
from diagnostics.campaigns.models import RosterImport, RosterTarget
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.errors import Gone
from diagnostics.files import actions as files
from diagnostics.files import queries as reading
from diagnostics.files.models import StoredFile
from diagnostics.findings.models import ImportState, ResultImport
from diagnostics.identifiers import new_id
from diagnostics.jobs import actions as jobs
from diagnostics.jobs.models import Job, JobState
from diagnostics.people.actions import accounts, signing, throttling, tokens
from diagnostics.people.models import AccountToken, SignIn, SignInFailure
from diagnostics.upkeep import health, retention
from tests.support import make
from tests.support.jobs import run_due

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


def _clear(folder: Path, *, days: float) -> dict[str, int]:
    with clock.frozen(NOW + timedelta(days=days)):
        removed = retention.clear(folder)
        session.commit()
    session.expire_all()
    return removed


def _list_of(folder: Path, content: bytes = b"names") -> RosterImport:
    with clock.frozen(NOW):
        owner = make.person("Тренер Имя")
        import_id = keep_roster(
            RosterTarget.GROUP,
            "group",
            content=content,
            name="Петров и Сидоров.xlsx",
            folder=folder,
            actor_id=owner.id,
        )
        session.commit()
    return session.get_one(RosterImport, import_id)


def test_an_uploaded_list_goes_after_seven_days_with_its_bytes_and_its_name(
    in_app: Flask, folder: Path
) -> None:
    kept = _list_of(folder)
    file_id = kept.file_id
    assert _clear(folder, days=6.9)["files"] == 0
    assert (folder / file_id).exists()
    assert _clear(folder, days=7.1)["files"] == 1
    assert not (folder / file_id).exists()
    row = session.scalars(sa.select(RosterImport)).one()
    assert (row.file_name, session.get_one(StoredFile, file_id).name) == ("", "")
    with pytest.raises(Gone):
        reading.bytes_path(folder, file_id)
    assert _clear(folder, days=8)["files"] == 0


def test_bytes_stay_when_the_clearing_is_rolled_back(in_app: Flask, folder: Path) -> None:
    file_id = _list_of(folder).file_id
    with clock.frozen(NOW + timedelta(days=30)):
        retention.clear(folder)
        session.rollback()
        make.person("Другой Человек")
        session.commit()
    assert (folder / file_id).exists()


def test_a_document_goes_after_its_days_and_what_has_no_term_stays(in_app: Flask, folder: Path) -> None:
    with clock.frozen(NOW):
        report, scan = (
            files.store(
                folder,
                name="x.pdf",
                media_type="application/pdf",
                content=b"x",
                purpose=purpose,
                owner_id=None,
                days=days,
            ).id
            for purpose, days in (("report", 30), ("consent_scan", None))
        )
        session.commit()
    _clear(folder, days=31)
    assert session.scalars(sa.select(StoredFile.id)).all() == [scan]
    assert sorted(path.name for path in folder.iterdir()) == [scan]
    assert report != scan


def _import(folder: Path, state: ImportState) -> ResultImport:
    with clock.frozen(NOW):
        stored = files.store(
            folder,
            name="r.xlsx",
            media_type="x",
            content=b"r",
            purpose="import",
            owner_id=None,
            days=30,
        )
        row = ResultImport(
            node_id=make.region().id,
            kind="items",
            state=state,
            file_name="r.xlsx",
            file_hash="0",
            file_id=stored.id,
            plan={"title": "Диагностика", "matches": {"2": "row:2", "3": "person"}},
            counts={},
            made_at=NOW,
        )
        session.add(row)
        session.commit()
    return row


@pytest.mark.parametrize(("state", "days"), [(ImportState.APPLIED, 1), (ImportState.CHECKED, 31)])
def test_who_is_who_in_an_import_goes_when_it_is_applied_or_over(
    in_app: Flask, folder: Path, state: ImportState, days: int
) -> None:
    row = _import(folder, state)
    assert _clear(folder, days=days)["matches"] == 1
    assert row.plan == {"title": "Диагностика", "matches": {}}


def test_an_import_that_is_still_being_matched_keeps_what_was_chosen(in_app: Flask, folder: Path) -> None:
    row = _import(folder, ImportState.CHECKED)
    assert _clear(folder, days=29)["matches"] == 0
    assert row.plan["matches"] == {"2": "row:2", "3": "person"}


def test_dead_links_and_sign_ins_go_thirty_days_after_their_end_living_ones_stay(
    in_app: Flask, folder: Path
) -> None:
    with clock.frozen(NOW):
        person = make.person()
        accounts.open_account(person_id=person.id, login="a@example.org", actor_id=None)
        tokens.invite(person_id=person.id, limits=Limits(), actor_id=None)
        signing.begin(person.id, Limits())
        throttling.note_failure("key")
        session.commit()
    early = _clear(folder, days=29)
    assert (early["tokens"], early["sign_ins"], early["sign_in_failures"]) == (0, 0, 1)
    late = _clear(folder, days=45)
    assert (late["tokens"], late["sign_ins"]) == (1, 1)
    for table in (AccountToken, SignIn, SignInFailure):
        assert session.scalars(sa.select(table)).all() == []


def test_finished_work_goes_after_thirty_days_and_waiting_work_never(in_app: Flask, folder: Path) -> None:
    with clock.frozen(NOW):
        done = jobs.enqueue("a", "1", asker_id=None)
        waiting = jobs.enqueue("a", "2", asker_id=None).id
        done.state, done.finished_at = JobState.DONE, NOW
        session.commit()
    assert _clear(folder, days=29)["jobs"] == 0
    assert _clear(folder, days=31)["jobs"] == 1
    assert session.scalars(sa.select(Job.id)).all() == [waiting]


def test_each_kind_of_removal_is_audited_by_its_number_and_nothing_else(in_app: Flask, folder: Path) -> None:
    _list_of(folder)
    _list_of(folder, b"others")
    _clear(folder, days=8)
    rows = session.scalars(sa.select(AuditRow).where(AuditRow.action.startswith("clearing."))).all()
    assert [(row.action, row.object_id, row.note) for row in rows] == [("clearing.files", "2026-11-30", "2")]


def test_the_health_page_knows_when_it_ran_last(in_app: Flask, tmp_path: Path, folder: Path) -> None:
    before = {line.code: line for line in health.lines(tmp_path)}["clearing"]
    assert (before.well, before.value) == (False, None)
    retention.clear(folder)
    after = {line.code: line for line in health.lines(tmp_path)}["clearing"]
    assert after.well
    assert after.value == retention.last()


def test_the_worker_runs_it_as_a_job(in_app: Flask) -> None:
    jobs.enqueue("upkeep.clear", "today", asker_id=None)
    assert run_due(in_app) == 1
    assert retention.last() is not None


def test_bytes_that_no_row_names_go_after_a_day_and_nothing_else_does(in_app: Flask, folder: Path) -> None:
    kept = files.store(
        folder, name="a.pdf", media_type="application/pdf", content=b"a", purpose="report", owner_id=None, days=30
    )  # fmt: skip
    session.commit()
    written = datetime.now(UTC)
    for name in (new_id(), f"{new_id()}.part", "erased.log"):
        (folder / name).write_bytes(b"half")
    with clock.frozen(written + timedelta(hours=23)):
        assert retention.clear(folder)["stray_bytes"] == 0
    with clock.frozen(written + timedelta(hours=25)):
        assert retention.clear(folder)["stray_bytes"] == 2
    assert {path.name for path in folder.iterdir()} == {kept.id, "erased.log"}

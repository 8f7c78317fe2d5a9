from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Seat, SeatToken, Wave
from diagnostics.config import Limits
from diagnostics.database import Base, session
from diagnostics.errors import Conflict, Missing
from diagnostics.files import actions as files
from diagnostics.files.models import StoredFile
from diagnostics.findings.models import Finding, FindingScale
from diagnostics.outbox import actions as outbox
from diagnostics.outbox.models import Letter, LetterState
from diagnostics.people.actions import accounts, persons, signing
from diagnostics.people.errors import LastAdministrator
from diagnostics.people.models import Account, Person, PersonalData, PersonState, Role, SignIn
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import AnswerEvent, Sitting, SittingKey, SittingState
from diagnostics.upkeep import erasing
from diagnostics.upkeep.verifying import verify
from tests.support import make
from tests.support.jobs import run_due

NAME = "Ёжикова Алевтина Тихоновна"


def _count(table: type[Base], *conditions: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(table).where(*conditions)) or 0


def _teacher_with_a_sent_work(app: Flask) -> Person:
    """Somebody who was invited, answered, sent; scored by the worker; with an account and a letter."""
    region = make.region()
    school = make.school(make.municipality(region))
    trainer = make.staff(Role.TRAINER, region)
    teacher = make.person(NAME, at=school, email="ezhikova@example.org")
    accounts.open_account(person_id=teacher.id, login="ezhikova@example.org", actor_id=None)
    signing.begin(teacher.id, Limits())
    today = clock.now().date()
    campaign = make.campaign(trainer, region, entry=(today - timedelta(days=1), today + timedelta(days=7)))
    wave_id = session.scalars(sa.select(Wave.id).where(Wave.campaign_id == campaign.id)).one()
    campaigns.seat_people(wave_id, [teacher.id], trainer.id)
    campaigns.open_wave(wave_id, trainer.id)
    seat_id = session.scalars(sa.select(Seat.id).where(Seat.respondent_id == teacher.id)).one()
    campaigns.mint_link(seat_id)
    started = sittings.start(seat_id=seat_id, token_id=None, person_id=teacher.id)
    session.commit()
    writing = reading.writing(started.sitting_id, started.secret)
    assert writing is not None
    sittings.submit(writing, without_answers=True, limits=Limits())
    outbox.write(
        to_address="ezhikova@example.org",
        subject="Приглашение",
        text=f"Здравствуйте, {NAME}",
        about="invitation",
        to_person_id=teacher.id,
        sender_id=trainer.id,
    )
    session.commit()
    run_due(app)
    return teacher


def test_nothing_that_names_or_describes_the_person_is_left(in_app: Flask) -> None:
    teacher = _teacher_with_a_sent_work(in_app)
    assert _count(Finding, Finding.person_id == teacher.id) == 1
    act = erasing.erase(teacher.id, actor_id="boss")
    session.commit()
    assert act.removed["findings"] == 1
    assert _count(PersonalData, PersonalData.person_id == teacher.id) == 0
    for table in (Account, SignIn, SeatToken, SittingKey, Finding, FindingScale, AnswerEvent):
        assert _count(table) == (1 if table is Account else 0), table  # the trainer's account
    words = " ".join(
        str(row) for table in Base.metadata.sorted_tables for row in session.execute(sa.select(table))
    )
    assert "Ёжикова" not in words
    assert "ezhikova" not in words


def test_the_person_stays_as_an_id_and_the_sitting_as_a_shell(in_app: Flask) -> None:
    teacher = _teacher_with_a_sent_work(in_app)
    erasing.erase(teacher.id, actor_id=None)
    session.commit()
    person = session.get(Person, teacher.id)
    assert person is not None
    assert (person.state, person.erased_at is not None) == (PersonState.ERASED, True)
    sitting = session.scalars(sa.select(Sitting)).one()
    assert (sitting.state, sitting.receipt, sitting.answers_hash) == (SittingState.ERASED, None, None)
    assert _count(Seat, Seat.respondent_id == teacher.id) == 1


def test_a_base_after_an_erasure_still_keeps_its_promises(in_app: Flask) -> None:
    erasing.erase(_teacher_with_a_sent_work(in_app).id, actor_id=None)
    session.commit()
    assert [check.name for check in verify() if not check.holds] == []


def test_a_letter_that_waits_is_not_sent_and_its_words_go(in_app: Flask) -> None:
    teacher = make.person(NAME)
    outbox.write(
        to_address="a@example.org", subject="s", text=NAME, about="x", to_person_id=teacher.id, sender_id=None
    )
    erasing.erase(teacher.id, actor_id=None)
    letter = session.scalars(sa.select(Letter)).one()
    assert (letter.state, letter.text, letter.to_address) == (LetterState.FAILED, "", "")


def test_erased_twice_is_the_same_act(in_app: Flask) -> None:
    teacher = _teacher_with_a_sent_work(in_app)
    first = erasing.erase(teacher.id, actor_id="boss")
    assert erasing.erase(teacher.id, actor_id="boss") == first
    assert _count(AuditRow, AuditRow.action == "person.erase") == 1


def test_the_act_stands_in_the_audit_without_a_name(in_app: Flask) -> None:
    teacher = make.person(NAME)
    erasing.erase(teacher.id, actor_id="boss")
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "person.erase")).one()
    assert (row.actor_id, row.object_id) == ("boss", teacher.id)
    assert '"personal_data":1' in row.note


def test_a_legal_hold_refuses_with_its_reason_until_it_is_lifted(in_app: Flask) -> None:
    teacher = make.person(NAME)
    erasing.hold(teacher.id, "запрос прокуратуры № 7", actor_id="boss")
    with pytest.raises(Conflict, match="legal_hold") as refused:
        erasing.erase(teacher.id, actor_id="boss")
    assert refused.value.parameters["reason"] == "запрос прокуратуры № 7"
    erasing.hold(teacher.id, "", actor_id="boss")
    assert erasing.erase(teacher.id, actor_id="boss").removed["personal_data"] == 1


def test_the_last_administrator_is_not_erased(in_app: Flask) -> None:
    only = make.staff(Role.ADMINISTRATOR, make.region())
    with pytest.raises(LastAdministrator):
        erasing.erase(only.id, actor_id=only.id)
    assert _count(PersonalData, PersonalData.person_id == only.id) == 1


def test_nobody_unknown_is_erased(in_app: Flask) -> None:
    with pytest.raises(Missing):
        erasing.erase("nobody", actor_id=None)


def test_an_erased_person_cannot_be_changed_any_more(in_app: Flask) -> None:
    teacher = make.person(NAME)
    erasing.erase(teacher.id, actor_id=None)
    with pytest.raises(Missing):
        persons.change(teacher.id, surname="Новая", actor_id=None)


def _own_file(owner: Person, folder: Path, purpose: str) -> str:
    return files.store(
        folder,
        name=f"{NAME}.pdf",
        media_type="application/pdf",
        content=b"x",
        purpose=purpose,
        owner_id=owner.id,
        days=None,
    ).id


def test_own_documents_go_with_their_bytes_once_committed_loaded_lists_stay(
    in_app: Flask, tmp_path: Path
) -> None:
    teacher = make.person(NAME)
    folder = tmp_path / "files"
    own, loaded = _own_file(teacher, folder, "report"), _own_file(teacher, folder, "import")
    session.commit()
    erasing.erase(teacher.id, actor_id=None, files_dir=folder)
    assert (folder / own).exists()
    session.commit()
    assert not (folder / own).exists()
    assert (folder / loaded).exists()
    assert session.scalars(sa.select(StoredFile.id)).all() == [loaded]


def test_work_places_end_but_keep_their_dates(in_app: Flask) -> None:
    school = make.school(make.region())
    teacher = make.person(NAME, at=school, since=date(2020, 9, 1))
    erasing.erase(teacher.id, actor_id=None)
    row = session.execute(sa.text("SELECT position, subject, until FROM membership")).one()
    assert (row.position, row.subject, row.until is not None) == ("", "", True)

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics.audit.models import AuditRow
from diagnostics.database import session
from diagnostics.identifiers import new_id
from diagnostics.people.models import Person, PersonalData, PersonState, Role
from diagnostics.upkeep import erased_journal, erasing
from diagnostics.upkeep.verifying import verify
from tests.support import make

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "erased.log"


def test_a_line_is_written_only_when_the_erasure_is_committed(in_app: Flask, journal: Path) -> None:
    person_id = make.person().id
    session.commit()
    erasing.erase(person_id, actor_id=None, journal=journal)
    assert erased_journal.read(journal) == {}
    session.commit()
    assert list(erased_journal.read(journal)) == [person_id]


def test_an_erasure_that_was_rolled_back_is_not_in_the_journal(in_app: Flask, journal: Path) -> None:
    person_id = make.person().id
    session.commit()
    erasing.erase(person_id, actor_id=None, journal=journal)
    session.rollback()
    make.person("Другой Человек")
    session.commit()
    assert erased_journal.read(journal) == {}


def test_the_journal_holds_ids_and_times_and_nothing_else(in_app: Flask, journal: Path) -> None:
    person_id = make.person("Ёжикова Алевтина Тихоновна").id
    session.commit()
    act = erasing.erase(person_id, actor_id="boss", journal=journal)
    session.commit()
    assert journal.read_text() == f"{person_id} {act.erased_at.isoformat()}\n"
    assert journal.stat().st_mode & 0o077 == 0


def test_what_a_crash_left_out_is_caught_up_once(in_app: Flask, journal: Path) -> None:
    person_id = make.person().id
    erasing.erase(person_id, actor_id=None)
    session.commit()
    assert (erased_journal.catch_up(journal), erased_journal.catch_up(journal)) == (1, 0)
    assert list(erased_journal.read(journal)) == [person_id]


@pytest.mark.parametrize(
    "torn",
    [
        "short 2026-11-22T09:00:00+00:00",
        "zzzzzzzzzzzzzz 2026-11-",
        "zzzzzzzzzzzzzz 2026-11-22T09:00:00",
        "\x00",
    ],
)
def test_a_line_that_is_torn_or_foreign_is_left_out_and_spoils_no_other(journal: Path, torn: str) -> None:
    first, second = new_id(), new_id()
    erased_journal.add(journal, {first: AT})
    with journal.open("a") as handle:
        handle.write(torn)
    erased_journal.add(journal, {second: AT})
    assert set(erased_journal.read(journal)) == {first, second}


def test_nobody_stands_in_the_journal_twice(journal: Path) -> None:
    one = new_id()
    assert [erased_journal.add(journal, {one: AT}) for _ in range(2)] == [1, 0]
    assert len(journal.read_text().splitlines()) == 1


def test_a_person_who_came_back_is_erased_again_with_the_day_of_the_first_time(
    in_app: Flask, journal: Path
) -> None:
    back, other = make.person(), make.person("Другой Человек")
    erased_journal.add(journal, {back.id: AT, new_id(): AT})
    acts = erasing.erase_again([journal])
    session.commit()
    assert [(act.person_id, act.erased_at) for act in acts] == [(back.id, AT)]
    assert session.scalars(sa.select(PersonalData.person_id)).all() == [other.id]
    row = session.scalars(sa.select(AuditRow).where(AuditRow.action == "person.erase")).one()
    assert (row.object_id, row.actor_id) == (back.id, None)
    assert erasing.erase_again([journal]) == []


def test_neither_an_old_hold_nor_the_last_administrator_brings_anybody_back(
    in_app: Flask, journal: Path
) -> None:
    only = make.staff(Role.ADMINISTRATOR, make.region())
    erasing.hold(only.id, "спор", actor_id=None)
    erased_journal.add(journal, {only.id: AT})
    assert [act.person_id for act in erasing.erase_again([journal])] == [only.id]
    assert session.get_one(Person, only.id).state is PersonState.ERASED


def test_verify_names_who_is_back(in_app: Flask, journal: Path) -> None:
    person_id = make.person().id
    erased_journal.add(journal, {person_id: AT})
    session.commit()
    found = {check.name: check for check in verify(journal)}["erasures"]
    assert (found.holds, found.looked_at) == (False, 1)
    assert person_id in found.problems[0]
    erasing.erase_again([journal])
    session.commit()
    assert {check.name: check for check in verify(journal)}["erasures"].holds

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics.database import session
from diagnostics.errors import Conflict, FieldRefused
from diagnostics.people.actions import memberships
from diagnostics.people.models import Membership
from tests.support import make


def _periods(person_id: str) -> list[tuple[str, date, date | None]]:
    rows = session.scalars(
        sa.select(Membership).where(Membership.person_id == person_id).order_by(Membership.since)
    )
    return [(row.node_id, row.since, row.until) for row in rows]


def test_who_moves_worked_here_until_the_day_before(in_app: Flask) -> None:
    region = make.region()
    old, new, person = make.school(region), make.school(region, "Школа № 5"), make.person()
    first = memberships.join(
        person_id=person.id, node_id=old.id, subject="физика", since=date(2024, 9, 1), actor_id=None
    )
    moved = memberships.move_to(first.id, node_id=new.id, since=date(2026, 1, 12), actor_id=None)
    assert _periods(person.id) == [
        (old.id, date(2024, 9, 1), date(2026, 1, 11)),
        (new.id, date(2026, 1, 12), None),
    ]
    assert moved.subject == "физика"


def test_the_same_work_is_not_entered_twice(in_app: Flask) -> None:
    school, person = make.school(make.region()), make.person()
    memberships.join(person_id=person.id, node_id=school.id, position="учитель", actor_id=None)
    with pytest.raises(Conflict, match="works_there_already"):
        memberships.join(person_id=person.id, node_id=school.id, position="учитель", actor_id=None)


def test_two_subjects_at_one_school_are_two_lines(in_app: Flask) -> None:
    school, person = make.school(make.region()), make.person()
    memberships.join(person_id=person.id, node_id=school.id, subject="физика", actor_id=None)
    memberships.join(person_id=person.id, node_id=school.id, subject="астрономия", actor_id=None)
    assert len(_periods(person.id)) == 2


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_an_impossible_day_is_refused(in_app: Flask, day: date) -> None:
    school, person = make.school(make.region()), make.person()
    with pytest.raises(FieldRefused, match="day_impossible"):
        memberships.join(person_id=person.id, node_id=school.id, since=day, actor_id=None)


def test_nobody_leaves_before_joining_or_twice(in_app: Flask) -> None:
    school, person = make.school(make.region()), make.person()
    here = memberships.join(person_id=person.id, node_id=school.id, since=date(2026, 9, 1), actor_id=None)
    with pytest.raises(FieldRefused, match="leaves_before_joining"):
        memberships.leave(here.id, last_day=date(2026, 8, 31), actor_id=None)
    memberships.leave(here.id, last_day=date(2026, 9, 1), actor_id=None)
    with pytest.raises(Conflict, match="left_already"):
        memberships.leave(here.id, actor_id=None)

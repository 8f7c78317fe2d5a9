from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.campaigns import actions
from diagnostics.campaigns.actions import circles, nameless
from diagnostics.campaigns.actions.assessments import Asked, declare_sheet, launch
from diagnostics.campaigns.circle_models import CircleWay, CodeState, OneTimeCode
from diagnostics.campaigns.circle_secrets import CircleKey
from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.models import Assignment, Seat
from diagnostics.campaigns.queries.circles import CircleView, circles_of, door_of, link_of_code
from diagnostics.campaigns.queries.overview import campaigns
from diagnostics.campaigns.queries.self_assessments import self_assessment, self_assessments
from diagnostics.database import session
from diagnostics.errors import DomainError, FieldRefused, Missing
from diagnostics.jobs.models import Job
from tests.support import assessment
from tests.support.kept import inside, kept

SECRET = "secret of this installation"
CLASS = Asked(assessment.PUPIL, 20, CircleWay.CODES, "7А")


@pytest.fixture
def at(app: Flask) -> Iterator[assessment.Scene]:
    with clock.frozen(assessment.TODAY):
        made = kept(app, "circles", assessment.scene)
    with inside(app):
        yield made


def circle(at: assessment.Scene, group: str) -> CircleView:
    return next(one for one in circles_of(at.wave_id) if one.respondent_group == group)


def code_of(one: CircleView, number: int = 1) -> str:
    return CircleKey(SECRET, one.id, one.generation).code(number)


def door_by_code(at: assessment.Scene, code: str) -> str:
    link = link_of_code(at.school.code or "", code, secret=SECRET)
    assert link is not None
    return link


def test_every_circle_has_a_slip_for_each_person_and_a_tenth_to_spare(at: assessment.Scene) -> None:
    pupils = circle(at, assessment.PUPIL)
    assert (pupils.expected, pupils.codes) == (30, 33)


def test_nobody_is_seated_before_he_begins(at: assessment.Scene) -> None:
    assert session.scalar(sa.select(sa.func.count()).select_from(Seat)) == 0


def test_a_typed_code_leads_to_the_same_door_as_its_qr(at: assessment.Scene) -> None:
    pupils = circle(at, assessment.PUPIL)
    with clock.frozen(assessment.TODAY):
        door = door_of(door_by_code(at, code_of(pupils).lower()))
    assert (door.circle_id, door.state, door.label) == (pupils.id, "begin", "7А")


def test_a_code_of_another_school_is_no_code(at: assessment.Scene) -> None:
    other = assessment.make.school(at.municipality, "Школа № 3")
    assert link_of_code(other.code or "", code_of(circle(at, assessment.PUPIL)), secret=SECRET) is None


def test_without_the_key_of_the_installation_a_code_opens_nothing(at: assessment.Scene) -> None:
    code = code_of(circle(at, assessment.PUPIL))
    assert link_of_code(at.school.code or "", code, secret="another key") is None


def test_one_code_is_one_seat_however_often_it_is_begun(at: assessment.Scene) -> None:
    slip = session.scalars(sa.select(OneTimeCode).limit(1)).one()
    assert nameless.seat_by_code(slip.id) == nameless.seat_by_code(slip.id)


def test_a_spent_code_knows_no_answers_and_opens_no_second_seat(at: assessment.Scene) -> None:
    slip = session.scalars(sa.select(OneTimeCode).limit(1)).one()
    seat_id = nameless.seat_by_code(slip.id)
    actions.mark_started(seat_id)
    actions.mark_submitted(seat_id)
    session.refresh(slip)
    assert (slip.state, slip.seat_id) == (CodeState.SPENT, None)
    with pytest.raises(MoveRefused, match="code_spent"):
        nameless.seat_by_code(slip.id)


def test_a_link_for_all_makes_a_new_seat_each_time(at: assessment.Scene) -> None:
    parents = circle(at, assessment.PARENT)
    assert nameless.seat_by_link(parents.id) != nameless.seat_by_link(parents.id)


def test_the_sheet_has_one_seat(at: assessment.Scene) -> None:
    sheet = circle(at, assessment.SHEET)
    assert nameless.seat_of_sheet(sheet.id) == nameless.seat_of_sheet(sheet.id)


def test_new_codes_stop_the_fresh_ones_and_leave_the_begun_ones(at: assessment.Scene) -> None:
    pupils = circle(at, assessment.PUPIL)
    begun = session.scalars(sa.select(OneTimeCode).where(OneTimeCode.circle_id == pupils.id).limit(1)).one()
    nameless.seat_by_code(begun.id)
    circles.issue(pupils.id, secret=SECRET, actor_id=at.lead.id)
    rows = session.execute(
        sa.select(OneTimeCode.state, sa.func.count())
        .where(OneTimeCode.circle_id == pupils.id)
        .group_by(OneTimeCode.state)
    )
    counts = {row[0]: row[1] for row in rows}
    assert counts == {CodeState.FRESH: 33, CodeState.OPEN: 1, CodeState.REVOKED: 32}


def test_a_new_link_replaces_the_old_one(at: assessment.Scene) -> None:
    parents = circle(at, assessment.PARENT)
    old = CircleKey(SECRET, parents.id, parents.generation).link()
    circles.issue(parents.id, secret=SECRET, actor_id=at.lead.id)
    with pytest.raises(Missing, match="link_unknown"):
        door_of(old)


def test_after_the_end_nobody_begins_and_no_codes_are_made(at: assessment.Scene) -> None:
    parents = circle(at, assessment.PARENT)
    link = CircleKey(SECRET, parents.id, parents.generation).link()
    actions.close_wave(at.wave_id, at.lead.id)
    assert door_of(link).state == "over"
    with pytest.raises(MoveRefused, match="wave_closed"):
        nameless.seat_by_link(parents.id)
    with pytest.raises(MoveRefused, match="wave_closed"):
        circles.issue(parents.id, secret=SECRET, actor_id=at.lead.id)


def test_after_its_last_day_a_door_is_over_even_when_nobody_closed_it(at: assessment.Scene) -> None:
    parents = circle(at, assessment.PARENT)
    link = CircleKey(SECRET, parents.id, parents.generation).link()
    with clock.frozen(assessment.TODAY + timedelta(days=30)):
        assert door_of(link).state == "over"


def test_closing_ends_the_self_assessment_and_asks_for_its_counting(at: assessment.Scene) -> None:
    actions.close_wave(at.wave_id, at.lead.id)
    assert self_assessment(at.campaign_id).state == "closed"
    assert session.scalars(sa.select(Job.kind).where(Job.subject_id == at.wave_id)).all() == [
        "findings.calibrate"
    ]


def test_self_assessments_and_diagnoses_have_lists_of_their_own(at: assessment.Scene) -> None:
    assert campaigns([at.region.path], person_id=at.lead.id) == []
    assert [one.campaign_id for one in self_assessments([at.municipality.path])] == [at.campaign_id]
    assert self_assessments([]) == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ([], "nobody_asked"),
        ([Asked("sheet", 1, CircleWay.SHEET)], "nobody_asked"),
        ([Asked("pupil", 0, CircleWay.CODES, "7А")], "nobody_asked"),
        ([Asked("parent", 10_000, CircleWay.LINK)], "expected_impossible"),
        ([Asked("parent", -1, CircleWay.LINK)], "expected_impossible"),
        ([Asked("pupil", 601, CircleWay.CODES, "7А")], "too_many_codes"),
        ([Asked("pupil", 10, CircleWay.CODES, "7А" * 20)], "label_too_long"),
        ([CLASS, CLASS], "circle_twice"),
    ],
)
def test_impossible_groups_are_refused(at: assessment.Scene, asked: list[Asked], code: str) -> None:
    with pytest.raises(FieldRefused, match=code):
        launch_again(at, asked)


def launch_again(at: assessment.Scene, asked: list[Asked]) -> None:
    work = self_assessment(at.campaign_id)
    first = next(one for one in work.circles)
    with clock.frozen(assessment.TODAY):
        launch(
            school_id=at.school.id,
            title="Ещё раз",
            work_id=door_of_circle_work(first.id),
            asked=asked,
            first_day=assessment.FIRST,
            last_day=assessment.LAST,
            secret=SECRET,
            actor_id=at.lead.id,
        )


def door_of_circle_work(circle_id: str) -> str:
    from_door = circles.circle_row(circle_id).assignment_id
    instrument_id = session.scalar(sa.select(Assignment.instrument_id).where(Assignment.id == from_door))
    assert instrument_id is not None
    return instrument_id


@pytest.mark.parametrize(
    ("people", "day", "code"),
    [
        ([], assessment.FIRST, "sheet_people_number"),
        (["директор"], assessment.FIRST, "sheet_people_number"),
        (["директор", "  ", ""], assessment.FIRST, "sheet_people_number"),
        (["а", "б", "в", "г", "д"], assessment.FIRST, "sheet_people_number"),
        (["директор", "з" * 101], assessment.FIRST, "position_too_long"),
        (["директор", "заместитель"], date(2026, 12, 31), "agreed_in_future"),
    ],
)
def test_a_sheet_needs_two_to_four_people_and_a_day_that_came(
    at: assessment.Scene, people: list[str], day: date, code: str
) -> None:
    with clock.frozen(assessment.TODAY), pytest.raises(DomainError, match=code):
        declare_sheet(at.wave_id, people=people, agreed_on=day, actor_id=at.lead.id)

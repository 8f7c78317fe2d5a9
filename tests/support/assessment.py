"""A school's self-assessment without pages: launched, answered through the real player's actions, closed, counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.actions.assessments import Asked, declare_sheet, launch
from diagnostics.campaigns.actions.nameless import seat_by_code, seat_by_link, seat_of_sheet
from diagnostics.campaigns.circle_models import CircleWay, CodeState, OneTimeCode, RespondentCircle
from diagnostics.campaigns.models import Assignment, Wave
from diagnostics.catalogue import bundled
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.findings import actions as findings
from diagnostics.improvement import actions as improvement
from diagnostics.people.models import OrgNode, Person, Role
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.events import Event
from diagnostics.sittings.models import EventKind
from instruments.items import Answer
from tests.support import make, sitting

TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 20), date(2026, 11, 30)
AFTER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
SHEET, TEACHER, PUPIL, PARENT = "sheet", "teacher", "pupil", "parent"

#: Marks (1…4) of the n-th respondent of a group on a statement.
Marks = Callable[[int, str], int]
#: A text that stands in no other place of the product.
WORDS = {
    TEACHER: "учительское предложение",
    PUPIL: "ученическое предложение",
    PARENT: "родительское предложение",
}


@dataclass
class Scene:
    region: OrgNode
    municipality: OrgNode
    school: OrgNode
    lead: Person
    campaign_id: str
    wave_id: str
    sittings: list[str] = field(default_factory=list)


def spread(around: float, step: int = 3) -> Marks:
    """Marks around a mean, different from respondent to respondent and from statement to statement."""

    def mark(number: int, item: str) -> int:
        turn = (number * 7 + sum(map(ord, item)) * step) % 10 / 10
        return min(4, max(1, int(around + turn)))

    return mark


def scene(expected: Mapping[str, int] | None = None, ways: Mapping[str, CircleWay] | None = None) -> Scene:
    """An open self-assessment of one school: 1 sheet, 14 teachers, 60 pupils in two classes, 30 parents by a link."""
    bundled.install()
    region = make.region()
    municipality = make.municipality(region)
    school = make.school(municipality)
    lead = make.staff(Role.SCHOOL_LEAD, school)
    work = catalogue.latest_published(VersionKind.INSTRUMENT, "self.school")
    assert work is not None
    numbers = expected or {SHEET: 1, TEACHER: 14, PUPIL: 60, PARENT: 30}
    campaign = launch(
        school_id=school.id,
        title="Осень 2026 года",
        work_id=work.id,
        asked=tuple(_asked(numbers, ways or {})),
        first_day=FIRST,
        last_day=LAST,
        secret="secret of this installation",
        actor_id=lead.id,
    )
    wave = session.scalars(sa.select(Wave).where(Wave.campaign_id == campaign.id)).one()
    return Scene(region, municipality, school, lead, campaign.id, wave.id)


def _asked(numbers: Mapping[str, int], ways: Mapping[str, CircleWay]) -> Sequence[Asked]:
    usual = {SHEET: CircleWay.SHEET, PARENT: CircleWay.LINK}
    found = []
    for group, number in numbers.items():
        way = ways.get(group) or usual.get(group, CircleWay.CODES)
        halves = ((number // 2, "7А"), (number - number // 2, "8Б")) if group == PUPIL else ((number, ""),)
        found += [Asked(group, n, way, label) for n, label in halves]
    return found


def answer(
    at: Scene, group: str, number: int, marks: Marks, *, texts: Sequence[str] = (), skip: Sequence[str] = ()
) -> None:
    """`number` respondents of a group send their answers; the first ones write the `texts`."""
    assigned = session.scalars(
        sa.select(Assignment).where(Assignment.wave_id == at.wave_id, Assignment.respondent_group == group)
    ).one()
    assert assigned.instrument_id is not None
    items = catalogue.instrument(assigned.instrument_id).form_items(group)
    for one in range(number):
        given: dict[str, Answer] = {
            item.code: marks(one, item.code)
            for item in items
            if item.type == "likert" and item.code not in skip
        }
        if one < len(texts):
            given["OPEN"] = texts[one]
        sitting_id = sitting.sit(_seat(at, group), given)
        at.sittings.append(sitting_id)
        findings.score(sitting_id)


def answer_late(at: Scene, group: str, number: int, marks: Marks) -> list[str]:
    """Sittings of which half came in time and half when the time was over; none of them was sent."""
    asked = _items(at, group)
    half, found = len(asked) // 2, []
    for one in range(number):
        started = sittings.start(seat_id=_seat(at, group), token_id=None, person_id=None)
        writing = reading.writing(started.sitting_id, started.secret)
        assert writing is not None
        events = [
            Event(place, place - 1, EventKind.ANSWER, code, marks(one, code))
            for place, code in enumerate(asked, 1)
        ]
        sittings.save_events(writing, events[:half], Limits())
        with clock.frozen(AFTER):
            assert sittings.save_events(writing, events[half:], Limits()).kept
        found.append(started.sitting_id)
    return found


def _items(at: Scene, group: str) -> list[str]:
    """Codes of the statements that a group marks."""
    assigned = session.scalars(
        sa.select(Assignment).where(Assignment.wave_id == at.wave_id, Assignment.respondent_group == group)
    ).one()
    assert assigned.instrument_id is not None
    items = catalogue.instrument(assigned.instrument_id).form_items(group)
    return [item.code for item in items if item.type == "likert"]


def _seat(at: Scene, group: str) -> str:
    circles = session.scalars(
        sa.select(RespondentCircle)
        .where(RespondentCircle.wave_id == at.wave_id, RespondentCircle.respondent_group == group)
        .order_by(RespondentCircle.label)
    ).all()
    if group == SHEET:
        return seat_of_sheet(circles[0].id)
    if circles[0].way is CircleWay.LINK:
        return seat_by_link(circles[0].id)
    code = session.scalars(
        sa.select(OneTimeCode)
        .join(RespondentCircle, RespondentCircle.id == OneTimeCode.circle_id)
        .where(OneTimeCode.circle_id.in_([one.id for one in circles]), OneTimeCode.state == CodeState.FRESH)
        .order_by(RespondentCircle.label)
        .limit(1)
    ).one()
    return seat_by_code(code.id)


def usual(at: Scene, *, parents: int = 4) -> None:
    """The journey of the brief: a sheet of three, 12 of 14 teachers, 48 of 60 pupils, few parents."""
    declare_sheet(
        at.wave_id,
        people=["директор", "заместитель по учебной работе", "заместитель по воспитательной работе"],
        agreed_on=date(2026, 11, 21),
        actor_id=at.lead.id,
    )
    answer(at, SHEET, 1, spread(3.2))
    answer(at, TEACHER, 12, spread(2.9), texts=[WORDS[TEACHER]])
    answer(at, PUPIL, 48, spread(2.1), texts=[WORDS[PUPIL]])
    answer(at, PARENT, parents, spread(1.4), texts=[WORDS[PARENT]])


def close(at: Scene) -> None:
    campaigns.close_wave(at.wave_id, at.lead.id)
    session.flush()


def count(at: Scene) -> None:
    improvement.release_zones(at.campaign_id, improvement.count_zones(at.campaign_id), actor_id=None)
    session.flush()

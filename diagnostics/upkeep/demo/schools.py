"""Schools assess themselves: three have finished, one is collecting answers today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.actions import nameless
from diagnostics.campaigns.actions.assessments import Asked, declare_sheet, launch
from diagnostics.campaigns.circle_models import CircleWay, CodeState, OneTimeCode
from diagnostics.campaigns.queries.self_assessments import SelfAssessment, self_assessment
from diagnostics.database import session
from diagnostics.improvement import actions as improvement
from diagnostics.jobs import actions as jobs
from diagnostics.upkeep.demo.answering import Sheet
from diagnostics.upkeep.demo.calendar import Days, at, between
from diagnostics.upkeep.demo.cast import own_words
from diagnostics.upkeep.demo.opinions import AGREED, PEOPLE, View, opinion, views
from diagnostics.upkeep.demo.stage import Stage
from diagnostics.upkeep.demo.work import Work, work_of
from instruments.items import Answer

WORK, TITLE = "self.school", "Самооценка школы"
SEED = 4042
SEPTEMBER = 9
ZONES = "improvement.zones"
SHEET_PEOPLE = (
    "директор",
    "заместитель директора по учебной работе",
    "руководитель методического объединения",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One school: how many of each group are expected and have answered, and how far views lie from the usual."""

    school: str
    answered: Mapping[str, tuple[int, int]]
    usual: Mapping[str, float]
    levels: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    is_open: bool = False
    opened_upward: bool = False


#: The views of teachers and pupils on one direction lie far apart.
DIFFERING = Story(
    school="001012",
    answered={"sheet": (1, 1), "teacher": (14, 13), "pupil": (56, 48), "parent": (60, 22)},
    usual={"sheet": 74.0, "teacher": 68.0, "pupil": 64.0, "parent": 66.0},
    levels={
        "sheet": {"Z1": 80.0, "!Z2.1": 95.0},
        "teacher": {"Z2.1": 80.0, "Z4": 55.0, "!Z2.1": 90.0, "!Z4.1": 80.0},
        "pupil": {"Z2.1": 42.0},
        "parent": {"Z2.1": 58.0},
    },
    classes={"7А": 18, "8А": 19, "9А": 19},
    opened_upward=True,
)
#: So few parents that nothing is said of them, and no index over groups.
FOUR_PARENTS = Story(
    school="001003",
    answered={"sheet": (1, 1), "teacher": (14, 12), "pupil": (60, 48), "parent": (30, 4)},
    usual={"sheet": 70.0, "teacher": 64.0, "pupil": 62.0, "parent": 60.0},
    levels={"teacher": {"Z1": 56.0, "!Z1.2": 90.0}, "pupil": {"Z1": 54.0}},
    classes={"7А": 20, "8А": 20, "9А": 20},
)
#: A school of few classes: seven teachers, and fewer pupils than may be told about.
FEW_CLASSES = Story(
    school="001021",
    answered={"sheet": (1, 1), "teacher": (7, 7), "pupil": (9, 9), "parent": (12, 8)},
    usual={"sheet": 72.0, "teacher": 70.0, "pupil": 68.0, "parent": 70.0},
    classes={"7": 5, "8": 4},
)
COLLECTING = Story(
    school="002004",
    answered={"sheet": (1, 0), "teacher": (20, 6), "pupil": (75, 21), "parent": (90, 3)},
    usual={"sheet": 70.0, "teacher": 62.0, "pupil": 58.0, "parent": 64.0},
    classes={"7А": 25, "8Б": 26, "9А": 24},
    is_open=True,
)
STORIES = {"differing": DIFFERING, "parents": FOUR_PARENTS, "few": FEW_CLASSES, "collecting": COLLECTING}


def assess(stage: Stage) -> dict[str, str]:
    """Every story whose school stands in the base: name of the story → id of its self-assessment."""
    work, rng = work_of(WORK), np.random.default_rng(SEED)
    return {
        name: _walk(stage, work, story, rng)
        for name, story in STORIES.items()
        if story.school in stage.people.nodes
    }


def _walk(stage: Stage, work: Work, story: Story, rng: np.random.Generator) -> str:
    calendar = stage.calendar
    days = calendar.school_now if story.is_open else calendar.schools
    one, said = _launched(stage, work, story, days), own_words()
    until = min(days[1], calendar.today - timedelta(days=1))
    for begins, seat in _moments(one, story, (days[0], until), rng):
        with clock.frozen(begins):
            seat_id = seat.open()
        given = _said(work, seat, said, rng)
        pace = float(rng.uniform(6, 12))
        sheet = Sheet(seat_id=seat_id, person_id=None, answers=given, begins=begins, seconds_an_item=pace)
        stage.sit(sheet)
    if not story.is_open:
        _finish(stage, story, one)
    return one.campaign_id


@dataclass(frozen=True, slots=True)
class _Way:
    """How somebody comes in: through a circle's link, by a slip of paper, or to the sheet."""

    circle_id: str
    way: CircleWay
    group: str
    view: View

    def open(self) -> str:
        if self.way is CircleWay.SHEET:
            return nameless.seat_of_sheet(self.circle_id)
        if self.way is CircleWay.LINK:
            return nameless.seat_by_link(self.circle_id)
        fresh = sa.select(OneTimeCode.id).where(
            OneTimeCode.circle_id == self.circle_id, OneTimeCode.state == CodeState.FRESH
        )
        return nameless.seat_by_code(session.scalars(fresh.order_by(OneTimeCode.id).limit(1)).one())


def school_year(day: date) -> str:
    """«2026/2027» of any day between September and August, as the launcher proposes it."""
    begins = day.year if day.month >= SEPTEMBER else day.year - 1
    return f"{begins}/{begins + 1}"


def _launched(stage: Stage, work: Work, story: Story, days: Days) -> SelfAssessment:
    lead = _lead(stage, story.school)
    with clock.frozen(at(days[0], 9)):
        campaign = launch(
            school_id=stage.people.nodes[story.school],
            title=f"{TITLE}, {school_year(days[0])}",
            work_id=work.instrument_id,
            asked=list(_asked(story)),
            first_day=days[0],
            last_day=days[1],
            secret=stage.secret,
            actor_id=lead,
        )
        session.commit()
        one = self_assessment(campaign.id)
    if story.answered["sheet"][1]:
        with clock.frozen(at(days[0], 15)):
            declare_sheet(one.wave_id, people=SHEET_PEOPLE, agreed_on=days[0], actor_id=lead)
            session.commit()
    return one


def _said(
    work: Work, seat: _Way, words: Mapping[str, tuple[str, ...]], rng: np.random.Generator
) -> dict[str, Answer]:
    """The sheet is agreed on and says something about everything; others have opinions and doubts."""
    manner = AGREED if seat.way is CircleWay.SHEET else PEOPLE
    own = words.get(seat.group, ())
    return opinion(work.instrument, work.scoring, seat.group, seat.view, rng, manner=manner, words=own)


def _asked(story: Story) -> Iterator[Asked]:
    yield Asked("sheet", 1, CircleWay.SHEET)
    yield Asked("teacher", story.answered["teacher"][0], CircleWay.CODES)
    for label, expected in story.classes.items():
        yield Asked("pupil", expected, CircleWay.CODES, label)
    yield Asked("parent", story.answered["parent"][0], CircleWay.LINK)


def _moments(
    one: SelfAssessment, story: Story, days: Days, rng: np.random.Generator
) -> Iterator[tuple[datetime, _Way]]:
    """Who answers when: classes in turn, as many as the story says."""
    for group, circles in one.groups().items():
        view = views(story.levels.get(group, {}), story.usual[group])
        for number in range(story.answered[group][1]):
            circle = circles[number % len(circles)]
            begins = between(days, float(rng.uniform()), int(rng.integers(9, 20)), int(rng.integers(60)))
            yield begins, _Way(circle.id, circle.way, group, view)


def _finish(stage: Stage, story: Story, one: SelfAssessment) -> None:
    """Closed the day after; zones are counted by a job, and opened upward by the school where the story says so."""
    lead, day = _lead(stage, story.school), stage.calendar.schools[1] + timedelta(days=1)
    with clock.frozen(at(day, 9)):
        campaigns.close_wave(one.wave_id, lead)
        jobs.enqueue(ZONES, one.campaign_id, asker_id=lead, parameters={"wave": one.wave_id}, title=one.title)
        session.commit()
        stage.work_off()
    if story.opened_upward:
        with clock.frozen(at(day, 12)):
            improvement.open_upward(one.campaign_id, actor_id=lead)
            session.commit()


def _lead(stage: Stage, school: str) -> str:
    persons = stage.people.persons
    return persons.get(f"deputy-{school}") or persons[f"director-{school}"]

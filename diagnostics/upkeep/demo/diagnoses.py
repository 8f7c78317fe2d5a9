"""Two diagnoses: one walked from entry to exit, one whose exit is open now and half done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from diagnostics.campaigns.models import WaveKind
from diagnostics.upkeep.demo.calendar import Days
from diagnostics.upkeep.demo.course import ENTRY_FORM, EXIT_FORM, Course
from diagnostics.upkeep.demo.settle import ANNA
from diagnostics.upkeep.demo.stage import Stage, Waves, hold, opened, planned, some_day
from diagnostics.upkeep.demo.work import shipped_work

TITLE = "Работа с неуспевающими"
SECOND_TITLE = "Работа с неуспевающими: второй поток"
#: Chosen so that what is planted stands out of the noise; another seed gives another group with the same truths.
FIRST_SEED, SECOND_SEED = 2243, 2297
#: A common question that leaked between entry and exit of the first diagnosis, and by how many logits it became easier.
LEAKED = {"E02": 1.3}
#: Share of the second stream that has sent the exit; after how many questions others stopped for today.
SENT, STOPPED_AFTER = 0.5, (9, 4, 17)
FORMS = {WaveKind.ENTRY: ENTRY_FORM, WaveKind.EXIT: EXIT_FORM}


@dataclass(frozen=True, slots=True)
class Walk:
    """A diagnosis with its people, their days and what they will answer."""

    waves: Waves
    people: tuple[str, ...]
    days: dict[WaveKind, Days]
    course: Course


def first(stage: Stage) -> Walk:
    """The diagnosis of the first stream, planned."""
    calendar, people = stage.calendar, stage.people.first_stream
    days = {WaveKind.ENTRY: calendar.entry, WaveKind.EXIT: calendar.exit}
    return _walk(stage, TITLE, people, stage.people.first_group, days, (FIRST_SEED, LEAKED))


def second(stage: Stage) -> Walk:
    """The diagnosis of the second stream, planned."""
    calendar, people = stage.calendar, stage.people.second_stream
    days = {WaveKind.ENTRY: calendar.second_entry, WaveKind.EXIT: calendar.second_exit}
    return _walk(stage, SECOND_TITLE, people, stage.people.second_group, days, (SECOND_SEED, {}))


def entry(stage: Stage, walk: Walk) -> None:
    """Open, answered and closed. The visitor's teacher is never away."""
    anna = {number for number, person in enumerate(walk.people) if person == stage.people.persons[ANNA]}
    _hold(stage, walk, WaveKind.ENTRY, walk.course.came | anna)


def leave(stage: Stage, walk: Walk) -> None:
    _hold(stage, walk, WaveKind.EXIT, walk.course.stayed)


def half_left(stage: Stage, walk: Walk) -> None:
    """An exit that is open now: half have sent, some are on the way, the visitor's teacher has not begun."""
    first_day = walk.days[WaveKind.EXIT][0]
    seats = opened(stage, walk.waves.ids[WaveKind.EXIT], walk.people, first_day)
    others = [one for one in sorted(walk.course.stayed) if walk.people[one] != stage.people.persons[ANNA]]
    sent = round(SENT * len(walk.people))
    ways = [None] * sent
    until = (first_day, stage.calendar.today - timedelta(days=1))
    for number, stops in zip(others, (*ways, *STOPPED_AFTER), strict=False):
        given = walk.course.exit[number]
        stage.sit(some_day(walk.people[number], seats, given, until, walk.course.rng, stops))


def _walk(
    stage: Stage,
    title: str,
    people: tuple[str, ...],
    group_id: str,
    days: dict[WaveKind, Days],
    made: tuple[int, dict[str, float]],
) -> Walk:
    work, (seed, leaked) = shipped_work(), made
    course = work.course(len(people), seed=seed, leaked=leaked)
    people = _with_something_to_learn(people, course, stage.people.persons[ANNA])
    prepared = min(window[0] for window in days.values()) - timedelta(days=6)
    waves = planned(stage, work, title, days, FORMS, people=people, prepared=prepared, group_id=group_id)
    return Walk(waves, people, days, course)


def _with_something_to_learn(people: tuple[str, ...], course: Course, anna: str) -> tuple[str, ...]:
    """The visitor's teacher stands where four of five know more: a newcomer shall meet a route that is walked."""
    if anna not in people:
        return people
    by_ability = course.crowd.entry.mean(axis=1).argsort(kind="stable").tolist()
    chosen = next(number for number in by_ability[len(people) // 5 :] if number in course.came)
    order = list(people)
    here = order.index(anna)
    order[here], order[chosen] = order[chosen], order[here]
    return tuple(order)


def _hold(stage: Stage, walk: Walk, kind: WaveKind, present: frozenset[int] | set[int]) -> None:
    given = walk.course.entry if kind is WaveKind.ENTRY else walk.course.exit
    hold(stage, walk.waves.ids[kind], walk.days[kind], walk.people, given, present, walk.course.rng)

"""Development routes of the demo: proposed, agreed and walked with words that teachers and the tutor write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import cycle, islice

from diagnostics import clock
from diagnostics.database import session
from diagnostics.findings import queries as findings
from diagnostics.pathways import actions
from diagnostics.pathways.errors import BlocksWithoutLine
from diagnostics.pathways.models import StepKind, StepState
from diagnostics.pathways.moves import WALKABLE
from diagnostics.pathways.queries.diagnoses import diagnosis
from diagnostics.pathways.queries.views import RouteView, StepView
from diagnostics.pathways.queries.views import route as read
from diagnostics.resources.errors import NoPlaceLeft
from diagnostics.upkeep.demo.calendar import Days, at
from diagnostics.upkeep.demo.cast import Line, Texts
from diagnostics.upkeep.demo.settle import ANNA, Settled

#: Of the agreed routes, every fifth has not been begun yet; one teacher has put theirs off.
NOT_BEGUN, PAUSED = 5, 7
#: Of the routes under way: a draft, one that came back, and the rest still wait for the tutor's word.
WAITING = 5
#: Up to this one the waiting routes stand as they were proposed: their run has filled up meanwhile.
FULL = 2
#: How often a route is approved before it waits for the person.
ATTEMPTS = 4


class Desk:
    """Who writes what: each text is taken in turn, so that neighbours do not write the same words."""

    def __init__(self, people: Settled, texts: Texts) -> None:
        self.people, self.texts = people, texts
        self.approvals = cycle(texts.tutor_approvals)
        self.returns = cycle(texts.tutor_returns)
        self.goals = cycle(texts.goals)
        self.waivers = cycle(texts.waivers)
        self._used: Counter[str] = Counter()
        self._met: Counter[tuple[str, str]] = Counter()

    @property
    def tutor(self) -> str:
        return self.people.persons["tutor"]

    def goal(self, block: str) -> str:
        return next(one.text for one in self.goals if one.fits(block=block, subject=""))

    def about(self, lines: Sequence[Line], route: RouteView, step: StepView) -> str:
        """A text that fits the step and the teacher's subject: one that this route has not met, then the rarest."""
        subject = self.people.human(route.person_id).subject
        block = (step.competence or "METH").split(".")[0]
        fitting = [one.text for one in lines if one.fits(block=block, subject=subject, kind=step.form)]
        chosen = min(
            fitting or [lines[-1].text], key=lambda text: (self._met[route.id, text], self._used[text])
        )
        self._met[route.id, chosen] += 1
        self._used[chosen] += 1
        return chosen


def agreed(desk: Desk, wave_id: str, days: Days, *, most: int) -> None:
    """After entry: routes are proposed, sent and approved within a few days, then walked until the exit."""
    for number, route_id in enumerate(islice(_proposed(desk, wave_id, days[0]), most)):
        first = days[0] + timedelta(days=1 + number % 4)
        _send(desk, route_id, first)
        _approve(desk, route_id, first + timedelta(days=1))
        if read(route_id).state not in WALKABLE:
            continue
        mine = read(route_id).person_id == desk.people.persons[ANNA]
        if number % NOT_BEGUN != NOT_BEGUN - 1 or mine:
            _walk(desk, route_id, first + timedelta(days=2), days[1])
        if number == PAUSED and not mine:
            _pause(route_id, days[1])
    session.commit()


def under_way(desk: Desk, wave_id: str, days: Days) -> None:
    """In the diagnosis whose exit is open: most are walked, one is a draft, one came back, some wait for the tutor."""
    anna = desk.people.persons[ANNA]
    proposed = list(_proposed(desk, wave_id, days[0]))
    # The visitor's teacher stands first, so that her route is one of those that are walked.
    for place, route_id in enumerate(sorted(proposed, key=lambda one: read(one).person_id != anna)):
        number = len(proposed) - 1 - place
        day = days[0] + timedelta(days=1 + place % 4)
        if number == 0 and place:
            continue
        if number < WAITING and place:
            if number > FULL:
                _proposed_again(route_id, days[1])
            _send(desk, route_id, days[1])
        else:
            _send(desk, route_id, day)
        if number == 1 and place:
            with _hour(days[1], 20):
                actions.return_(route_id, text=next(desk.returns).text, actor_id=desk.tutor)
        elif number >= WAITING or not place:
            _approve(desk, route_id, day + timedelta(days=1))
            if read(route_id).state in WALKABLE:
                _walk(desk, route_id, day + timedelta(days=2), days[1])
    session.commit()


def _proposed(desk: Desk, wave_id: str, day: date) -> Iterator[str]:
    """A route for each finding that gives reason for one, in the order of the teachers."""
    order = {person: number for number, person in enumerate(desk.people.teachers)}
    found = [one for one in findings.of_wave(wave_id) if one.person_id in order]
    for one in sorted(found, key=lambda finding: order[finding.person_id or ""]):
        with _hour(day, 18):
            if diagnosis(one.id).entering:
                yield actions.propose(one.id, actor_id=one.person_id).id


def _proposed_again(route_id: str, day: date) -> None:
    """Of what still has places: the tutor can approve it as it stands."""
    route = read(route_id)
    with _hour(day, 18):
        actions.propose(route.finding_id, actor_id=route.person_id)


def _send(desk: Desk, route_id: str, day: date) -> None:
    with _hour(day, 19):
        _send_again(desk, route_id)


def _send_again(desk: Desk, route_id: str) -> None:
    route = read(route_id)
    block = next((step.competence for step in route.steps if step.competence), "METH")
    actions.send(route_id, actor_id=route.person_id, goal=desk.goal(block.split(".")[0]))


def _approve(desk: Desk, route_id: str, day: date, *, hour: int = 11) -> None:
    """Signed reasons where a block has no line; where a run has filled up meanwhile, another choice and again."""
    for attempt in range(ATTEMPTS):
        with _hour(day + timedelta(days=attempt), hour):
            try:
                with session.begin_nested():
                    _signed(desk, route_id)
            except NoPlaceLeft as full:
                text = f"{full.parameters['title']}: мест больше нет. Выберите замену, остальное подходит."
                actions.return_(route_id, text=text, actor_id=desk.tutor)
                actions.propose(read(route_id).finding_id, actor_id=read(route_id).person_id)
                _send_again(desk, route_id)
            else:
                break


def _signed(desk: Desk, route_id: str) -> None:
    try:
        actions.approve(route_id, actor_id=desk.tutor, text=next(desk.approvals).text)
    except BlocksWithoutLine as refused:
        for block in refused.blocks:
            actions.waive(route_id, block, reason=next(desk.waivers).text, actor_id=desk.tutor)
        actions.approve(route_id, actor_id=desk.tutor)


def _walk(desk: Desk, route_id: str, first: date, last: date) -> None:
    """Step after step while days are left; the last one shown still waits for the tutor's look."""
    day = first
    for step in read(route_id).steps:
        day = max(day, step.starts_on or day) + timedelta(days=2)
        if day >= last or step.kind is StepKind.EXIT:
            break
        _take(desk, route_id, step, day, looked_at=day + timedelta(days=3) < last)
        day += timedelta(days=2)


def _take(desk: Desk, route_id: str, step: StepView, day: date, *, looked_at: bool) -> None:
    route = read(route_id)
    if step.kind is StepKind.CLARIFY:
        with _hour(day, 12):
            remark = desk.about(desk.texts.tutor_remarks, route, step)
            actions.clarify(step.id, confirmed=True, text=remark, actor_id=desk.tutor)
        return
    with _hour(day, 17):
        actions.start_step(step.id, actor_id=route.person_id)
        note = desk.about(desk.texts.evidence_notes, route, step)
        actions.add_evidence(step.id, text=note, actor_id=route.person_id)
    if looked_at:
        with _hour(day + timedelta(days=1), 10):
            remark = desk.about(desk.texts.tutor_remarks, route, step)
            actions.confirm_step(step.id, text=remark, actor_id=desk.tutor)
            lesson = desk.about(desk.texts.lesson_changes, route, step)
            actions.note_lesson(route_id, text=lesson, actor_id=route.person_id)


def _pause(route_id: str, day: date) -> None:
    route = read(route_id)
    if any(step.state is StepState.CONFIRMED for step in route.steps):
        with _hour(day, 16):
            actions.pause(route_id, until=day + timedelta(days=90), actor_id=route.person_id)


@contextmanager
def _hour(day: date, hour: int) -> Iterator[None]:
    """Everything inside happens on a day at an hour of the region, and is kept."""
    with clock.frozen(at(day, hour)):
        yield
        session.flush()

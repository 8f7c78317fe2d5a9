"""Facts of a stage → contents of the papers without results."""

from __future__ import annotations

from collections.abc import Iterator

from diagnostics import clock
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.queries.audience import name_of
from diagnostics.campaigns.queries.overview import AssignmentView, WaveView
from diagnostics.catalogue import queries as catalogue
from diagnostics.pathways.queries.names import names
from diagnostics.reporting.papers.facts import Facts, has_submitted, participant
from diagnostics.reporting.route import STATES
from instruments.document import is_question
from reports.contents.common import Stage
from reports.contents.papers.certificates import Certificate, Certificates
from reports.contents.papers.instruction import Instruction
from reports.contents.papers.order import OrderDraft, StageDates
from reports.contents.papers.routes import RouteLine, RouteRegister
from reports.contents.papers.schedule import Act, Schedule, ScheduleLine, SchoolShare
from reports.contents.papers.turnout import SchoolTurnout, Turnout


def order(facts: Facts) -> OrderDraft:
    return OrderDraft(
        head=facts.head,
        stages=tuple(_dates(wave) for wave in facts.campaign.waves),
        works=facts.titles,
        scale=facts.scale,
        visibility=facts.visibility,
        owner=facts.owner,
        tutor=facts.tutor,
        participants=tuple(participant(one) for one in facts.people),
    )


def _dates(wave: WaveView) -> StageDates:
    return StageDates(
        stage=Stage(wave.kind.value),
        starts=clock.local(wave.opens_at, wave.zone).date(),
        ends=clock.local(wave.closes_at, wave.zone).date(),
    )


def schedule(facts: Facts) -> Schedule:
    schools = tuple(
        SchoolShare(municipality=one.municipality, school=one.school, people=one.expected)
        for one in facts.schools
    )
    lines = tuple(line for wave in facts.campaign.waves for line in _acts(wave, facts))
    return Schedule(head=facts.head, lines=lines, schools=schools)  # fmt: skip


def _acts(wave: WaveView, facts: Facts) -> Iterator[ScheduleLine]:
    """What follows from the dates of a stage; the days between are the institute's."""
    dates = _dates(wave)
    for act, starts, ends, who in (
        (Act.TELL, None, dates.starts, facts.owner),
        (Act.TAKE, dates.starts, dates.ends, ""),
        (Act.REMIND, None, dates.ends, facts.owner),
        (Act.CLOSE, dates.ends, None, facts.owner),
    ):
        yield ScheduleLine(act=act, stage=dates.stage, starts=starts, ends=ends, responsible=who)
    if wave.kind is WaveKind.ENTRY:
        yield ScheduleLine(
            act=Act.ROUTES, stage=dates.stage, starts=dates.ends, ends=None, responsible=facts.tutor
        )


def instruction(facts: Facts) -> Instruction:
    return Instruction(
        head=facts.head,
        works=facts.titles,
        minutes=minutes(facts),
        tasks=max(map(_tasks, facts.wave.assignments), default=0) or None,
        address=facts.address,
        visibility=facts.visibility,
        contact=", ".join(filter(None, (facts.owner, facts.head.operator.contact))),
    )  # fmt: skip


def minutes(facts: Facts) -> int | None:
    return max((work.minutes for work in facts.works), default=None)


def _tasks(assigned: AssignmentView) -> int:
    """Questions of a form; pages of information are no tasks."""
    if assigned.instrument_id is None:
        return 0
    work = catalogue.instrument(assigned.instrument_id)
    return sum(is_question(item) for item in work.form_items(assigned.form))


def turnout(facts: Facts) -> Turnout:
    return Turnout(
        head=facts.head,
        schools=tuple(
            SchoolTurnout(
                municipality=one.municipality,
                school=one.school,
                invited=one.expected,
                started=one.started,
                submitted=one.submitted,
            )
            for one in facts.schools
        ),
    )


def certificates(facts: Facts) -> Certificates:
    """For everybody who sent the answers, but for those who took their consent back."""
    return Certificates(
        head=facts.head,
        works=facts.titles,
        minutes=minutes(facts),
        people=tuple(
            Certificate(person=participant(one), taken_on=facts.taken.get(one.person_id))
            for one in facts.people
            if has_submitted(one) and not facts.naming.has_withdrawn(one.person_id)
        ),
    )


def routes(facts: Facts) -> RouteRegister:
    """By municipality, school and name, as the people of the stage stand."""
    standing = {one.person_id: one for one in facts.routes}
    tutors = names({one.tutor_id for one in facts.routes if one.tutor_id})
    lines = []
    for one in facts.people:
        found = standing.get(one.person_id)
        if found is None or not facts.naming.may_name(one.person_id):
            continue
        lines.append(
            RouteLine(
                full_name=one.full_name,
                school=one.school,
                tutor=tutors[found.tutor_id].full if found.tutor_id else name_of(facts.campaign.tutor_id),
                state=STATES[found.state],
                steps=found.steps,
                confirmed=found.confirmed,
                hours=found.hours,
                ends=found.ends_on,
            )
        )
    without = sum(one.person_id not in standing for one in facts.named)
    return RouteRegister(head=facts.head, routes=tuple(lines), without=without, unnamed=facts.unnamed)

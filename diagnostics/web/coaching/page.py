"""The page of a route: rows in words, what stands beside them, what may be done now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics import clock
from diagnostics.pathways.models import RouteState, StepKind, StepState
from diagnostics.pathways.moves import EDITABLE, WALKABLE
from diagnostics.pathways.needs import Diagnosis
from diagnostics.pathways.queries.choices import diagnosis_of
from diagnostics.pathways.queries.views import RouteView, StepView
from diagnostics.pathways.questions import Question, blocks_of
from diagnostics.pathways.review import questions_of
from diagnostics.reporting import route_words
from diagnostics.web.coaching.blueprint import days_of, language, words
from diagnostics.web.coaching.words import STEP_STATES
from diagnostics.web.words import day_month
from instruments.texts import say
from reports.wording.numbers import NBSP, hours, inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One step in words. `short`: the first sentence of what is to be done; `tasks`: lost tasks by number; `this`: why this one and not another."""

    step: StepView
    title: str
    what: str
    short: str
    why: str
    evidence: str
    tasks: str
    this: str
    facts: tuple[str, ...]
    anchor: str
    mark: str
    status: str
    kind: str
    open: bool
    fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePage:
    route: RouteView
    goal: str
    rows: tuple[Row, ...]
    next: Row | None
    unmet: tuple[str, ...]
    proof: str
    questions: tuple[Question, ...]
    official: tuple[tuple[str, str], ...]  # blocks with the worst official level: code, title
    editable: bool
    walkable: bool
    over_budget: float
    time_share: float
    done_share: float
    late: int
    today: date


def page_of(route: RouteView) -> RoutePage:
    diagnosis = diagnosis_of(route.id)
    today = clock.local(clock.now(), route.zone).date()
    rows = tuple(_row(step, route) for step in route.steps)
    current = route.next_step
    days = max((route.ends_on - route.starts_on).days, 1)
    return RoutePage(
        route=route,
        goal=route.goal.rstrip(". ") or _goal(route, diagnosis),
        rows=rows,
        next=next((row for row in rows if current and row.step.id == current.id), None),
        unmet=_unmet(route, diagnosis),
        proof=_proof(route.proposal),
        questions=questions_of(route.id, diagnosis),
        official=_official(route, diagnosis),
        editable=route.state in EDITABLE,
        walkable=route.state in WALKABLE,
        over_budget=max(route.hours - route.hours_budget, 0.0),
        time_share=min(max((today - route.starts_on).days / days, 0.0), 1.0),
        done_share=route.done / len(route.steps) if route.steps else 0.0,
        late=len(route.overdue(today)),
        today=today,
    )


def _row(step: StepView, route: RouteView) -> Row:
    spoken, tongue = words(), language()
    status, kind = STEP_STATES[step.state]
    return Row(
        step=step,
        title=route_words.step_title(step.kind, step.title, step.reason, spoken, tongue),
        what=route_words.what_to_do(step.kind, step.content, spoken),
        short=route_words.first_sentence(route_words.what_to_do(step.kind, step.content, spoken)),
        why=route_words.why(step.reason, spoken, tongue),
        evidence=route_words.evidence(step.reason, spoken, tongue),
        tasks=route_words.tasks(step.reason, spoken, tongue),
        this=route_words.why_this(step.reason, spoken, tongue),
        facts=tuple(facts_of(step)),
        anchor=_anchor(step),
        mark=_mark(step, route),
        status=_(status),
        kind=kind,
        open=step.state in {StepState.NOT_STARTED, StepState.POSTPONED} and step.kind is not StepKind.EXIT,
        fixed=step.kind in {StepKind.EXIT, StepKind.CLARIFY},
    )


def facts_of(step: StepView) -> list[str]:
    """Hours · form and place · dates · evidence, as the mockup has them."""
    spoken = words()
    form = route_words.form(step.form, step.mode, spoken) if step.form else ""
    found = [hours(step.hours, spoken), form, step.place]
    if step.dated and step.starts_on and step.due_on:
        found.append(days_of(step.starts_on, step.due_on))
    elif step.due_on:
        found.append(_("до %(day)s", day=day_month(step.due_on)).replace(" ", NBSP))
    return [one for one in [*found, inside(step.evidence)] if one]


def _anchor(step: StepView) -> str:
    """Where the result page explains the conclusion that the step answers."""
    blocks = [*step.reason.get("serves", ()), *step.reason.get("clarifies", ())]
    return f"why-{blocks[0]}" if blocks else "why"


def _mark(step: StepView, route: RouteView) -> str:
    if step.state is StepState.CONFIRMED:
        return "done"
    current = route.next_step
    walking = route.state in {RouteState.APPROVED, RouteState.RUNNING}
    return "current" if walking and current is not None and current.id == step.id else "waiting"


def _goal(route: RouteView, diagnosis: Diagnosis) -> str:
    """Named after the first block of the plan until the person writes a goal."""
    served = next((block for step in route.steps for block in step.reason.get("serves", ())), None)
    blocks = diagnosis.undecided or diagnosis.to_clarify
    code = served or (blocks[0].code if blocks else None)
    if code is None:
        return str(_("по желанию"))
    return inside(say(diagnosis.block(code).title, language()))


def _unmet(route: RouteView, diagnosis: Diagnosis) -> tuple[str, ...]:
    """Only what is still open: a line of one's own may have closed it since the proposal."""
    settled = blocks_of(step.reason for step in route.steps)
    left = [one for one in route.proposal.get("open", ()) if one["block"] not in settled]
    titles = {block.code: say(block.title, language()) for block in diagnosis.blocks}
    return route_words.unmet(
        {**route.proposal, "open": left},
        titles,
        budget=route.hours_budget,
        steps=route.max_steps,
        until=route.ends_on,
        words=words(),
    )


def _proof(proposal: Mapping[str, object]) -> str:
    considered = int(str(proposal.get("considered", 0)))
    if not considered:
        return ""
    from_what = ngettext(
        "Подобрано из %(num)s подходящего ресурса каталога.",
        "Подобрано из %(num)s подходящих ресурсов каталога.",
        considered,
    )
    if proposal.get("status") == "optimal":
        proven = _("Лучшего набора при этих часах, сроке и числе шагов нет: это доказано расчётом.")
        return f"{from_what} {proven}"
    if proposal.get("status") == "within_gap":
        share = round(100 * float(str(proposal.get("gap", 0))), 1)
        bound = _("Возможный выигрыш от другого набора не больше %(share)s%%.", share=share)
        return f"{from_what} {bound}"
    return str(_("То, что вы закрепили, не помещается в часы или срок: остальное не подбиралось."))


def _official(route: RouteView, diagnosis: Diagnosis) -> tuple[tuple[str, str], ...]:
    waived = {one.competence for one in route.waivers}
    return tuple(
        (block.code, say(block.title, language()))
        for block in (*diagnosis.officially_high, *diagnosis.undecided)
        if block.code not in waived
    )

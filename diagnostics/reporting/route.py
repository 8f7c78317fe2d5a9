"""A route → the contents of its document in the form of the regions (ИОМ)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from diagnostics import clock
from diagnostics.campaigns.models import Campaign, Seat, Wave
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView
from diagnostics.pathways.models import RouteState, StepKind, StepState
from diagnostics.pathways.queries import views
from diagnostics.pathways.queries.views import RouteView, StepView
from diagnostics.people.models import Membership, OrgNode, PersonalData
from diagnostics.reporting import route_words
from diagnostics.reporting.person import official_scale, sources_of
from diagnostics.reporting.tasks import conclusion_of
from instruments.framework import Framework
from instruments.texts import say
from reports.contents import common
from reports.contents import route as contents
from reports.wording.words import Words

STATES: dict[RouteState, contents.RouteState] = {
    RouteState.DRAFT: contents.RouteState.DRAFT,
    RouteState.SENT: contents.RouteState.AGREED,
    RouteState.RETURNED: contents.RouteState.DRAFT,
    RouteState.APPROVED: contents.RouteState.APPROVED,
    RouteState.RUNNING: contents.RouteState.WALKED,
    RouteState.PAUSED: contents.RouteState.WALKED,
    RouteState.COMPLETED: contents.RouteState.COMPLETED,
    RouteState.CANCELLED: contents.RouteState.CANCELLED,
}
STEP_STATES: dict[StepState, contents.StepState] = {
    StepState.NOT_STARTED: contents.StepState.PLANNED,
    StepState.IN_WORK: contents.StepState.STARTED,
    StepState.ON_REVIEW: contents.StepState.REVIEW,
    StepState.CONFIRMED: contents.StepState.CONFIRMED,
    StepState.POSTPONED: contents.StepState.POSTPONED,
}


@dataclass(frozen=True, slots=True)
class _About:
    campaign: Campaign
    seat: Seat
    person: PersonalData | None
    school: OrgNode | None
    municipality: str
    organisation: OrgNode
    zone: str


def route_plan(route_id: str, words: Words, language: str = "ru") -> contents.RoutePlan:
    """Contents of the document of one route as it stands now; Missing for an unknown id."""
    route = views.route(route_id)
    finding = findings.finding(route.finding_id)
    about, framework = _about(finding), catalogue.framework(finding.framework_id)
    return contents.RoutePlan(
        heading=common.Heading(
            organisation=about.organisation.name,
            approval=_approval(about),
            formed_at=clock.local(clock.now(), about.zone),
        ),
        teacher=_teacher(about, words),
        tutor=route.tutor.full if route.tutor else "",
        starts=route.starts_on,
        ends=route.ends_on,
        state=STATES[route.state],
        revision=route.revision,
        diagnosed_on=finding.made_at.astimezone(ZoneInfo(about.zone)).date(),
        scale=official_scale(framework, finding.preset, about.campaign.preset_basis, language),
        diagnosis=_diagnosis(finding, framework, language),
        goal=route.goal or _goal(route, framework, words, language),
        tasks=_tasks(route, words, language),
        steps=tuple(_step(step, framework, words, language) for step in route.steps),
        waivers=_waivers(route, finding, framework, language),
        signatures=_signatures(route, about, words),
        sources=_sources(finding, about, language),
        reflection=" ".join(one.text for one in reversed(route.remarks_of("lesson"))),
        tutor_conclusion=route.conclusion,
    )


def _about(finding: FindingView) -> _About:
    school, municipality = aliased(OrgNode), aliased(OrgNode)
    row = session.execute(
        sa.select(Campaign, Seat, PersonalData, school, municipality.name, OrgNode, Wave)
        .select_from(Seat)
        .join(Wave, Wave.id == Seat.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .outerjoin(PersonalData, PersonalData.person_id == Seat.respondent_id)
        .outerjoin(school, school.id == Seat.school_id)
        .outerjoin(municipality, municipality.id == Seat.municipality_id)
        .where(Seat.id == finding.seat_id)
    ).one()
    campaign, seat, person, at_school, in_municipality, organisation, wave = row
    return _About(campaign, seat, person, at_school, in_municipality or "", organisation, wave.zone)


def _approval(about: _About) -> common.Approval | None:
    """«УТВЕРЖДАЮ» of the operator where its requisites name the head."""
    requisites = about.organisation.requisites or {}
    if not requisites.get("director"):
        return None
    return common.Approval(
        position=str(requisites.get("director_position") or "Руководитель"),
        name=str(requisites["director"]),
        year=clock.now().year,
    )


def _teacher(about: _About, words: Words) -> contents.Teacher:
    person = about.person
    if person is None:  # erased: the document keeps the work, not the person
        return contents.Teacher(full_name="")
    years = person.experience_years
    return contents.Teacher(
        full_name=" ".join(filter(None, (person.surname, person.given_name, person.patronymic))),
        position=about.seat.position or _position(person.person_id),
        subject=about.seat.subject_taught,
        school=about.school.name if about.school else "",
        municipality=about.municipality,
        experience="" if years is None else route_words.years(years, words),
        category=route_words.category(person.category or "", words),
        education=route_words.education(person.education or "", words),
        contact=", ".join(filter(None, (person.phone, person.email))),
    )


def _position(person_id: str) -> str:
    query = sa.select(Membership.position).where(Membership.person_id == person_id)
    return session.scalars(query.order_by(Membership.since.desc()).limit(1)).first() or ""


def _diagnosis(
    finding: FindingView, framework: Framework, language: str
) -> tuple[contents.DiagnosisLine, ...]:
    levels = {one.code: say(one.title, language) for one in framework.scales[finding.preset].levels}
    return tuple(
        contents.DiagnosisLine(
            code=scale.competence,
            title=say(framework.node(scale.competence).title, language),
            points=scale.points,
            maximum=scale.maximum,
            percent=scale.percent,
            level=levels.get(scale.level) if scale.level else None,
            conclusion=conclusion_of(scale),
            provisional=scale.provisional,
            n_items=scale.n_items,
        )
        for scale in finding.blocks
    )


def _goal(route: RouteView, framework: Framework, words: Words, language: str) -> str:
    """Named after the blocks of the plan until the teacher writes a goal."""
    codes = dict.fromkeys(block for step in route.steps for block in step.reason.get("serves", ()))
    titles = [f"«{say(framework.node(code).title, language)}»" for code in codes]
    if not titles:
        return words.say("Уточнить результаты диагностики и выбрать направление работы.")
    return words.say("Развить профессиональные умения: %(blocks)s.", blocks=", ".join(titles))


def _tasks(route: RouteView, words: Words, language: str) -> tuple[str, ...]:
    return tuple(
        route_words.step_title(step.kind, step.title, step.reason, words, language)
        for step in route.steps
        if step.kind is not StepKind.EXIT
    )


def _step(step: StepView, framework: Framework, words: Words, language: str) -> contents.PlanStep:
    served = step.reason.get("serves") or step.reason.get("clarifies") or ()
    titles = [say(framework.node(code).title, language) for code in served]
    title = route_words.step_title(step.kind, step.title, step.reason, words, language)
    content = route_words.first_sentence(route_words.what_to_do(step.kind, step.content, words))
    form = (
        route_words.form(step.form, step.mode, words)
        if step.form
        else words.say(route_words.KINDS.get(step.kind, ""))
    )
    return contents.PlanStep(
        deficit=", ".join(titles),
        task=f"{title}. {content}".rstrip(". ") if content else title,
        reason=route_words.one_line(step.reason, words, language),
        form=form,
        place=step.place,
        link=step.link,
        starts=step.starts_on if step.dated else None,
        due=step.due_on,
        hours=step.hours,
        evidence=step.evidence,
        state=STEP_STATES[step.state],
        confirmed_on=step.confirmed_at.date() if step.confirmed_at else None,
    )


def _waivers(
    route: RouteView, finding: FindingView, framework: Framework, language: str
) -> tuple[contents.Waiver, ...]:
    levels = {one.code: say(one.title, language) for one in framework.scales[finding.preset].levels}
    of_block = {scale.competence: scale.level for scale in finding.blocks}
    return tuple(
        contents.Waiver(
            deficit=say(framework.node(one.competence).title, language),
            level=levels.get(of_block.get(one.competence) or "", ""),
            reason=one.reason,
            signed_by=one.signed_by.short,
            signed_on=one.signed_at.date(),
        )
        for one in route.waivers
    )


def _sources(finding: FindingView, about: _About, language: str) -> common.Sources:
    """Block points from elsewhere have no work and no scoring of ours behind them."""
    if finding.instrument_id is not None and finding.scoring_id is not None:
        return sources_of(finding, language)
    framework, method = catalogue.framework(finding.framework_id), catalogue.method(finding.method_id)
    return common.Sources(
        instrument=common.Version(title=about.campaign.title, version="–"),
        scoring=common.Version(title=about.campaign.title, version="–"),
        framework=common.Version(title=say(framework.title, language), version=framework.version),
        method=common.Version(title=method.code, version=method.version),
        calibration=None,
        data_cut=finding.made_at,
    )


def _signatures(route: RouteView, about: _About, words: Words) -> tuple[contents.Signature, ...]:
    approved = _signed(route.approved_at, route)
    head = str(((about.school.requisites if about.school else None) or {}).get("director") or "")
    return (
        contents.Signature(
            role=words.say("Педагог"),
            name=route.person.short,
            signed_on=_signed(route.sent_at, route),
        ),
        contents.Signature(
            role=words.say("Тьютор (методист)"),
            name=route.tutor.short if route.tutor else "",
            signed_on=approved,
        ),
        contents.Signature(role=words.say("Руководитель организации"), name=head),
    )


def _signed(moment: datetime | None, route: RouteView) -> date | None:
    """The day by the clock of the school: an evening act is not signed the day before."""
    return clock.local(moment, route.zone).date() if moment else None

"""A finding → the contents of one person's report: page, PDF, DOCX and XLSX print these very facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from diagnostics import clock
from diagnostics.campaigns.models import Campaign, Privacy, Seat, Wave, WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.findings.queries import FindingView, ItemEvidence, ScaleView, estimates, evidence
from diagnostics.findings.queries.further import further_evidence
from diagnostics.measurement.conclusion import Conclusion
from diagnostics.people.models import OrgNode, PersonalData
from diagnostics.reporting.after_exit import NEEDS, after_exit, is_borrowed
from diagnostics.reporting.language import words_of
from diagnostics.reporting.tasks import conclusion_of, evidence_of, limits_of, said_about
from diagnostics.sittings import queries as sittings
from instruments.framework import Framework
from instruments.texts import say
from reports.contents import common
from reports.contents.person import (
    BlockResult,
    Need,
    NextStep,
    PersonReport,
    Strength,
    Visibility,
)
from reports.wording.words import Words

#: Fewer lost tasks name no topic: one miss is no pattern.
FEWEST_LOST = 2


@dataclass(frozen=True, slots=True)
class _About:
    """Rows that a report names."""

    campaign: Campaign
    wave: Wave
    seat: Seat
    person: PersonalData | None
    school: str
    municipality: str
    organisation: str


def person_report(view: FindingView, words: Words, language: str = "ru") -> PersonReport:
    """Contents of one finding; works for superseded ones too.

    Missing where only block points from elsewhere are known: without tasks there is no profile.
    """
    if view.instrument_id is None or view.scoring_id is None:
        raise Missing
    about, framework = _about(view), catalogue.framework(view.framework_id)
    tasks, said = evidence(view), said_about(view)
    develop = _develop(view, framework, tasks, language)
    return PersonReport(
        heading=common.Heading(
            organisation=about.organisation, formed_at=clock.local(view.made_at, view.zone)
        ),
        full_name=_full_name(about.person),
        position=", ".join(filter(None, (about.seat.position, about.seat.subject_taught))),
        school=about.school,
        municipality=about.municipality,
        diagnosis=about.campaign.title,
        stage=common.Stage(about.wave.kind.value),
        taken_on=_taken_on(view, about.wave),
        visibility=visibility_of(about.campaign),
        scale=official_scale(framework, view.preset, about.campaign.preset_basis, language),
        blocks=_blocks(view, framework, language),
        evidence=(
            *(evidence_of(task, language, said.get(task.code)) for task in tasks),
            *(evidence_of(task, language, further=True) for task in further_evidence(view)),
        ),
        strengths=_strengths(view, framework, tasks, language),
        develop=develop,
        next_step=_next_step(view, develop, words),
        limits=limits_of(view, framework, language),
        sources=sources_of(view, language),
    )


def visibility_of(campaign: Campaign) -> Visibility:
    """Who sees the result by name, as people were told in advance."""
    if campaign.privacy is not Privacy.NAMED or not campaign.visibility.get("levels_to_tutor"):
        return Visibility.PERSON
    if campaign.visibility.get("levels_to_school"):
        return Visibility.PERSON_TUTOR_AND_SCHOOL
    return Visibility.PERSON_AND_TUTOR


def official_scale(
    framework: Framework, preset_code: str, basis: str, language: str = "ru"
) -> common.OfficialScale:
    """The preset of a framework as documents name it; `basis`: the regulation that approved it."""
    preset = framework.scales[preset_code]
    return common.OfficialScale(
        title=(say(preset.title, language) or preset_code).partition(" — ")[0],
        levels=tuple(
            common.Level(
                code=level.code,
                title=say(level.title, language) or level.code,
                short=(say(level.title, language) or level.code).split(" ")[0],
                lower=level.lower,
            )
            for level in sorted(preset.levels, key=lambda level: level.lower)
        ),
        deficit_below=preset.deficit_below,
        approved=basis or say(preset.approved, language) or "",
    )


def sources_of(view: FindingView, language: str = "ru") -> common.Sources:
    """Every version behind the figures of a finding."""
    words = words_of(language)
    instrument, framework = (
        catalogue.instrument(view.instrument_id or ""),
        catalogue.framework(view.framework_id),
    )
    title = say(instrument.title, language) or instrument.code
    form = say(instrument.form(view.form).title, language)
    return common.Sources(
        instrument=common.Version(title=title, version=_number(view.instrument_id)),
        scoring=common.Version(title=title, version=_number(view.scoring_id)),
        framework=common.Version(
            title=say(framework.title, language) or framework.code, version=framework.version
        ),
        method=common.Version(
            title=words.say("Методика расчёта"), version=catalogue.method(view.method_id).version
        ),
        calibration=_calibration(view, words),
        data_cut=clock.local(view.made_at, view.zone),
        forms=(form,) if form else (),
    )


def _calibration(view: FindingView, words: Words) -> common.Version | None:
    if view.calibration_id is None:
        return None
    persons = int(catalogue.calibration(view.calibration_id)["persons"])
    title = words.count(
        persons, "по ответам %(n)d человека", "по ответам %(n)d человек", "по ответам %(n)d человек"
    )
    if is_borrowed(view):
        title = words.say("%(people)s на прежней диагностике", people=title)
    return common.Version(title=title, version=_number(view.calibration_id))


def _number(version_id: str | None) -> str:
    found = catalogue.one(version_id) if version_id else None
    return str(found.number) if found else ""


def _about(view: FindingView) -> _About:
    school, municipality = aliased(OrgNode), aliased(OrgNode)
    row = session.execute(
        sa.select(Campaign, Wave, Seat, PersonalData, school.name, municipality.name, OrgNode.name)
        .select_from(Seat)
        .join(Wave, Wave.id == Seat.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .outerjoin(PersonalData, PersonalData.person_id == Seat.respondent_id)
        .outerjoin(school, school.id == Seat.school_id)
        .outerjoin(municipality, municipality.id == Seat.municipality_id)
        .where(Seat.id == view.seat_id)
    ).one()
    campaign, wave, seat, person, at_school, in_municipality, organisation = row
    return _About(campaign, wave, seat, person, at_school or "", in_municipality or "", organisation)


def name_of(view: FindingView) -> str:
    """Full name of the person of a finding; empty for an anonymous or erased one."""
    return _full_name(session.get(PersonalData, view.person_id) if view.person_id else None)


def _full_name(person: PersonalData | None) -> str:
    if person is None:
        return ""
    return " ".join(filter(None, (person.surname, person.given_name, person.patronymic)))


def _taken_on(view: FindingView, wave: Wave) -> date:
    sitting = sittings.one(view.sitting_id) if view.sitting_id else None
    moment = sitting.submitted_at if sitting and sitting.submitted_at else wave.closes_at
    return clock.local(moment, wave.zone).date()


def _blocks(view: FindingView, framework: Framework, language: str) -> tuple[BlockResult, ...]:
    likely = estimates(view)
    return tuple(
        _block(scale, likely.get(scale.competence), framework, view.preset, language) for scale in view.blocks
    )


def _block(
    scale: ScaleView, estimate: float | None, framework: Framework, preset: str, language: str
) -> BlockResult:
    titles = {level.code: say(level.title, language) for level in framework.scales[preset].levels}
    known = scale.low80 is not None and scale.high80 is not None
    return BlockResult(
        code=scale.competence,
        title=_title(framework, scale.competence, language),
        percent=scale.percent,
        band=common.Interval(scale.low80 or 0.0, scale.high80 or 0.0) if known else None,
        conclusion=conclusion_of(scale),
        provisional=scale.provisional,
        level=titles.get(scale.level) if scale.level else None,
        points=scale.points,
        maximum=scale.maximum,
        n_items=scale.n_items,
        n_planned=scale.n_planned,
        omitted=scale.omitted,
        unreached=scale.unreached,
        probability=scale.p_deficit,
        estimate=estimate,
    )


def _strengths(
    view: FindingView, framework: Framework, tasks: Sequence[ItemEvidence], language: str
) -> tuple[Strength, ...]:
    return tuple(
        Strength(
            block=scale.competence,
            title=_title(framework, scale.competence, language),
            solved=sum(task.block == scale.competence and task.points == task.maximum for task in tasks),
            n_items=scale.n_items,
        )
        for scale in view.blocks
        if scale.conclusion is Conclusion.SURELY_NONE
    )


def _develop(
    view: FindingView, framework: Framework, tasks: Sequence[ItemEvidence], language: str
) -> tuple[Need, ...]:
    """Confirmed before probable, the surest first."""
    blocks = [scale for scale in view.blocks if scale.conclusion in NEEDS]
    blocks.sort(key=lambda scale: -(scale.p_deficit or 0))
    return tuple(
        _need(scale, framework, [task for task in tasks if task.block == scale.competence], language)
        for scale in blocks
    )


def _need(scale: ScaleView, framework: Framework, tasks: Sequence[ItemEvidence], language: str) -> Need:
    topic, lost, asked = _where_lost(scale.competence, tasks)
    return Need(
        block=scale.competence,
        title=_title(framework, scale.competence, language),
        probable=scale.conclusion is Conclusion.PROBABLE,
        topic=_title(framework, topic, language) if topic else "",
        lost=lost,
        n_items=asked,
    )


def _where_lost(block: str, tasks: Sequence[ItemEvidence]) -> tuple[str, int, int]:
    """The part of a block with most lost tasks: (code, lost, asked); no code where none stands out."""
    asked: Mapping[str, list[bool]] = defaultdict(list)
    for task in tasks:
        for topic in task.topics:
            if topic != block and task.points is not None:
                asked[topic].append(task.lost)
    ranked = sorted(((sum(lost), len(lost), topic) for topic, lost in asked.items()), reverse=True)
    if not ranked or ranked[0][0] < FEWEST_LOST or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return "", 0, 0
    lost, number, topic = ranked[0]
    return topic, lost, number


def _next_step(view: FindingView, develop: Sequence[Need], words: Words) -> NextStep:
    if view.wave_kind is WaveKind.EXIT:
        return after_exit(view, develop, words)
    if not develop:
        return NextStep(title=words.say("По этим заданиям ничего срочного не видно: маршрут — по желанию"))
    if all(need.probable for need in develop):
        return NextStep(title=words.say("Собрать маршрут: первым шагом уточним вывод"))
    return NextStep(title=words.say("Собрать маршрут: предложим 3–5 шагов, лишнее уберёте"))


def _title(framework: Framework, code: str, language: str) -> str:
    return say(framework.node(code).title, language) or code

"""Facts of a stage → contents of the papers with results by name."""

from __future__ import annotations

from dataclasses import replace

from diagnostics import clock
from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts.scales import level_at
from diagnostics.cohorts.sources import sources_of
from diagnostics.errors import Missing
from diagnostics.findings.queries import FindingView, ScaleView
from diagnostics.reporting.language import words_of
from diagnostics.reporting.papers.facts import Facts, has_submitted, levels_open, participant
from diagnostics.reporting.person import person_report
from diagnostics.reporting.person import sources_of as named_sources
from instruments.texts import say
from reports.contents.common import OfficialScale, Sources
from reports.contents.papers.results import (
    Attendance,
    Mark,
    PersonalSheets,
    PersonMarks,
    Protocol,
    Summary,
)


def summary(facts: Facts) -> Summary:
    """Missing while there is no result."""
    views = list(facts.results.values())
    codes = [scale.competence for scale in views[0].blocks] if views else []
    framework = catalogue.framework(facts.campaign.framework_id)
    return Summary(
        head=facts.head,
        scale=facts.scale,
        sources=_sources(facts),
        blocks=tuple(say(framework.node(code).title, facts.language) or code for code in codes),
        rows=tuple(
            PersonMarks(
                person=participant(one),
                marks=tuple(_mark(facts.results[one.person_id].scale(code), facts.scale) for code in codes),
                whole=_whole(facts.results[one.person_id], facts.scale),
            )
            for one in facts.named
        ),
        unnamed=facts.unnamed,
        invited=len(facts.people),
        submitted=sum(has_submitted(one) for one in facts.people),
        waiting=sum(has_submitted(one) and one.person_id not in facts.results for one in facts.people),
    )


def _sources(facts: Facts) -> Sources:
    """Versions of the newest result, the forms of all."""
    found = sources_of(facts.campaign, facts.results.values(), facts.language)
    if found is None:
        raise Missing
    last = max(facts.results.values(), key=lambda view: (view.made_at, view.id))
    if last.instrument_id and last.scoring_id:
        return replace(named_sources(last, facts.language), forms=found.forms)
    return replace(found, data_cut=clock.local(found.data_cut, facts.wave.zone))


def _mark(scale: ScaleView | None, official: OfficialScale) -> Mark:
    if scale is None:
        return Mark(percent=None, level=None)
    level = next((level for level in official.levels if level.code == scale.level), None)
    return Mark(percent=scale.percent, level=level)


def _whole(view: FindingView, official: OfficialScale) -> Mark:
    percent = view.percent
    return Mark(percent=percent, level=None if percent is None else level_at(percent, official))


def protocol(facts: Facts) -> Protocol:
    """Without levels where people were promised that nobody else sees them."""
    return Protocol(
        head=facts.head,
        scale=facts.scale,
        people=tuple(
            Attendance(person=participant(one), submitted=has_submitted(one))
            for one in facts.people
            if not facts.naming.has_withdrawn(one.person_id)
        ),
        invited=len(facts.people),
        submitted=sum(has_submitted(one) for one in facts.people),
        results=summary(facts) if levels_open(facts.campaign) else None,
    )


def personal(facts: Facts) -> PersonalSheets:
    """Results from elsewhere have no tasks and so no sheet."""
    words = words_of(facts.language)
    views = [facts.results[one.person_id] for one in facts.named]
    return PersonalSheets(
        head=facts.head,
        reports=tuple(
            person_report(view, words, facts.language) for view in views if view.instrument_id and view.scoring_id
        ),
        unnamed=facts.unnamed,
    )  # fmt: skip

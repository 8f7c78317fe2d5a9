"""A self-assessment → contents: alone, or beside the test of the same person. Nothing is averaged."""

from __future__ import annotations

from datetime import date

from diagnostics import clock
from diagnostics.campaigns.queries import campaign as campaign_of
from diagnostics.catalogue import queries as catalogue
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView, ScaleView
from diagnostics.measurement.intervals import Interval as Measured
from diagnostics.measurement.method import Method
from diagnostics.measurement.survey.selfview import self_view
from diagnostics.reporting.person import person_report
from diagnostics.sittings import queries as sittings
from instruments.document import LevelItem
from instruments.framework import Framework
from instruments.texts import say
from reports.contents.beside import SelfBeside, SelfLine, SelfWord
from reports.contents.common import Interval
from reports.contents.selfview import SelfReport
from reports.wording.words import Words


def self_report(
    view: FindingView, test: FindingView | None, words: Words, language: str = "ru"
) -> SelfReport:
    """Contents of a self-assessment; `test`: what the reader may see of the person's newest test, or None."""
    facts = person_report(view, words, language)
    return SelfReport(
        heading=facts.heading,
        full_name=facts.full_name,
        school=facts.school,
        diagnosis=facts.diagnosis,
        taken_on=facts.taken_on,
        visibility=facts.visibility,
        beside=beside(view, test, language),
        sources=facts.sources,
    )


def counterpart(view: FindingView) -> FindingView | None:
    """The newest current finding of the other kind by the same person, about a block that both report.

    Who reads must still be asked whether it may be seen: it may belong to another diagnosis.
    """
    if view.person_id is None or view.scoring_id is None:
        return None
    kind, framework = findings.is_opinion(view), catalogue.framework(view.framework_id).code
    blocks = {one.competence for one in view.blocks}
    return next(
        (
            one
            for one in findings.of_person(view.person_id)
            if one.scoring_id is not None
            and one.trial is view.trial
            and findings.is_opinion(one) is not kind
            and catalogue.framework(one.framework_id).code == framework
            and blocks & {line.competence for line in one.blocks}
        ),
        None,
    )


def beside(
    own: FindingView, test: FindingView | None, language: str, *, only_both: bool = False
) -> SelfBeside:
    """Blocks in the order of the self-assessment; `only_both`: those that the test reports too."""
    method = catalogue.method(own.method_id)
    framework = catalogue.framework(own.framework_id)
    lines = tuple(
        _line(one, test.scale(one.competence) if test else None, framework, own, method, language)
        for one in own.blocks
    )
    return SelfBeside(
        self_title=campaign_of(own.campaign_id).title,
        self_on=_taken_on(own),
        test_title=campaign_of(test.campaign_id).title if test else "",
        test_on=_taken_on(test) if test else None,
        gap=method.self_gap,
        lines=tuple(one for one in lines if one.test is not None) if only_both else lines,
    )


def _line(
    one: ScaleView,
    test: ScaleView | None,
    framework: Framework,
    view: FindingView,
    method: Method,
    language: str,
) -> SelfLine:
    tested = test is not None and test.is_block and test.percent is not None
    band = _band(test) if tested and test else None
    word = SelfWord.NO_TEST
    if tested and test:
        measured = Measured(band.low, band.high) if band else None
        word = SelfWord(self_view(one.percent, test.percent, measured, method).value)
    return SelfLine(
        code=one.competence,
        title=say(framework.node(one.competence).title, language) or one.competence,
        own=one.percent,
        answered=_answered(one, view),
        n_items=one.n_items + one.unreached,
        test=test.percent if tested and test else None,
        band=band,
        word=word,
        level=_level(one, framework, view, language),
    )


def _level(one: ScaleView, framework: Framework, view: FindingView, language: str) -> str:
    """Opinions reach no level of deficits; only where levels were chosen from is one told of the block."""
    if one.percent is None or view.instrument_id is None:
        return ""
    nodes, scoring = set(framework.pool(one.competence)), catalogue.scoring(view.scoring_id or "")
    work = catalogue.instrument(view.instrument_id)
    asked = [
        item for item in work.items if (key := scoring.items.get(item.code)) and nodes & set(key.competences)
    ]
    if not all(isinstance(item, LevelItem) for item in asked):
        return ""
    return say(framework.scales[view.preset].level_of(one.percent).title, language)


def _answered(one: ScaleView, view: FindingView) -> int:
    """Statements of the block that have a mark."""
    scoring = catalogue.scoring(view.scoring_id or "")
    nodes = set(catalogue.framework(view.framework_id).pool(one.competence))
    return sum(
        score.points is not None and bool(nodes & set(scoring.items[code].competences))
        for code, score in view.items.items()
        if code in scoring.items
    )


def _band(test: ScaleView) -> Interval | None:
    if test.low80 is None or test.high80 is None:
        return None
    return Interval(test.low80, test.high80)


def _taken_on(view: FindingView) -> date:
    sitting = sittings.one(view.sitting_id) if view.sitting_id else None
    moment = sitting.submitted_at if sitting and sitting.submitted_at else view.made_at
    return clock.local(moment, view.zone).date()

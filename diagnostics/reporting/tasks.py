"""Tasks behind a finding → contents of a report: what each brought, and which hold the result down."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics.findings.queries import FindingView, ItemEvidence, ScaleView, limits
from diagnostics.marking import queries as marking
from diagnostics.marking.queries import Said
from instruments.framework import Framework
from instruments.items import Status
from instruments.texts import say
from reports.contents.common import Conclusion
from reports.contents.person import CriterionLine, Evidence, Limit


def limits_of(view: FindingView, framework: Framework, language: str) -> tuple[Limit, ...]:
    """In the order of the scoring document, with titles as people read them."""
    titles = {level.code: say(level.title, language) for level in framework.scales[view.preset].levels}
    return tuple(
        Limit(
            block=say(framework.node(one.block).title, language) or one.block,
            task=say(one.title, language),
            level=titles.get(one.level, one.level) if one.level else "",
        )
        for one in limits(view)
    )


def conclusion_of(scale: ScaleView) -> Conclusion:
    """What may be said about a block; before an expert has marked all of it, only that."""
    return Conclusion.AWAITING if scale.awaiting else Conclusion(scale.conclusion.value)


def said_about(view: FindingView) -> Mapping[str, Said]:
    """Item → what experts said, of the answers whose marks stand in the finding."""
    if view.sitting_id is None or view.scoring_id is None or not marking.rubrics_of(view.scoring_id):
        return {}
    return marking.said_of(view.sitting_id)


def evidence_of(
    task: ItemEvidence, language: str, said: Said | None = None, *, further: bool = False
) -> Evidence:
    is_marked = said is not None and task.points is not None
    return Evidence(
        block=task.block,
        code=task.code,
        title=say(task.title, language) or task.code,
        points=task.points or 0.0,
        maximum=task.maximum,
        omitted=task.status is Status.OMITTED,
        unreached=task.status is Status.UNREACHED,
        awaiting=task.status is Status.AWAITING,
        further=further,
        rubric=_rubric(said, language) if said and is_marked else (),
        remarks=said.remarks if said and is_marked else (),
    )


def _rubric(said: Said, language: str) -> tuple[CriterionLine, ...]:
    return tuple(
        CriterionLine(
            title=say(one.title, language),
            points=one.points,
            maximum=one.maximum,
            levels=tuple(say(text, language) for text in one.levels),
        )
        for one in said.criteria
    )

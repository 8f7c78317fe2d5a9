"""Tasks behind a finding → contents of a report: what each brought, and which hold the result down."""

from __future__ import annotations

from diagnostics.findings.queries import FindingView, ItemEvidence, limits
from instruments.framework import Framework
from instruments.items import Status
from instruments.texts import say
from reports.contents.person import Evidence, Limit


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


def evidence_of(task: ItemEvidence, language: str, *, further: bool = False) -> Evidence:
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
    )

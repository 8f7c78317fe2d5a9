"""Why a step stands in a route: deficit → evidence → why this resource → hours, as codes and parameters.

The words are made at the edge and in the printed plan from the same codes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from diagnostics.database import Json
from diagnostics.pathways.desk import Desk, best_node
from diagnostics.pathways.needs import BlockFacts, Diagnosis
from diagnostics.resources.queries import ResourceView


def of_resource(desk: Desk, code: str, taken: Sequence[str], *, by: str = "proposal") -> Json:
    """Reason of a resource in the route `taken`; `by`: proposal | hand (put in by the person)."""
    blocks = [desk.diagnosis.block(block) for block in desk.served(code)]
    resource = desk.catalogue[code]
    return {
        "by": by,
        "serves": [block.code for block in blocks],
        "because": [because(desk.diagnosis, block) for block in blocks],
        "evidence": evidence(resource, blocks[0]) if blocks else None,
        "why": why_this(desk, resource, taken) if by == "proposal" else {"code": "chosen"},
        "hours": resource.hours,
    }


def of_clarifying(diagnosis: Diagnosis) -> Json:
    blocks = diagnosis.to_clarify
    return {
        "by": "proposal",
        "serves": [],
        "clarifies": [block.code for block in blocks],
        "because": [because(diagnosis, block) for block in blocks],
    }


def of_exit() -> Json:
    return {"by": "proposal", "serves": [], "because": [{"code": "exit"}]}


def of_own(block: str | None, author: str) -> Json:
    """`author`: teacher | tutor."""
    return {"by": "hand", "serves": [block] if block else [], "because": [{"code": author}]}


def because(diagnosis: Diagnosis, block: BlockFacts) -> Json:
    """The deficit with the figures that a sentence needs."""
    return {
        "code": diagnosis.rules.because(block) or "undecided",
        "block": block.code,
        "title": dict(block.title),
        "percent": block.percent,
        "cut": diagnosis.rules.preset.deficit_below,
        "level": block.level,
        "points": block.points,
        "maximum": block.maximum,
        "provisional": block.provisional,
    }


def evidence(resource: ResourceView, block: BlockFacts) -> Json:
    """Where points were lost: the sub-node that the resource serves, or the whole block."""
    code = best_node(resource, block)
    node = next((one for one in block.nodes if one.code == code and one.wrong), None)
    items = [one for one in block.items if node is None or one.node == node.code]
    return {
        "block": block.code,
        "node": node.code if node else None,
        "title": dict(node.title) if node else dict(block.title),
        "wrong": node.wrong if node else len(items),
        "tasks": node.tasks if node else block.n_items,
        "items": [{"number": item.number, "title": dict(item.title)} for item in items],
        "points": block.points,
        "maximum": block.maximum,
        "percent": block.percent,
    }


def why_this(desk: Desk, resource: ResourceView, taken: Sequence[str]) -> Json:
    """Why this one and not another that serves the same block: the first reason that holds.

    `among`: how many would have served it within the period.
    """
    rivals = rivals_of(desk, resource.code, exclude=taken)
    found = _by_content(desk, resource, taken, rivals) or _by_terms(desk, resource, rivals)
    return found | {"among": len(rivals) + 1}


def _by_content(
    desk: Desk, resource: ResourceView, taken: Sequence[str], rivals: Sequence[ResourceView]
) -> Json | None:
    served = desk.served(resource.code)
    if len(served) > 1:
        return {"code": "two_blocks", "blocks": list(served[:2])}
    before = [code for code in resource.prerequisites if code in taken]
    if before:
        return {"code": "continues", "resource": before[0], "title": desk.catalogue[before[0]].title}
    return {"code": "most"} if _covers_most(desk, resource, rivals) else None


def _by_terms(desk: Desk, resource: ResourceView, rivals: Sequence[ResourceView]) -> Json:
    if desk.wishes.formats or desk.wishes.modes:
        return {"code": "wish", "format": resource.format, "mode": resource.mode}
    run = desk.runs.get(resource.code)
    if run is not None:
        return {"code": "soonest", "day": run.starts_on.isoformat()}
    if rivals and all(rival.hours >= resource.hours for rival in rivals):
        return {"code": "shortest"}
    return {"code": "today" if resource.mode == "distance" else "fits", "hours": resource.hours}


def _covers_most(desk: Desk, resource: ResourceView, rivals: Sequence[ResourceView]) -> bool:
    """Strictly more of its main block than any rival: it works where the points were lost."""
    main = desk.served(resource.code)[0]
    share = desk.covers(resource.code)[main]
    return bool(rivals) and all(desk.covers(one.code)[main] < share for one in rivals)


def rivals_of(desk: Desk, code: str, *, exclude: Collection[str]) -> list[ResourceView]:
    """Other resources that serve the same main block within the period."""
    main = desk.served(code)[:1]
    return [
        desk.catalogue[one.code]
        for one in desk.problem.resources
        if one.code != code
        and one.code not in exclude
        and set(main) & set(desk.covers(one.code))
        and desk.in_time(one.code)
    ]

"""A finding read as a route needs it: blocks, levels, and the tasks that lost points."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Campaign, Seat, Wave
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.findings.models import Finding, FindingScale
from diagnostics.measurement.conclusion import Conclusion
from diagnostics.pathways.errors import RouteRefused
from diagnostics.pathways.needs import BlockFacts, Diagnosis, LostItem, NodeLoss, Rules
from instruments.framework import Framework
from instruments.items import Status

#: Never shown or not scored: says nothing about the person.
SILENT = frozenset({Status.UNREACHED.value, Status.NOT_SCORED.value, Status.RATED.value})
EPSILON = 1e-9


def diagnosis(finding_id: str) -> Diagnosis:
    """Missing for an unknown finding; RouteRefused for an anonymous one, which has nobody to walk a route."""
    row = session.execute(
        sa.select(Finding, Campaign, Assignment.instrument_id)
        .join(Wave, Wave.id == Finding.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .join(Seat, Seat.id == Finding.seat_id)
        .join(Assignment, Assignment.id == Seat.assignment_id)
        .where(Finding.id == finding_id)
    ).first()
    if row is None:
        raise Missing
    finding, campaign, instrument_id = row
    if finding.person_id is None:
        raise RouteRefused("route_needs_person")
    framework = catalogue.framework(finding.framework_id)
    rules = Rules(framework.scales[finding.preset], tuple(campaign.route_levels.get("levels", ())))
    lost = _lost_items(finding, instrument_id)
    scales = session.scalars(
        sa.select(FindingScale).where(FindingScale.finding_id == finding_id, FindingScale.is_block)
    )
    blocks = [_block(scale, framework, lost) for scale in scales]
    order = {node.code: place for place, node in enumerate(framework.nodes)}
    blocks.sort(key=lambda block: order.get(block.code, len(order)))
    return Diagnosis(finding_id, campaign.id, finding.person_id, tuple(blocks), rules)


def _lost_items(finding: Finding, instrument_id: str | None) -> list[LostItem]:
    """Every task that counts, with the node that it weighs most in; `lost` 0 for a full mark."""
    if finding.scoring_id is None or not finding.items:
        return []
    scoring = catalogue.scoring(finding.scoring_id)
    titles = (
        {item.code: dict(item.title or {}) for item in catalogue.instrument(instrument_id).items}
        if instrument_id
        else {}
    )
    found = []
    for code, (points, maximum, status) in finding.items.items():
        key = scoring.items.get(code)
        if status in SILENT or key is None or not key.competences:
            continue
        node = max(key.competences, key=lambda one: key.competences[one])
        lost = float(maximum) - float(points or 0.0)
        found.append(LostItem(code, titles.get(code, {}), node, lost))
    return found


def _block(scale: FindingScale, framework: Framework, lost: list[LostItem]) -> BlockFacts:
    pool = framework.pool(scale.competence)
    inside = [item for item in lost if item.node in pool]
    by_node: dict[str, list[LostItem]] = defaultdict(list)
    for item in inside:
        by_node[item.node].append(item)
    return BlockFacts(
        code=scale.competence,
        title=dict(framework.node(scale.competence).title),
        points=scale.points,
        maximum=scale.maximum,
        percent=scale.percent,
        level=scale.level,
        conclusion=Conclusion(scale.conclusion),
        probability=scale.p_deficit,
        provisional=scale.provisional,
        n_items=scale.n_items,
        nodes=tuple(_node(code, framework, by_node.get(code, [])) for code in pool),
        items=tuple(sorted((one for one in inside if one.lost > EPSILON), key=lambda one: one.code)),
    )


def _node(code: str, framework: Framework, items: list[LostItem]) -> NodeLoss:
    return NodeLoss(
        code=code,
        title=dict(framework.node(code).title),
        tasks=len(items),
        wrong=sum(item.lost > EPSILON for item in items),
        lost=sum(item.lost for item in items),
    )

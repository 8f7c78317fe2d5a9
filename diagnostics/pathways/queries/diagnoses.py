"""A finding read as a route needs it: blocks, levels, and the tasks that lost points."""

from __future__ import annotations

from collections import defaultdict

from diagnostics.campaigns import queries as campaigns
from diagnostics.catalogue import queries as catalogue
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView, ItemEvidence, ScaleView
from diagnostics.pathways.errors import RouteRefused
from diagnostics.pathways.needs import BlockFacts, Diagnosis, LostItem, NodeLoss, Rules
from instruments.framework import Framework

Tasks = dict[str, list[ItemEvidence]]


def diagnosis(finding_id: str) -> Diagnosis:
    """Missing for an unknown finding; RouteRefused for an anonymous one, which has nobody to walk a route."""
    view = findings.finding(finding_id)
    if view.person_id is None:
        raise RouteRefused("route_needs_person")
    framework = catalogue.framework(view.framework_id)
    rules = Rules(framework.scales[view.preset], campaigns.campaign(view.campaign_id).route_levels)
    tasks = _tasks(view)
    blocks = tuple(_block(scale, framework, tasks) for scale in view.blocks)
    return Diagnosis(finding_id, view.campaign_id, view.person_id, blocks, rules)


def _tasks(view: FindingView) -> Tasks:
    """Node → the tasks that count and weigh most in it; empty where only block points are known."""
    if view.scoring_id is None:
        return {}
    scoring = catalogue.scoring(view.scoring_id)
    found: Tasks = defaultdict(list)
    for task in findings.evidence(view):
        if task.points is not None and task.topics:
            weights = scoring.items[task.code].competences
            found[max(task.topics, key=lambda topic: weights[topic])].append(task)
    return found


def _block(scale: ScaleView, framework: Framework, tasks: Tasks) -> BlockFacts:
    nodes = tuple(_node(code, framework, tasks.get(code, [])) for code in framework.pool(scale.competence))
    lost = [
        LostItem(task.code, task.number, dict(task.title), node.code)
        for node in nodes
        for task in tasks.get(node.code, ())
        if task.lost
    ]
    return BlockFacts(
        code=scale.competence,
        title=dict(framework.node(scale.competence).title),
        points=scale.points,
        maximum=scale.maximum,
        percent=scale.percent,
        level=scale.level,
        conclusion=scale.conclusion,
        probability=scale.p_deficit,
        provisional=scale.provisional,
        n_items=scale.n_items,
        awaiting=scale.awaiting,
        nodes=nodes,
        items=tuple(sorted(lost, key=lambda item: item.number)),
    )


def _node(code: str, framework: Framework, tasks: list[ItemEvidence]) -> NodeLoss:
    return NodeLoss(
        code=code,
        title=dict(framework.node(code).title),
        tasks=len(tasks),
        wrong=sum(task.lost for task in tasks),
        lost=sum(task.maximum - (task.points or 0.0) for task in tasks),
    )

"""Mistakes of the rules about critical items."""

from __future__ import annotations

from instruments.critical import Critical
from instruments.document import Instrument
from instruments.framework import Framework
from instruments.problems import Problem, error, warning
from instruments.scoring import Scoring


def check_critical(instrument: Instrument, scoring: Scoring, framework: Framework) -> list[Problem]:
    known = {item.code for item in instrument.items}
    return [
        problem
        for number, rule in enumerate(scoring.critical, 1)
        for problem in (
            *_check_item(f"critical.#{number}", rule, scoring, known),
            *_check_effect(f"critical.#{number}", rule, scoring, framework),
        )
    ]


def _check_item(where: str, rule: Critical, scoring: Scoring, known: set[str]) -> list[Problem]:
    if rule.item not in known:
        return [error(f"{where}.item", "item_unknown", code=rule.item)]
    if rule.item not in scoring.items or scoring.items[rule.item].points == 0:
        return [error(f"{where}.item", "critical_not_scored", code=rule.item)]
    return []


def _check_effect(where: str, rule: Critical, scoring: Scoring, framework: Framework) -> list[Problem]:
    problems = []
    if rule.node not in {node.code for node in framework.nodes}:
        problems.append(error(f"{where}.node", "competence_unknown", competence=rule.node))
    elif rule.effect == "cap_level" and rule.node not in scoring.blocks:
        problems.append(error(f"{where}.node", "critical_no_block", competence=rule.node))
    if rule.effect == "zero_parent":
        unused = rule.level is not None
        return (
            [*problems, warning(f"{where}.level", "critical_level_unused", level=rule.level)]
            if unused
            else problems
        )
    return problems + _check_level(where, rule, scoring, framework)


def _check_level(where: str, rule: Critical, scoring: Scoring, framework: Framework) -> list[Problem]:
    if rule.level is None:
        return [error(f"{where}.level", "critical_level_missing")]
    preset = framework.scales.get(scoring.preset)
    if preset is None:
        return []
    found = next((level for level in preset.levels if level.code == rule.level), None)
    if found is None:
        return [error(f"{where}.level", "critical_level_unknown", level=rule.level)]
    best = found.lower >= max(level.lower for level in preset.levels)
    return [warning(f"{where}.level", "critical_level_best", level=rule.level)] if best else []

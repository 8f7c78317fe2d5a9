"""Mistakes of a framework: the tree, the levels, the ties to other frameworks."""

from __future__ import annotations

from instruments.checking.common import check_texts, repeated
from instruments.framework import Framework, LevelPreset
from instruments.problems import Problem, error


def check_framework(framework: Framework) -> list[Problem]:
    """Every mistake of the framework by itself."""
    return [
        *check_texts(framework),
        *repeated("nodes", (node.code for node in framework.nodes)),
        *_check_tree(framework),
        *(problem for code, preset in framework.scales.items() for problem in _check_preset(code, preset)),
        *_check_crosswalks(framework),
        *_check_targets(framework),
    ]


def _check_tree(framework: Framework) -> list[Problem]:
    known = {node.code for node in framework.nodes}
    tops = [node.code for node in framework.nodes if node.parent not in known]
    reached = {code for top in tops for code in framework.below(top)}
    problems = [] if framework.nodes else [error("nodes", "no_nodes")]
    for node in framework.nodes:
        where = f"nodes.{node.code}.parent"
        if node.parent is not None and node.parent not in known:
            problems.append(error(where, "parent_unknown", parent=node.parent))
        elif node.code not in reached:  # the way up never ends
            problems.append(error(where, "parent_circle", code=node.code))
        problems += [
            error(f"nodes.{node.code}.joins", "competence_unknown", competence=code)
            for code in node.joins
            if code not in known
        ]
    return problems


def _check_preset(code: str, preset: LevelPreset) -> list[Problem]:
    where = f"scales.{code}"
    if not preset.levels:
        return [error(f"{where}.levels", "no_levels")]
    cuts = [level.lower for level in preset.levels]
    problems = repeated(f"{where}.levels", (level.code for level in preset.levels))
    if min(cuts) != 0:
        problems.append(error(f"{where}.levels", "levels_start", lower=f"{min(cuts):g}"))
    if cuts != sorted(set(cuts)):
        problems.append(error(f"{where}.levels", "levels_order"))
    if preset.deficit_below not in cuts:
        problems.append(error(f"{where}.deficit_below", "deficit_no_cut", cut=f"{preset.deficit_below:g}"))
    return problems


def _check_crosswalks(framework: Framework) -> list[Problem]:
    known = {node.code for node in framework.nodes}
    ties = [(tie.source, tie.to_framework, tie.to) for tie in framework.crosswalks]
    return [
        *(
            error(f"crosswalks.#{number}.from", "competence_unknown", competence=tie.source)
            for number, tie in enumerate(framework.crosswalks, 1)
            if tie.source not in known
        ),
        *repeated("crosswalks", (" → ".join(tie) for tie in ties)),
    ]


def _check_targets(framework: Framework) -> list[Problem]:
    known = {node.code for node in framework.nodes}
    levels = {level.code for preset in framework.scales.values() for level in preset.levels}
    problems = repeated("targets", (f"{one.position} → {one.node}" for one in framework.targets))
    for number, one in enumerate(framework.targets, 1):
        if one.node not in known:
            problems.append(error(f"targets.#{number}.node", "competence_unknown", competence=one.node))
        if one.level not in levels:
            problems.append(error(f"targets.#{number}.level", "target_level_unknown", level=one.level))
    return problems

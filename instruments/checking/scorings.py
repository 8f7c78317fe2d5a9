"""Mistakes of a scoring against its instrument and framework: keys, weights, blocks, anchors."""

from __future__ import annotations

import math

from instruments.checking.common import check_texts, repeated
from instruments.checking.critical import check_critical
from instruments.checking.keys import check_key
from instruments.document import Instrument, ScaleItem, is_opinion
from instruments.framework import Framework
from instruments.keys import ItemKey
from instruments.problems import Problem, error, warning
from instruments.scoring import Scoring
from instruments.texts import say

FEWEST_ITEMS_IN_BLOCK = 8  # methods.md §3: fewer leave most people undecided
FEWEST_ANCHORS = 8  # methods.md §4: fewer carry no verdict about a group
ANCHOR_SHARE = 0.2
_WEIGHT_ROUNDING = 1e-6

# may do without an entry: free words wait for a rater; agreeing, facts and files are never scored
_UNSCORED_TYPES = ("info", "consent", "text", "long_text", "table", "file")


def check_scoring(instrument: Instrument, scoring: Scoring, framework: Framework) -> list[Problem]:
    """Every mistake of the scoring. The instrument and the framework are checked by themselves."""
    return [
        *_check_ties(instrument, scoring, framework),
        *check_texts(scoring),
        *_check_entries(instrument, scoring, framework),
        *_check_blocks(instrument, scoring, framework),
        *_check_importance(instrument, scoring, framework),
        *_check_anchors(instrument, scoring),
        *check_critical(instrument, scoring, framework),
    ]


def _check_ties(instrument: Instrument, scoring: Scoring, framework: Framework) -> list[Problem]:
    problems = []
    if scoring.instrument != instrument.code:
        problems.append(
            error("instrument", "other_instrument", said=scoring.instrument, given=instrument.code)
        )
    if scoring.framework != framework.code:
        problems.append(error("framework", "other_framework", said=scoring.framework, given=framework.code))
    if scoring.preset not in framework.scales:
        problems.append(error("preset", "preset_unknown", preset=scoring.preset))
    return problems


def _check_entries(instrument: Instrument, scoring: Scoring, framework: Framework) -> list[Problem]:
    items = {item.code: item for item in instrument.asked_items}
    nodes = {node.code for node in framework.nodes}
    problems = [
        error(f"items.{item.code}", "item_not_scored", code=item.code)
        for item in instrument.items
        if item.code not in {*scoring.items, *scoring.importance} and item.type not in _UNSCORED_TYPES
    ]
    for code, entry in scoring.items.items():
        where = f"items.{code}"
        if code not in items:
            problems.append(error(where, "item_unknown", code=code))
        elif entry.points > 0:  # «points: 0» = not scored on purpose
            problems += check_key(where, items[code], entry)
            problems += _check_weights(f"{where}.competences", entry, nodes)
            problems += _check_rationale(where, entry)
    return problems


def _check_weights(where: str, entry: ItemKey, nodes: set[str]) -> list[Problem]:
    if not entry.competences:
        return [error(where, "no_competence")]
    problems = [
        error(f"{where}.{code}", "competence_unknown", competence=code)
        for code in entry.competences
        if code not in nodes
    ]
    problems += [
        error(f"{where}.{code}", "weight_not_positive", weight=weight)
        for code, weight in entry.competences.items()
        if weight <= 0
    ]
    total = math.fsum(entry.competences.values())
    if abs(total) <= _WEIGHT_ROUNDING:
        problems.append(error(where, "weights_sum_zero"))
    elif abs(total - 1) > _WEIGHT_ROUNDING:
        problems.append(error(where, "weights_sum", total=f"{total:g}"))
    return problems


def _check_rationale(where: str, entry: ItemKey) -> list[Problem]:
    needed = entry.key is not None and entry.rationale is None
    return [warning(f"{where}.rationale", "rationale_missing")] if needed else []


def _check_blocks(instrument: Instrument, scoring: Scoring, framework: Framework) -> list[Problem]:
    nodes = {node.code for node in framework.nodes}
    problems = repeated("blocks", scoring.blocks)
    if not scoring.blocks:
        problems.append(warning("blocks", "no_blocks"))
    for block in scoring.blocks:
        if block not in nodes:
            problems.append(error(f"blocks.{block}", "competence_unknown", competence=block))
        else:
            problems += _check_block(block, framework, instrument, scoring)
    return problems


def _check_block(block: str, framework: Framework, instrument: Instrument, scoring: Scoring) -> list[Problem]:
    """A problem's place keeps the code of the block, its sentence tells the name."""
    title = say(framework.node(block).title) or block
    feeding = _feeding(set(framework.pool(block)), scoring)
    fed_anywhere = any(feeding & set(form.item_codes) for form in instrument.forms)
    problems = []
    for form in instrument.forms:
        items = feeding & set(form.item_codes)
        if not items:
            # pupils are not asked about what only teachers see
            if instrument.forms_purpose == "parallel" or not fed_anywhere:
                problems.append(error(f"blocks.{block}", "block_empty", block=title, form=form.code))
        elif len(items) < FEWEST_ITEMS_IN_BLOCK and not _only_opinions(items, instrument):
            facts: dict[str, object] = {
                "block": title,
                "form": form.code,
                "count": len(items),
                "least": FEWEST_ITEMS_IN_BLOCK,
            }
            problems.append(warning(f"blocks.{block}", "block_short", **facts))
    return problems


def _feeding(pool: set[str], scoring: Scoring) -> set[str]:
    return {
        code for code, entry in scoring.items.items() if entry.points > 0 and pool & set(entry.competences)
    }


def _only_opinions(codes: set[str], instrument: Instrument) -> bool:
    """Opinions lead to no verdict about a person, so a short block of them misleads nobody."""
    return all(is_opinion(item) for item in instrument.asked_items if item.code in codes)


def _check_importance(instrument: Instrument, scoring: Scoring, framework: Framework) -> list[Problem]:
    items = {item.code: item for item in instrument.asked_items}
    nodes = {node.code for node in framework.nodes}
    problems = repeated("importance", scoring.importance.values())
    for code, node in scoring.importance.items():
        where = f"importance.{code}"
        if code not in items:
            problems.append(error(where, "item_unknown", code=code))
        elif not isinstance(items[code], ScaleItem):
            problems.append(error(where, "vote_not_on_scale", code=code))
        if node not in nodes:
            problems.append(error(where, "competence_unknown", competence=node))
        if code in scoring.items and scoring.items[code].points > 0:
            problems.append(error(where, "vote_scored", code=code))
    return problems


def _check_anchors(instrument: Instrument, scoring: Scoring) -> list[Problem]:
    known = {item.code for item in instrument.items}
    problems = repeated("anchors", scoring.anchors)
    for code in dict.fromkeys(scoring.anchors):
        if code not in known:
            problems.append(error(f"anchors.{code}", "item_unknown", code=code))
            continue
        if code not in scoring.items or scoring.items[code].points == 0:
            problems.append(error(f"anchors.{code}", "anchor_not_scored", code=code))
        problems += [
            error(f"anchors.{code}", "anchor_not_shared", code=code, form=form.code)
            for form in instrument.forms
            if code not in form.item_codes
        ]
    return problems + _check_anchor_number(instrument, scoring)


def _check_anchor_number(instrument: Instrument, scoring: Scoring) -> list[Problem]:
    if instrument.forms_purpose != "parallel" or len(instrument.forms) < 2:  # noqa: PLR2004  forms to link
        return []
    longest = max(len(form.item_codes) for form in instrument.forms)
    least = max(FEWEST_ANCHORS, math.ceil(ANCHOR_SHARE * longest))
    count = len(set(scoring.anchors))
    return [] if count >= least else [warning("anchors", "few_anchors", count=count, least=least)]

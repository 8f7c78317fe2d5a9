"""A task without which a result does not stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from instruments.critical import Critical, fired
from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.framework import Framework
from instruments.items import ItemScore, Status
from instruments.scoring import Scoring, compile_scorer
from instruments.versions import Change, change_between

RIGHT: dict[str, Any] = dict.fromkeys(("C1", "C2", "C3", "C4", "C5", "K1", "K2", "K3", "K4"), "b")


def load(path: Path) -> Any:
    return read_document(path)


@pytest.mark.parametrize(
    ("below", "score", "fires"),
    [
        (1.0, ItemScore(0.0, 2.0, Status.WRONG), True),
        (1.0, ItemScore(1.0, 2.0, Status.PARTIAL), True),
        (1.0, ItemScore(2.0, 2.0, Status.RIGHT), False),
        (0.5, ItemScore(1.0, 2.0, Status.PARTIAL), False),
        (0.3, ItemScore(0.3 * 3, 3.0, Status.PARTIAL), False),  # 0.8999… is not below 0.9
        (0.5, ItemScore(0.0, 2.0, Status.OMITTED), True),
        (0.5, ItemScore(None, 2.0, Status.UNREACHED), False),
        (0.5, ItemScore(None, 2.0, Status.NOT_ASKED), False),
        (0.5, None, False),
    ],
)
def test_it_fires_below_the_share_of_its_points(below: float, score: ItemScore | None, fires: bool) -> None:
    rule = Critical(item="K1", below=below, effect="zero_parent", node="METH")
    assert bool(fired([rule], {} if score is None else {"K1": score})) is fires


@pytest.fixture(scope="module")
def branching(samples: Path) -> Instrument:
    found: Instrument = load(samples / "branching.yaml")
    return found


@pytest.fixture(scope="module")
def scoring(samples: Path) -> Scoring:
    found: Scoring = load(samples / "branching.scoring.yaml")
    return found


def test_a_zero_falls_on_its_own_scale_alone(
    branching: Instrument, scoring: Scoring, workshop_framework: Framework
) -> None:
    scorer = compile_scorer(branching, scoring, "A", framework=workshop_framework)
    found = scorer.score({"LEADS": "yes", **RIGHT, "K2": "a"}, set())
    assert [rule.effect for rule in found.fired] == ["zero_parent"]
    assert (found.scales["METH.2"].points, found.scales["METH.2"].percent) == (0.0, 0.0)
    assert found.scales["METH.2"].maximum == 2.0
    assert found.scales["METH"].points == 8.0
    assert found.total.points == 8.0


def test_a_cap_leaves_the_points_alone(
    branching: Instrument, scoring: Scoring, workshop_framework: Framework
) -> None:
    scorer = compile_scorer(branching, scoring, "A", framework=workshop_framework)
    found = scorer.score({"LEADS": "yes", **RIGHT, "K1": "a"}, set())
    assert [(rule.effect, rule.node, rule.level) for rule in found.fired] == [("cap_level", "METH", "medium")]
    assert found.scales["METH"].points == 8.0


@pytest.mark.parametrize(
    ("percent", "cap", "level"),
    [(90, "medium", "medium"), (70, "medium", "medium"), (30, "medium", "high"), (90, "high", "high"), (90, "minimal", "minimal")],
)  # fmt: skip
def test_a_level_is_at_best_the_cap(
    workshop_framework: Framework, percent: float, cap: str, level: str
) -> None:
    preset = workshop_framework.scales["levels3"]
    lower = next(one.lower for one in preset.levels if one.code == cap)
    assert preset.capped(preset.level_of(percent), lower).code == level


def test_a_rule_more_or_less_is_another_measurement(branching: Instrument, scoring: Scoring) -> None:
    without = scoring.model_copy(update={"critical": ()})
    assert change_between(branching, branching, scoring, without) is Change.BREAKING

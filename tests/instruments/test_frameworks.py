"""The tree of competences and the levels of deficit."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from instruments.checking import check_framework
from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.framework import Competence, Framework, LevelPreset
from instruments.scoring import Scoring, compile_scorer


def test_children_come_by_their_order_and_not_by_their_place(workshop_framework: Framework) -> None:
    assert [node.code for node in workshop_framework.children("METH")] == ["METH.1", "METH.2"]
    assert [node.code for node in workshop_framework.children(None)] == ["METH", "OPIN"]
    assert workshop_framework.children("METH.1") == ()


def test_ancestors_come_nearest_first(workshop_framework: Framework) -> None:
    assert workshop_framework.ancestors("METH.2") == ("METH",)
    assert workshop_framework.ancestors("METH") == ()


def test_a_node_pools_itself_and_all_below(workshop_framework: Framework) -> None:
    assert workshop_framework.pool("METH") == ("METH", "METH.1", "METH.2")
    assert workshop_framework.pool("METH.1") == ("METH.1",)


def test_a_circle_in_a_draft_ends(samples: Path) -> None:
    circle = read_document(samples / "broken" / "framework-parent-circle.yaml")
    assert isinstance(circle, Framework)
    assert circle.ancestors("METH.1") == ("METH",)
    assert set(circle.pool("METH")) == {"METH", "METH.1", "METH.2"}


@pytest.fixture
def levels3(workshop_framework: Framework) -> LevelPreset:
    return workshop_framework.scales["levels3"]


@pytest.mark.parametrize(
    ("percent", "level"),
    [(0, "high"), (59.999, "high"), (60, "medium"), (79.99, "medium"), (80, "minimal"), (100, "minimal")],
)
def test_a_cut_belongs_to_the_level_above_it(levels3: LevelPreset, percent: float, level: str) -> None:
    assert levels3.level_of(percent).code == level
    assert levels3.standing(percent) == (percent, level)


def test_rounding_noise_does_not_cost_a_level(levels3: LevelPreset) -> None:
    noisy = 100 * (0.1 * 3 + 0.3) / 1.0000000000000002
    assert noisy < 60
    assert levels3.level_of(noisy).code == "medium"
    assert not levels3.is_deficit(noisy)


@pytest.mark.parametrize(("percent", "deficit"), [(59, True), (60, False)])
def test_a_deficit_begins_below_its_cut(levels3: LevelPreset, percent: float, deficit: bool) -> None:
    assert levels3.is_deficit(percent) is deficit


def test_a_per_cent_below_every_level_is_an_error(levels3: LevelPreset) -> None:
    with pytest.raises(ValueError, match="no level"):
        levels3.level_of(-1)


@pytest.fixture
def joined(workshop_framework: Framework) -> Framework:
    """The workshop's model with one more root that joins the other two."""
    both = Competence(
        code="BOTH", parent=None, joins=("METH.2", "OPIN"), kind="area", title={"ru": "Вместе"}, order=9
    )
    return workshop_framework.model_copy(update={"nodes": (*workshop_framework.nodes, both)})


def test_a_node_pools_what_it_joins_and_stays_apart_in_the_tree(joined: Framework) -> None:
    assert joined.pool("BOTH") == ("BOTH", "METH.2", *joined.pool("OPIN"))
    assert joined.in_order()[-1] == "BOTH"
    assert joined.in_order().count("METH.2") == 1
    assert joined.ancestors("METH.2") == ("METH",)


def test_areas_are_joined_only_where_a_scoring_reports_them_so(
    workshop: Instrument, workshop_scoring: Scoring, joined: Framework
) -> None:
    form = workshop.forms[0].code
    apart = compile_scorer(workshop, workshop_scoring, form, framework=joined)
    reported = workshop_scoring.model_copy(update={"blocks": ("BOTH",)})
    together = compile_scorer(workshop, reported, form, framework=joined)
    assert "BOTH" not in apart.pools
    own = {item for node in ("METH.2", "OPIN") for item, _weight in apart.pools.get(node, ())}
    assert {item for item, _weight in together.pools["BOTH"]} == own != set()
    assert {code: pool for code, pool in together.pools.items() if code != "BOTH"} == apart.pools


def test_a_node_may_join_only_what_there_is(joined: Framework) -> None:
    lost = joined.model_copy(update={"nodes": joined.nodes[-1:], "crosswalks": ()})
    assert [(problem.where, problem.code) for problem in check_framework(lost)] == [
        ("nodes.BOTH.joins", "competence_unknown"),
        ("nodes.BOTH.joins", "competence_unknown"),
    ]


@pytest.mark.parametrize("shape", ["circle", "chain"])
def test_three_thousand_nodes_in_a_line_or_a_circle_are_checked_at_once(shape: str) -> None:
    nodes = [
        {
            "code": f"N{n}",
            "parent": f"N{n - 1}" if n else "N2999",
            "kind": "area",
            "title": {"ru": f"Узел {n}"},
        }
        for n in range(3000)
    ]
    if shape == "chain":
        nodes[0]["parent"] = None
    levels = [{"code": "low", "title": {"ru": "Все"}, "lower": 0}]
    preset = {"title": {"ru": "Один уровень"}, "deficit_below": 0, "levels": levels}
    made = Framework.model_validate(
        {
            "kind": "framework", "code": "big", "version": "1", "title": {"ru": "Большая"}, "source": "Мы", "licence": "CC0",
            "nodes": nodes, "scales": {"one": preset},
        }
    )  # fmt: skip
    started = time.process_time()
    found = check_framework(made)
    assert time.process_time() - started < 1
    assert len(found) == (3000 if shape == "circle" else 0)
    assert {one.code for one in found} <= {"parent_circle"}

"""The proposal as a function of needs, resources and limits: properties over many invented people."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnostics.measurement.conclusion import Conclusion
from diagnostics.pathways.desk import Desk, Wishes, block_coverage, lay_out
from diagnostics.pathways.models import StepKind
from diagnostics.pathways.needs import BlockFacts, Diagnosis, NodeLoss, Rules
from diagnostics.pathways.proposal import Proposal, proposal
from diagnostics.resources.document import ResourceDocument, shipped
from diagnostics.resources.queries import ResourceView, RunView
from instruments.bundled import bundled

TODAY = date(2026, 11, 22)
FRAMEWORK = bundled("framework")["dpo"]
LEVELS3 = FRAMEWORK.scales["levels3"]
HIGH = Rules(LEVELS3, ("high",))


def view(document: ResourceDocument) -> ResourceView:
    runs = tuple(
        RunView(f"{document.code}-{number}", first, last, document.places)
        for number, (first, last) in enumerate(document.runs(TODAY))
    )
    return ResourceView(
        id=document.code,
        code=document.code,
        title=dict(document.title),
        summary=dict(document.summary),
        format=document.format,
        mode=document.mode,
        hours=document.hours,
        provider=document.provider,
        levels=document.levels,
        content_group=document.content_group,
        prerequisites=document.prerequisites,
        evidence=dict(document.evidence),
        link=None,
        lasts_days=document.lasts_days,
        dated=bool(runs),
        free=None if runs else document.places,
        covers=document.competences,
        runs=runs,
    )


CATALOGUE = [view(document) for document in shipped()]


def block(
    code: str,
    percent: float = 40.0,
    conclusion: Conclusion = Conclusion.CONFIRMED,
    probability: float | None = 0.9,
    lost: dict[str, int] | None = None,
) -> BlockFacts:
    level = None if conclusion is Conclusion.NO_CONCLUSION else LEVELS3.level_of(percent).code
    return BlockFacts(
        code=code,
        title=dict(FRAMEWORK.node(code).title),
        points=percent / 100 * 8,
        maximum=8.0,
        percent=percent,
        level=level,
        conclusion=conclusion,
        probability=probability,
        provisional=True,
        n_items=8,
        nodes=tuple(
            NodeLoss(
                node,
                dict(FRAMEWORK.node(node).title),
                2,
                (lost or {}).get(node, 0),
                (lost or {}).get(node, 0),
            )
            for node in FRAMEWORK.pool(code)
        ),
    )


def desk(*blocks: BlockFacts, rules: Rules = HIGH, **wishes: object) -> Desk:
    facts: dict[str, object] = {
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=160),
        "learn_until": TODAY + timedelta(days=150),
    }
    diagnosis = Diagnosis("finding", "campaign", "person", blocks, rules)
    return lay_out(diagnosis, CATALOGUE, Wishes(**(facts | wishes)))  # type: ignore[arg-type]


def kinds(made: Proposal) -> list[StepKind]:
    return [line.kind for line in made.lines]


def resources(made: Proposal) -> list[ResourceView]:
    return [line.resource for line in made.lines if line.resource]


CASES = st.tuples(
    st.sampled_from(["confirmed", "probable", "not_shown", "surely_none", "no_conclusion"]),
    st.floats(min_value=0, max_value=100),
    st.dictionaries(st.sampled_from(["1", "2", "3", "4", "5"]), st.integers(0, 2)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    people=st.tuples(CASES, CASES, CASES),
    hours=st.floats(min_value=4, max_value=60),
    max_steps=st.integers(min_value=3, max_value=8),
    days=st.integers(min_value=20, max_value=300),
)
def test_a_proposal_keeps_every_limit_and_explains_every_step(
    people: tuple[tuple[str, float, dict[str, int]], ...], hours: float, max_steps: int, days: int
) -> None:
    blocks = [
        block(code, percent, Conclusion(said), {"no_conclusion": None}.get(said, 0.6), {f"{code}.{n}": k for n, k in lost.items()})
        for code, (said, percent, lost) in zip(("METH", "EVAL", "PSYP"), people, strict=True)
    ]  # fmt: skip
    until = TODAY + timedelta(days=days)
    made = proposal(desk(*blocks, hours=hours, max_steps=max_steps, ends_on=until, learn_until=until))
    chosen = resources(made)
    groups = Counter(one.content_group for one in chosen)
    codes = [one.code for one in chosen]
    assert sum(line.hours for line in made.lines) <= hours + 1e-6
    assert len(made.lines) <= max_steps
    assert all(count == 1 for count in groups.values())
    assert all(line.due_on <= until and line.starts_on >= TODAY for line in made.lines)
    assert all(line.reason["because"] and line.reason["because"][0]["code"] for line in made.lines)
    assert all(line.reason["serves"] and line.reason["why"]["code"] for line in made.lines if line.resource)
    assert all(codes.index(before) < codes.index(one.code) for one in chosen for before in one.prerequisites)
    assert kinds(made)[-1] is StepKind.EXIT
    assert made.summary["status"] == "optimal"


@pytest.mark.parametrize(
    ("conclusion", "percent", "because", "clarifies"),
    [
        (Conclusion.CONFIRMED, 40, "confirmed", False),
        (Conclusion.PROBABLE, 55, "probable", True),
        (Conclusion.PROBABLE, 65, "probable", True),
        (Conclusion.NOT_SHOWN, 55, "official", True),
        (Conclusion.NOT_SHOWN, 65, None, False),
        (Conclusion.SURELY_NONE, 90, None, False),
        (Conclusion.NO_CONCLUSION, 50, None, False),
    ],
)
def test_a_block_enters_by_its_conclusion_or_by_its_official_level(
    conclusion: Conclusion, percent: float, because: str | None, clarifies: bool
) -> None:
    facts = block("METH", percent, conclusion, None if conclusion is Conclusion.NO_CONCLUSION else 0.5)
    assert HIGH.because(facts) == because
    assert HIGH.clarifies(facts) is clarifies


def test_a_diagnosis_may_let_the_middle_level_in_and_measures_from_its_end() -> None:
    both = Rules(LEVELS3, ("high", "medium"))
    facts = block("METH", 70, Conclusion.NOT_SHOWN, 0.3)
    assert (HIGH.because(facts), both.because(facts)) == (None, "official")
    assert (HIGH.cut, both.cut) == (60, 80)
    assert both.need(facts).severity == pytest.approx(10 / 80)


def test_what_is_not_sure_is_clarified_first_in_one_step() -> None:
    made = proposal(
        desk(block("METH", 55, Conclusion.PROBABLE, 0.6), block("EVAL", 50, Conclusion.PROBABLE, 0.7))
    )
    assert kinds(made)[0] is StepKind.CLARIFY
    assert made.lines[0].reason["clarifies"] == ["METH", "EVAL"]
    assert kinds(made).count(StepKind.CLARIFY) == 1


def test_too_few_tasks_leave_the_decision_to_the_tutor() -> None:
    made = proposal(desk(block("METH", 50, Conclusion.NO_CONCLUSION, None)))
    assert kinds(made) == [StepKind.CLARIFY, StepKind.EXIT]
    assert made.summary["undecided"] == ["METH"]


def test_only_supports_leave_the_exit_diagnosis_alone() -> None:
    made = proposal(desk(block("METH", 90, Conclusion.SURELY_NONE, 0.05)))
    assert kinds(made) == [StepKind.EXIT]


def test_a_resource_counts_for_a_block_by_its_best_node_weighted_by_the_lost_points() -> None:
    lost_there = Diagnosis("f", "c", "p", (block("METH", lost={"METH.3": 2}),), HIGH)
    lost_elsewhere = Diagnosis("f", "c", "p", (block("METH", lost={"METH.1": 2}),), HIGH)
    hints = next(one for one in CATALOGUE if one.code == "meth-02")  # METH.3: 1.0, METH.2: 0.2
    assert block_coverage(hints, lost_there) == {"METH": 1.0}
    assert block_coverage(hints, lost_elsewhere) == {"METH": 0.5}


def test_a_resource_that_only_touches_a_block_is_no_line_for_it() -> None:
    both = Diagnosis("f", "c", "p", (block("METH"), block("PSYP")), HIGH)
    placement = next(one for one in CATALOGUE if one.code == "meth-08")  # PSYP.2: 0.2
    assert set(block_coverage(placement, both)) == {"METH"}


def test_a_resource_for_another_level_is_not_offered() -> None:
    medium = Diagnosis("f", "c", "p", (block("METH", 70, Conclusion.CONFIRMED, 0.85),), HIGH)
    for_high_only = next(one for one in CATALOGUE if one.code == "meth-10")
    assert block_coverage(for_high_only, medium) == {}


def test_hours_that_are_too_few_are_named_with_the_smallest_addition() -> None:
    made = proposal(desk(block("METH"), block("EVAL"), block("PSYP"), hours=4))
    assert {one["reason"] for one in made.summary["open"]} == {"limits"}
    needed = next(change["hours"] for change in made.summary["relaxations"] if "hours" in change)
    wider = proposal(desk(block("METH"), block("EVAL"), block("PSYP"), hours=4 + needed))
    assert wider.summary["open"] == []
    narrower = proposal(desk(block("METH"), block("EVAL"), block("PSYP"), hours=4 + needed - 0.5))
    assert narrower.summary["open"] != []


def test_a_wish_that_leaves_a_block_alone_is_named() -> None:
    made = proposal(desk(block("METH"), formats=frozenset({"webinar"})))
    assert [one["reason"] for one in made.summary["open"]] == ["limits"]
    assert any("formats" in change for change in made.summary["relaxations"])


def test_wishes_are_kept() -> None:
    made = proposal(desk(block("METH"), block("EVAL"), modes=frozenset({"distance"}), hours=30))
    assert {one.mode for one in resources(made)} == {"distance"}


def test_what_was_taken_out_by_hand_is_not_proposed_again() -> None:
    first = resources(proposal(desk(block("METH"))))[0].code
    again = proposal(desk(block("METH"), excluded=frozenset({first})))
    assert first not in {one.code for one in resources(again)}


def test_a_full_run_gives_way_to_the_next_one() -> None:
    one = next(one for one in CATALOGUE if len(one.runs) > 1)
    full = RunView(one.runs[0].id, one.runs[0].starts_on, one.runs[0].ends_on, 0)
    other = dataclasses.replace(one, runs=(full, *one.runs[1:]))
    assert other.next_run == one.runs[1]

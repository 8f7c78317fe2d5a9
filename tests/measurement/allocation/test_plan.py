from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.allocation.plan import OpenNeed, Relaxation, propose, weigh_edit
from diagnostics.measurement.allocation.problem import Limits, Need, Problem, Resource
from diagnostics.measurement.allocation.value import broken_limits, coverage, value, worth
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.naive.allocation import best_value, least_excess

YEAR = Limits(hours=20, max_steps=5, begins=date(2026, 9, 1), ends=date(2027, 5, 31))


def resource(code: str, hours: float = 6, **more: Any) -> Resource:
    covers = more.pop("covers", (("METH", 1.0),))
    return Resource(code=code, hours=hours, covers=covers, **more)


def problem(*resources: Resource, needs: tuple[Need, ...] = (Need("METH", 1, 1),), **limits: Any) -> Problem:
    return Problem(resources, needs, replace(YEAR, **limits))


def codes(found: Problem) -> list[str]:
    return [step.resource for step in propose(found).steps]


def random_problem(seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    names = [f"c{place}" for place in range(4)]
    resources = []
    for place in range(9):
        own = rng.choice(names, rng.integers(1, 3), replace=False)
        begins = date(2026, int(rng.integers(6, 13)), 1) if rng.random() < 0.4 else None
        resources.append(
            Resource(
                code=f"r{place}",
                hours=float(rng.integers(2, 12)),
                covers=tuple((str(name), float(rng.choice([0.5, 0.8, 1.0]))) for name in own),
                begins=begins,
                ends=begins and date(2026, begins.month, 20),
                requires=frozenset({f"r{rng.integers(0, place)}"})
                if place > 2 and rng.random() < 0.4
                else frozenset(),
                content=str(rng.integers(0, 3)) if rng.random() < 0.5 else None,
                format=str(rng.choice(["course", "mentor"])),
                cost=float(rng.random()),
            )
        )
    needs = tuple(Need(name, float(rng.random()), float(rng.random()), 1.0) for name in names)
    limits = replace(
        YEAR,
        hours=float(rng.integers(8, 30)),
        max_steps=int(rng.integers(1, 6)),
        formats=frozenset({"course"}) if rng.random() < 0.3 else None,
        preferred=frozenset({"mentor"}) if rng.random() < 0.5 else frozenset(),
        completed=frozenset({"r0"}) if rng.random() < 0.3 else frozenset(),
        required=frozenset({"r1"}) if rng.random() < 0.3 else frozenset(),
        excluded=frozenset({"r2"}) if rng.random() < 0.3 else frozenset(),
    )
    return Problem(tuple(resources), needs, limits)


@pytest.mark.parametrize("seed", range(30))
def test_no_other_set_of_resources_is_better(seed: int) -> None:
    asked = random_problem(seed)

    found = propose(asked)

    slow = best_value(asked)
    if slow is None:
        assert (found.status, found.steps) == ("infeasible", ())
        return
    assert found.status == "optimal"
    assert found.value == pytest.approx(slow, abs=1e-6)
    assert broken_limits(asked, asked.chosen(step.resource for step in found.steps)) == ()


@pytest.mark.parametrize("seed", range(30))
def test_no_smaller_relaxation_of_one_limit_helps(seed: int) -> None:
    asked = random_problem(seed)

    found = propose(asked)

    hopeless = {need.competence for need in found.open_needs if need.reason != "limits"}
    wanted = {need.competence for need in asked.needs} - hopeless
    single = {one.changes[0][0]: one.changes[0][1] for one in found.relaxations if len(one.changes) == 1}
    if found.status != "infeasible" and not any(need.reason == "limits" for need in found.open_needs):
        assert found.relaxations == ()
        return
    for kind in ("hours", "steps", "period", "formats"):
        # No excess at all means: there is room for every need, the best route just prefers other steps.
        assert single.get(kind) == pytest.approx(least_excess(asked, kind, wanted) or None, abs=1e-5)


def test_the_weightier_need_is_served_when_hours_are_short() -> None:
    needs = (Need("METH", 0.4, 0.9), Need("EVAL", 0.9, 0.9))
    asked = problem(resource("a"), resource("b", covers=(("EVAL", 1.0),)), needs=needs, hours=6)

    assert codes(asked) == ["b"]


def test_uncertain_deficits_weigh_less() -> None:
    needs = (Need("METH", 1, 0.5), Need("EVAL", 0.8, 0.9))
    asked = problem(resource("a"), resource("b", covers=(("EVAL", 1.0),)), needs=needs, max_steps=1)

    assert codes(asked) == ["b"]


def test_a_second_need_goes_before_a_second_pass_over_the_first() -> None:
    needs = (Need("METH", 1, 1), Need("EVAL", 0.5, 1))
    asked = problem(
        resource("a"), resource("b"), resource("c", covers=(("EVAL", 1.0),)), needs=needs, max_steps=2
    )

    assert "c" in codes(asked)


def test_of_equal_resources_the_shorter_and_the_liked_one_is_taken() -> None:
    assert codes(problem(resource("long", 8), resource("short", 6), max_steps=1)) == ["short"]
    liked = problem(
        resource("a", format="course"),
        resource("b", format="mentor"),
        max_steps=1,
        preferred=frozenset({"mentor"}),
    )
    assert codes(liked) == ["b"]


def test_resources_of_the_same_content_are_not_taken_twice() -> None:
    assert len(codes(problem(resource("a", content="x"), resource("b", content="x")))) == 1


def test_a_prerequisite_comes_first_and_says_what_it_opens() -> None:
    basis = resource("basis", covers=(("OTHER", 1.0),))
    asked = problem(resource("master", requires=frozenset({"basis"})), basis)

    found = propose(asked)

    assert [step.resource for step in found.steps] == ["basis", "master"]
    assert (found.steps[0].gain, found.steps[0].needs, found.steps[0].opens) == (0.0, (), ("master",))


def test_a_completed_prerequisite_is_not_taken_again() -> None:
    asked = problem(
        resource("master", requires=frozenset({"basis"})), resource("basis"), completed=frozenset({"basis"})
    )

    assert codes(asked) == ["master"]


def test_every_step_says_which_need_it_serves_and_gains_sum_to_the_worth() -> None:
    needs = (Need("METH", 1, 1), Need("EVAL", 0.5, 1))
    asked = problem(
        resource("both", covers=(("METH", 0.5), ("EVAL", 1.0))),
        resource("more"),
        resource("again"),
        needs=needs,
    )

    found = propose(asked)

    chosen = asked.chosen(step.resource for step in found.steps)
    assert sum(step.gain for step in found.steps) == pytest.approx(
        worth(asked, coverage(asked, chosen)).sum()
    )
    assert all(step.gain == pytest.approx(sum(gain for _, gain in step.needs)) for step in found.steps)
    assert dict(found.steps[1].needs).keys() <= {"METH", "EVAL"}
    assert {need.competence for need in found.covered} == {"METH", "EVAL"}


def test_dates_must_lie_in_the_period() -> None:
    late = resource("late", begins=date(2027, 5, 20), ends=date(2027, 6, 10))
    found = propose(problem(late))

    assert found.steps == ()
    assert found.open_needs == (OpenNeed("METH", "limits"),)
    assert found.relaxations == (Relaxation((("period", 10.0),), proven=True),)


@pytest.mark.parametrize(
    ("begins", "ends", "days"),
    [
        (None, None, 0),
        (date(2026, 9, 1), date(2027, 5, 31), 0),
        (date(2026, 8, 30), date(2026, 9, 5), 2),
        (date(2026, 1, 1), None, 0),
        (date(2027, 6, 2), None, 2),
        (None, date(2026, 8, 31), 1),
        (None, date(2028, 1, 1), 0),
    ],
)
def test_days_outside_the_period_are_counted(begins: date | None, ends: date | None, days: int) -> None:
    asked = problem(resource("a", begins=begins, ends=ends))

    assert asked.days_outside(asked.resources[0]) == days


@pytest.mark.parametrize(
    ("limits", "changes"),
    [
        ({"hours": 4}, [(("hours", 2.0),)]),
        ({"max_steps": 0}, [(("steps", 1.0),)]),
        ({"formats": frozenset({"mentor"})}, [(("formats", 1.0),)]),
        ({"hours": 4, "max_steps": 0}, [(("hours", 2.0), ("steps", 1.0))]),
    ],
)
def test_limits_that_cannot_be_met_name_the_smallest_relaxation(
    limits: dict[str, Any], changes: list[tuple[tuple[str, float], ...]]
) -> None:
    found = propose(problem(resource("a", format="course"), **limits))

    assert found.open_needs == (OpenNeed("METH", "limits"),)
    assert [relaxation.changes for relaxation in found.relaxations] == changes


def test_the_smaller_of_two_relaxations_stands_first() -> None:
    needs = (Need("METH", 1, 1), Need("EVAL", 1, 1))
    asked = problem(
        resource("a", 10),
        resource("b", 11, covers=(("EVAL", 1.0),)),
        resource("outside", 2, covers=(("EVAL", 1.0),), begins=date(2027, 3, 1), ends=date(2027, 12, 1)),
        needs=needs,
    )

    found = propose(asked)

    assert [relaxation.changes[0][0] for relaxation in found.relaxations] == ["hours", "period"]
    assert found.relaxations[0].changes == (("hours", 1.0),)


def test_what_people_require_beyond_the_limits_is_infeasible_and_says_what_is_missing() -> None:
    found = propose(problem(resource("a", 30), required=frozenset({"a"})))

    assert (found.status, found.steps) == ("infeasible", ())
    assert found.relaxations[0].changes == (("hours", 10.0),)


@pytest.mark.parametrize(
    "asked",
    [
        problem(),
        problem(resource("a", covers=(("OTHER", 1.0),))),
        problem(resource("a"), excluded=frozenset({"a"})),
        problem(resource("a", requires=frozenset({"nowhere"}))),
        problem(
            resource("a", requires=frozenset({"b"})),
            resource("b", covers=(), requires=frozenset({"nowhere"})),
        ),
    ],
)
def test_a_need_without_resource_is_named_and_no_relaxation_invented(asked: Problem) -> None:
    found = propose(asked)

    assert found.status == "optimal"
    assert (found.steps, found.open_needs) == ((), (OpenNeed("METH", "no_resource"),))
    assert found.relaxations == ()


def test_without_needs_nothing_is_proposed() -> None:
    found = propose(problem(resource("a"), needs=()))

    assert (found.status, found.steps, found.value) == ("optimal", (), 0.0)


def test_a_need_without_weight_gets_no_step_and_says_so() -> None:
    found = propose(problem(resource("a"), needs=(Need("METH", 0, 1),)))

    assert (found.open_needs, found.relaxations) == ((OpenNeed("METH", "no_weight"),), ())


def test_an_edit_says_what_it_loses_and_breaks() -> None:
    needs = (Need("METH", 1, 1), Need("EVAL", 0.5, 1))
    asked = problem(
        resource("a"), resource("b", 16, covers=(("EVAL", 1.0),)), resource("c"), needs=needs, hours=22
    )
    plan = propose(asked)

    kept = weigh_edit(asked, plan, [step.resource for step in plan.steps])
    edit = weigh_edit(asked, plan, ["a", "c"])

    assert (kept.lost, kept.broken, kept.uncovered) == (pytest.approx(0), (), ())
    assert edit.uncovered == ("EVAL",)
    assert edit.lost == pytest.approx(plan.value - value(asked, asked.chosen(["a", "c"])))
    assert weigh_edit(asked, plan, ["a", "b", "c"]).broken == ("hours",)


def test_an_edit_with_an_unknown_resource_is_refused() -> None:
    asked = problem(resource("a"))

    with pytest.raises(BadInputError) as caught:
        weigh_edit(asked, propose(asked), ["a", "zzz"])

    assert caught.value.params == {"resources": ["zzz"]}


def test_the_same_question_gets_the_same_route() -> None:
    assert propose(random_problem(4)) == propose(random_problem(4))


def test_five_hundred_resources_and_forty_competences_are_planned_to_the_optimum() -> None:
    assert propose(large_problem(3)).status == "optimal"


def large_problem(seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    names = [f"c{place}" for place in range(40)]
    resources = tuple(
        Resource(
            code=f"r{place}",
            hours=float(rng.integers(2, 36)),
            covers=tuple(
                (str(name), float(rng.choice([0.5, 1.0]))) for name in rng.choice(names, 2, replace=False)
            ),
            requires=frozenset({f"r{rng.integers(0, place)}"})
            if place and rng.random() < 0.1
            else frozenset(),
            content=str(rng.integers(0, 150)),
            format=str(rng.choice(["course", "mentor", "module"])),
        )
        for place in range(500)
    )
    needs = tuple(Need(name, float(rng.uniform(0.1, 1)), float(rng.uniform(0.5, 1))) for name in names)
    return Problem(resources, needs, replace(YEAR, hours=108, max_steps=10))

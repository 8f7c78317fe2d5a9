from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.comparability import Comparable, Purpose, Taken, comparability
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.linkage.criteria import Criterion, Way
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.linkage.stable import CurveLink, Facts, link_curves
from diagnostics.measurement.linking import Anchor, link

NAMES = tuple(f"a{place}" for place in range(10))
LINE = Scale(0.85, 0.4)
RASCH = Way(slope_free=False)
KNOWN = Facts(dict.fromkeys(NAMES, (0.1, 0.1)))


def base_items(seed: int = 0) -> tuple[LatentItem, ...]:
    rng = np.random.default_rng(seed)
    return tuple(
        LatentItem(name, float(rng.uniform(0.7, 1.8)), (float(value),))
        for name, value in zip(NAMES, np.linspace(-1.8, 1.8, len(NAMES)), strict=True)
    )


def new_items(
    base: tuple[LatentItem, ...], seed: int, moved: dict[str, float] | None = None, noise: float = 0.1
) -> tuple[LatentItem, ...]:
    """The same items on another scale; each location with an error of its own, some moved on the base scale."""
    rng = np.random.default_rng(seed)
    return LINE.inverse().of_items(
        [
            LatentItem(
                item.name,
                item.slope * float(np.exp(rng.normal(0, noise))),
                (item.thresholds[0] + float(rng.normal(0, noise)) + (moved or {}).get(item.name, 0.0),),
            )
            for item in base
        ]
    )


def line(found: CurveLink) -> Scale:
    assert found.scale is not None
    return found.scale


def test_steady_anchors_all_stay_and_give_the_line() -> None:
    found = link_curves(base_items(), new_items(base_items(), 1), NAMES)

    assert (found.n_common, found.n_kept, found.other_kind, found.reason) == (10, 10, (), None)
    assert (line(found).slope, line(found).shift) == pytest.approx((LINE.slope, LINE.shift), abs=0.1)


@pytest.mark.parametrize("criterion", Criterion)
@pytest.mark.parametrize("size", [1.2, -0.9])
def test_an_anchor_that_drifted_falls_by_name_and_no_longer_pulls_the_line(
    criterion: Criterion, size: float
) -> None:
    base, way = base_items(), Way(criterion)
    found = link_curves(base, new_items(base, 2, {"a6": size}), NAMES, way, KNOWN)

    fallen = [one for one in found.anchors if not one.kept]
    without = tuple(item for item in base if item.name != "a6")
    alone = link_curves(without, new_items(base, 2, {"a6": size}), NAMES, way, KNOWN)
    assert [(one.name, one.reason) for one in fallen] == [("a6", "logit")]
    assert fallen[0].drift == pytest.approx(-size, abs=0.35)
    assert (line(found).slope, line(found).shift) == pytest.approx((line(alone).slope, line(alone).shift))
    assert alone.other_kind == ("a6",)


def test_a_slope_that_changed_is_seen_in_the_distance_of_the_curves() -> None:
    base = base_items()
    odd = LatentItem("a5", 3 * base[5].slope, base[5].thresholds)
    new = LINE.inverse().of_items([odd if item.name == "a5" else item for item in base])

    found = link_curves(base, new, NAMES, facts=KNOWN)

    assert found.n_kept == len(found.distances) == 10
    assert np.argmax(found.distances) == 5
    assert found.distances[5] > 0.1
    assert np.median(found.distances) < 0.03


def test_a_drift_within_its_own_noise_keeps_the_anchor() -> None:
    new = new_items(base_items(), 3, {"a2": 0.8}, noise=0.05)

    assert link_curves(base_items(), new, NAMES, facts=KNOWN).n_kept == 9
    noisy = Facts(dict.fromkeys(NAMES, (0.4, 0.4)))
    assert link_curves(base_items(), new, NAMES, facts=noisy).n_kept == 10


def test_anchors_of_a_block_that_grew_move_together_and_stay() -> None:
    new = new_items(base_items(), 4, {"a3": -0.9, "a6": -0.9}, noise=0.02)
    blocks = {name: "METH" if name in {"a3", "a6"} else f"B{name}" for name in NAMES}

    assert link_curves(base_items(), new, NAMES, facts=KNOWN).n_kept == 8
    assert link_curves(base_items(), new, NAMES, facts=Facts(KNOWN.errors, blocks)).n_kept == 10


def test_the_rasch_family_agrees_with_the_mean_of_differences() -> None:
    base = tuple(LatentItem(item.name, 1.0, item.thresholds) for item in base_items())
    rng = np.random.default_rng(5)
    new = tuple(item.moved(1.0, -0.3 + float(rng.normal(0, 0.08))) for item in base)

    curve = link_curves(base, new, NAMES, RASCH)
    mean = link(
        tuple(Anchor(one.name, one.location, other.location) for one, other in zip(base, new, strict=True))
    )

    assert line(curve).slope == 1
    assert line(curve).shift == pytest.approx(mean.shift, abs=0.02)
    assert curve.result().error == pytest.approx(mean.error, rel=0.25)


def test_the_error_of_the_line_covers_the_truth_where_anchors_wander() -> None:
    """At three abilities; ten anchors, so Student's quantile on nine degrees of freedom."""
    at, hits = np.array([-1.5, 0.0, 1.5]), []
    for seed in range(120):
        found = line(
            link_curves(base_items(seed), new_items(base_items(seed), seed + 500, noise=0.15), NAMES)
        )
        error = found.error_at(at)
        assert error is not None
        hits.append(np.abs(found.of_abilities(at) - LINE.of_abilities(at)) <= 2.262 * error)

    assert 0.90 < np.mean(hits) < 0.99


def test_comparability_reads_the_link() -> None:
    entry, leave = (
        Taken(
            instrument="i",
            version="1",
            form=form,
            framework="f",
            framework_version="1",
            scale="s",
            n_items=25,
        )
        for form in ("A", "B")
    )
    found = link_curves(base_items(), new_items(base_items(), 6), NAMES)

    verdict = comparability(entry, leave, found.result(theta=0.5), Purpose.GROUP)

    assert verdict.code is Comparable.LINKED
    error = line(found).error_at([0.5])
    assert error is not None
    assert verdict.link_error == pytest.approx(float(error[0]))
    assert found.result(0.5).shift == pytest.approx(float(line(found).of_abilities([0.5])[0]) - 0.5)


@pytest.mark.parametrize("names", [(), ("a1",), ("absent", "a2")])
def test_fewer_than_two_anchors_carry_no_line(names: tuple[str, ...]) -> None:
    found = link_curves(base_items(), new_items(base_items(), 7), names)

    assert (found.scale, found.reason) == (None, "too_few_anchors")
    assert (found.result().shift, found.result().error) == (None, None)
    assert len(found.anchors) == found.n_common == len(set(names) & set(NAMES))


def test_anchors_that_contradict_one_another_leave_no_line() -> None:
    base = base_items()[:2]
    new = (base[0].moved(1.0, 3.0), base[1].moved(1.0, -3.0))

    found = link_curves(base, new, NAMES, RASCH)

    assert (found.scale, found.reason, found.n_common) == (None, "too_few_anchors", 2)
    assert len(found.anchors) == 2

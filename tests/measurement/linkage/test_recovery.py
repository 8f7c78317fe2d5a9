"""The whole way with estimated items: two forms with slopes, two groups, one scale."""

from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.ability import Abilities
from diagnostics.measurement.ability_growth import ability_change
from diagnostics.measurement.latent.calibration import LatentCalibration
from diagnostics.measurement.latent.estimate import calibrate
from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.latent.persons import abilities
from diagnostics.measurement.linkage.criteria import Criterion, Way, link_by_curves
from diagnostics.measurement.linkage.fixed import fixed_form
from diagnostics.measurement.linkage.resampled import Form, resampled_link
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.linkage.stable import Facts, link_curves
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate_latent import latent_answers

#: The second group lies half a logit higher and is a fifth more spread.
LINE = Scale(1.2, 0.5)
ANCHORS = tuple(f"c{place}" for place in range(10))


def pool(model: str) -> tuple[list[LatentItem], list[LatentItem]]:
    """Two forms of 22 items, ten in common."""
    rng = np.random.default_rng(1)
    names = (*ANCHORS, *(f"f{place}" for place in range(12)), *(f"s{place}" for place in range(12)))
    items = []
    for name in names:
        slope, place = float(rng.uniform(0.8, 1.9)), float(rng.normal(0.2, 0.9))
        steps = (place,) if model == "2pl" else (place - 0.8, place, place + 0.9)
        items.append(LatentItem(name, slope, steps, Curve.ADJACENT if model == "2pl" else Curve.GRADED))
    return items[:22], [*items[:10], *items[22:]]


def taken(items: list[LatentItem], theta: FloatArray, model: str, seed: int) -> LatentCalibration:
    scores = latent_answers(theta, items, np.random.default_rng(seed))
    return calibrate(scores, model, tuple(item.name for item in items))


def errors(base: LatentCalibration, new: LatentCalibration) -> Facts:
    """Standard errors of the locations of the anchors, from both estimations."""

    def of(side: LatentCalibration, name: str) -> float:
        found = side.item(name)
        assert found is not None
        return float(np.sqrt(np.mean(np.square(found.se_thresholds))))

    return Facts({name: (of(base, name), of(new, name)) for name in ANCHORS})


@pytest.mark.parametrize("criterion", Criterion)
@pytest.mark.parametrize("model", ["2pl", "grm"])
def test_the_line_between_two_groups_is_recovered(model: str, criterion: Criterion) -> None:
    first, second = pool(model)
    rng = np.random.default_rng(2)
    base = taken(first, rng.normal(size=2000), model, 3)
    new = taken(second, LINE.of_abilities(rng.normal(size=2000)), model, 4)

    found = link_curves(base.items, new.items, ANCHORS, Way(criterion), errors(base, new))

    assert found.n_kept >= 9
    assert found.scale is not None
    assert (found.scale.slope, found.scale.shift) == pytest.approx((LINE.slope, LINE.shift), abs=0.12)
    form = fixed_form(base.items, new.items, found.scale, found.anchors)
    own = {item.name: item.location for item in second if item.name.startswith("s")}
    placed = {item.name: item.location for item in form.items}
    assert [placed[name] for name in own] == pytest.approx(list(own.values()), abs=0.3)


def test_growth_across_forms_with_slopes_is_recovered() -> None:
    first, second = pool("2pl")
    rng = np.random.default_rng(5)
    entry = rng.normal(size=1500)
    leave = entry + 0.5 + rng.normal(0, 0.2, 1500)
    scores = [latent_answers(theta, items, rng) for theta, items in ((entry, first), (leave, second))]
    base, new = (
        calibrate(side, "2pl", tuple(item.name for item in items))
        for side, items in zip(scores, (first, second), strict=True)
    )
    found = link_curves(base.items, new.items, ANCHORS, facts=errors(base, new))
    assert found.scale is not None
    before, after = (abilities(side, one.items) for side, one in zip(scores, (base, new), strict=True))
    assert isinstance(before, Abilities)

    change = ability_change(before, after, line=found.scale)

    assert change.means is not None
    assert change.means.interval is not None
    assert change.means.interval.low < 0.5 < change.means.interval.high
    assert change.means.change == pytest.approx(0.5, abs=0.1)


@pytest.mark.slow
def test_drawing_persons_again_gives_the_spread_of_lines_of_other_groups() -> None:
    first, second = pool("2pl")
    rng = np.random.default_rng(6)

    def items(scores: FloatArray, names: tuple[str, ...]) -> tuple[LatentItem, ...]:
        return calibrate(scores, "2pl", names).items

    found = []
    for _ in range(12):
        forms = [
            Form(latent_answers(theta, side, rng), tuple(item.name for item in side))
            for theta, side in (
                (rng.normal(size=700), first),
                (LINE.of_abilities(rng.normal(size=700)), second),
            )
        ]
        found.append(
            resampled_link(forms[0], forms[1], ANCHORS, rng, items, link_by_curves, 12, zero_by_items=False)
        )

    told = np.mean([np.diag(np.array(one.scale.covariance)) for one in found], axis=0)
    seen = np.var([(one.scale.slope, one.scale.shift) for one in found], axis=0, ddof=1)
    assert np.sqrt(told) == pytest.approx(np.sqrt(seen), rel=0.5)

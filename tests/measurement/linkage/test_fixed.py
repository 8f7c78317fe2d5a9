from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import TooFewItemsError
from diagnostics.measurement.latent.items import LatentItem, of_calibrated
from diagnostics.measurement.linkage.fixed import fixed_form, held_items
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.linking import CheckedAnchor, common_anchors, link
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers

BASE = (LatentItem("a", 1.1, (0.1,)), LatentItem("b", 0.9, (0.8,)), LatentItem("old", 1.0, (-1.0,)))
NEW = (LatentItem("own", 1.2, (0.0,)), LatentItem("b", 1.0, (0.5,)), LatentItem("a", 1.2, (-0.3,)))


def checked(name: str, *, kept: bool) -> CheckedAnchor:
    return CheckedAnchor(name, 0.0, None, kept=kept, reason=None if kept else "logit")


def test_stable_anchors_stand_at_the_base_and_all_others_move() -> None:
    scale = Scale(1.1, 0.4)

    found = fixed_form(BASE, NEW, scale, (checked("a", kept=True), checked("b", kept=False)))

    assert (found.held, found.moved) == (("a",), ("own", "b"))
    assert [item.name for item in found.items] == ["own", "b", "a"]
    assert found.items[2] == BASE[0]
    assert found.items[:2] == scale.of_items(NEW[:2])


def test_what_an_estimation_has_to_hold_are_the_stable_anchors_of_both_forms() -> None:
    anchors = [checked("a", kept=True), checked("b", kept=False), checked("old", kept=True)]

    assert held_items(BASE, NEW, anchors) == {"a": BASE[0]}


@pytest.mark.parametrize("anchors", [(), (checked("a", kept=False),), (checked("old", kept=True),)])
def test_without_a_stable_anchor_nothing_holds_the_form(anchors: tuple[CheckedAnchor, ...]) -> None:
    with pytest.raises(TooFewItemsError):
        fixed_form(BASE, NEW, Scale(), anchors)


def test_difficulties_of_a_new_rasch_form_are_recovered_on_the_base_scale() -> None:
    rng = np.random.default_rng(3)
    common, first, second = np.linspace(-1.5, 1.5, 8), np.linspace(-2, 1, 10), np.linspace(-1, 2, 10)
    shared = tuple(f"c{place}" for place in range(8))
    base = calibrate(
        rasch_answers(rng.normal(size=2000), np.r_[common, first], rng),
        (*shared, *(f"f{place}" for place in range(10))),
    )
    new = calibrate(
        rasch_answers(rng.normal(0.8, 1.2, 2000), np.r_[common, second], rng),
        (*shared, *(f"s{place}" for place in range(10))),
    )
    joined = link(common_anchors(base, new, shared))
    assert joined.shift is not None

    found = fixed_form(
        of_calibrated(base.items), of_calibrated(new.items), Scale(1.0, joined.shift), joined.anchors
    )

    zero = np.r_[common, first].mean()
    own = [item.location for item in found.items if item.name.startswith("s")]
    assert own == pytest.approx(second - zero, abs=0.2)
    assert len(found.held) == joined.n_kept

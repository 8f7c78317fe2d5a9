"""A new form on the scale of the base form: common items keep their base parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.measurement.errors import TooFewItemsError
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.linkage.moments import common_items
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.linking import CheckedAnchor


@dataclass(frozen=True, slots=True)
class FixedForm:
    """Items of the new form on the base scale.

    Attributes
    ----------
    items : in the order of the new form
    held : names of the anchors that stand at their base parameters
    moved : names of the rest, moved by the line; fallen anchors are among them, as items of their own
    """

    items: tuple[LatentItem, ...]
    held: tuple[str, ...]
    moved: tuple[str, ...]


def fixed_form(
    base: Sequence[LatentItem],
    new: Sequence[LatentItem],
    scale: Scale,
    anchors: Sequence[CheckedAnchor],
) -> FixedForm:
    """Put a new form on the base scale with the stable anchors at their base parameters.

    The rule for the Rasch family (`scale.slope` = 1) and for lines by curves alike: the new form is estimated
    by itself, the line is found on the stable anchors, everything else is moved by it. Holding the anchors
    inside the conditional likelihood instead would bend the new items after every anchor that drifted a
    little, and hide the drift: the free estimate shows it. Marginal estimation may hold `held_items` instead.
    Source: Kolen, Brennan 2014, ch. 6; Kim 2006, J. Educ. Meas. 43: 355–381 (fixed-parameter calibration).

    Parameters
    ----------
    base, new : items of both forms, each on its own scale
    scale, anchors : of `link_curves`; for the Rasch family Scale(1, shift) and the anchors of `link`

    Raises
    ------
    TooFewItemsError
        If no anchor is stable: nothing would hold the form.
    """
    held = held_items(base, new, anchors)
    if not held:
        raise TooFewItemsError("no stable anchor holds the form", items=0)
    moved = scale.of_items(new)
    return FixedForm(
        items=tuple(held.get(item.name, item) for item in moved),
        held=tuple(item.name for item in new if item.name in held),
        moved=tuple(item.name for item in new if item.name not in held),
    )


def held_items(
    base: Sequence[LatentItem], new: Sequence[LatentItem], anchors: Sequence[CheckedAnchor]
) -> Mapping[str, LatentItem]:
    """Stable anchors with their base parameters: what an estimation of the new form has to hold."""
    stable = [one.name for one in anchors if one.kept]
    first, _ = common_items(base, new, stable)
    return {item.name: item for item in first}

"""Two forms on one scale by their common items, and which of these still mean the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.calibration import Calibration
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import BoolArray, FloatArray

#: The interquartile range of a normal distribution is 1.349 standard deviations.
IQR_TO_SD = 0.7413
#: Differences below this are rounding, whatever their ratio to one another.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Anchor:
    """One common item: difficulty on both scales (logits) and the standard errors, where known.

    `block` is what the item measures; "" = not told. Items of a block that really grew move together.
    """

    name: str
    base: float
    new: float
    base_se: float | None = None
    new_se: float | None = None
    block: str = ""

    @property
    def difference(self) -> float:
        """How much easier the item looks on the new scale."""
        return self.base - self.new

    @property
    def error(self) -> float | None:
        """Standard error of the difference; None where one side has none."""
        if self.base_se is None or self.new_se is None:
            return None
        return float(np.hypot(self.base_se, self.new_se))


@dataclass(frozen=True, slots=True)
class CheckedAnchor:
    """What became of an anchor.

    Attributes
    ----------
    drift : difference minus the shift of the kept anchors (logits)
    robust_z : the same in robust standard deviations at the moment of the decision; None if those are 0
    kept : whether it carries the link
    reason : "logit", "robust_z" for a dropped anchor, else None
    """

    name: str
    drift: float
    robust_z: float | None
    kept: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class LinkingResult:
    """θ_base = θ_new + shift.

    Attributes
    ----------
    shift, error : logits; None where fewer than two anchors are left
    anchors : every common item, dropped ones in the order of their fall after the kept ones
    n_common, n_kept : before and after the search for drift
    """

    shift: float | None
    error: float | None
    anchors: tuple[CheckedAnchor, ...]
    n_common: int
    n_kept: int


def common_anchors(
    base: Calibration, new: Calibration, names: tuple[str, ...], blocks: Mapping[str, str] | None = None
) -> tuple[Anchor, ...]:
    """Declared anchors that have an estimate on both scales; items with steps enter by their location.

    `blocks` tells what each item measures.
    """
    found = ((name, base.item(name), new.item(name)) for name in names)
    told = blocks or {}
    return tuple(
        Anchor(name, first.location, second.location, first.se, second.se, told.get(name, ""))
        for name, first, second in found
        if first is not None and second is not None
    )


def link(anchors: tuple[Anchor, ...], method: Method = METHOD) -> LinkingResult:
    """Mean–mean shift on the stable anchors.

    The anchor that lies farthest over a limit of the method falls, the shift is computed anew, and so on
    until none lies over: |drift| > 0.5 logit, or |robust z| > 2.7 with z = (d − median) / (0.74 · IQR).
    A drift must exceed its own error (ADR 6) and stand apart from the other anchors of its block as well:
    what a whole block does is growth and no drift (ADR 7).
    Linking error: SD of the kept differences / √n.
    Source: Kolen, Brennan 2014, ch. 6; Huynh, Meyer 2010 (robust z); Monseur, Berezner 2007 (error).

    Raises
    ------
    BadInputError
        If an anchor occurs twice or a difficulty is not finite.
    """
    names = [anchor.name for anchor in anchors]
    differences = np.array([anchor.difference for anchor in anchors])
    if len(set(names)) != len(names) or not np.isfinite(differences).all():
        raise BadInputError("every anchor occurs once, with finite difficulties")
    kept = list(range(len(anchors)))
    dropped: list[CheckedAnchor] = []
    while kept:
        fallen = _worst(anchors, differences, kept, method)
        if fallen is None:
            break
        place, checked = fallen
        kept.remove(place)
        dropped.append(checked)
    return _result(anchors, differences, kept, dropped)


def _robust_z(values: FloatArray) -> FloatArray | None:
    spread = IQR_TO_SD * float(np.subtract(*np.quantile(values, [0.75, 0.25])))
    return (values - np.median(values)) / spread if spread > ROUNDING else None


def _worst(
    anchors: tuple[Anchor, ...], differences: FloatArray, kept: list[int], method: Method
) -> tuple[int, CheckedAnchor] | None:
    values = differences[kept]
    drift = values - values.mean()
    robust = _robust_z(values)
    excess = np.abs(drift) / method.drift_logit
    if robust is not None:
        excess = np.maximum(excess, np.abs(robust) / method.drift_robust_z)
    excess[~_beyond_error(anchors, drift, kept, method)] = 0.0
    place = int(np.argmax(excess))
    if excess[place] <= 1:
        return None
    reason = "logit" if abs(drift[place]) > method.drift_logit else "robust_z"
    z = None if robust is None else float(robust[place])
    name = anchors[kept[place]].name
    return kept[place], CheckedAnchor(name, float(drift[place]), z, kept=False, reason=reason)


def _beyond_error(
    anchors: tuple[Anchor, ...], drift: FloatArray, kept: list[int], method: Method
) -> BoolArray:
    """Whether a difference exceeds the asked multiple of its own standard error (all do where it is 0)."""
    errors = np.array([anchors[index].error or 0.0 for index in kept])
    apart = np.array([_beyond_block(place, anchors, kept, method) for place in kept], dtype=bool)
    return np.asarray(apart & (np.abs(drift) > np.maximum(method.drift_errors * errors, ROUNDING)))


def _beyond_block(place: int, anchors: tuple[Anchor, ...], kept: list[int], method: Method) -> bool:
    """Whether an anchor moved otherwise than the rest of its block; yes where it has no rest."""
    one = anchors[place]
    mates = [anchors[index] for index in kept if index != place and anchors[index].block == one.block]
    if not one.block or not mates:
        return True
    apart = one.difference - float(np.mean([mate.difference for mate in mates]))
    error = np.hypot(one.error or 0.0, np.sqrt(sum((mate.error or 0.0) ** 2 for mate in mates)) / len(mates))
    return bool(abs(apart) > max(method.drift_errors * error, ROUNDING))


def _result(
    anchors: tuple[Anchor, ...], differences: FloatArray, kept: list[int], dropped: list[CheckedAnchor]
) -> LinkingResult:
    values = differences[kept]
    if len(kept) < 2:  # noqa: PLR2004 - an error needs two anchors
        rest = tuple(CheckedAnchor(anchors[index].name, 0.0, None, kept=True, reason=None) for index in kept)
        return LinkingResult(None, None, (*rest, *dropped), len(anchors), len(kept))
    shift = float(values.mean())
    robust = _robust_z(values)
    stable = tuple(
        CheckedAnchor(
            name=anchors[index].name,
            drift=float(values[place] - shift),
            robust_z=None if robust is None else float(robust[place]),
            kept=True,
            reason=None,
        )
        for place, index in enumerate(kept)
    )
    error = float(values.std(ddof=1) / np.sqrt(len(kept)))
    return LinkingResult(shift, error, (*stable, *dropped), len(anchors), len(kept))

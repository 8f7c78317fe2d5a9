"""May the two stages be compared? The verdict stands before any change, in `orientir analyse growth` too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from diagnostics.cli.analyse_pairing import Pair, Taken
from diagnostics.cli.analyse_reading import DataRefused
from diagnostics.cohorts.linking import Linked, find_link
from diagnostics.findings.queries import WaveMatrix
from diagnostics.measurement import comparability as verdicts
from diagnostics.measurement.comparability import Verdict, comparability
from diagnostics.measurement.method import METHOD

REFUSED = {
    "not_linked": "the anchors put the two forms on no common scale: too few people, or all tasks solved alike",
    "too_few_anchors": "{common} anchors are too few: {needed} are needed (20 % of the shorter form, at least 5)",
    "too_few_stable_anchors": "only {kept} of {common} anchors kept their difficulty: {needed} are needed",
    "too_few_anchors_for_group": "{common} anchors are too few for a statement about a group: {needed} are needed",
}


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The verdict and, for different forms, what joined them."""

    verdict: Verdict
    link: Linked | None

    @property
    def correction(self) -> float:
        """Points of 100 by which the exit form is harder."""
        return self.link.correction if self.link else 0.0

    @property
    def link_percent(self) -> float:
        """Standard error of the correction."""
        return self.link.link_percent if self.link else 0.0


def compare(pair: Pair, anchors: tuple[str, ...] | None) -> Compared:
    """Decide by the rules of the product (methods: comparability first).

    Raises
    ------
    DataRefused
        With the reason of the refusal.
    """
    link = None if anchors is None else find_link(_matrix(pair.entry), _matrix(pair.exit), anchors, METHOD)
    first, second = (
        _side(taken, form)
        for taken, form in ((pair.entry, "entry"), (pair.exit, "exit" if anchors else "entry"))
    )
    verdict = comparability(first, second, link.result if link else None, designed=len(anchors or ()))
    if not verdict.allowed:
        said = REFUSED[verdict.reason or "not_linked"].format(**dict(verdict.params))
        raise DataRefused(f"entry and exit cannot be compared: {said}{_dropped_words(link)}")
    return Compared(verdict, link)


def _side(taken: Taken, form: str) -> verdicts.Taken:
    """Files of one command are one instrument and one scale: only the form may differ."""
    return verdicts.Taken(
        instrument="", version="", form=form, framework="", framework_version="", scale="",
        n_items=len(taken.names),
    )  # fmt: skip


def _matrix(taken: Taken) -> WaveMatrix:
    n = len(taken.persons)
    return WaveMatrix(
        finding_ids=taken.persons,
        seat_ids=taken.persons,
        person_ids=taken.persons,
        forms=("",) * n,
        items=taken.names,
        points=taken.answers.values,
        omitted=np.zeros(taken.answers.values.shape, dtype=bool),
        maxima=taken.maxima,
    )


def _dropped_words(link: Linked | None) -> str:
    names = [one.name for one in link.result.anchors if not one.kept] if link else []
    return f" (moved: {', '.join(names)})" if names else ""


def as_answer(compared: Compared) -> dict[str, Any]:
    """The verdict as JSON: code, what joined the forms, and each anchor."""
    verdict, link = compared.verdict, compared.link
    return {
        "verdict": verdict.code.value,
        "reason": verdict.reason,
        "anchors_common": link.result.n_common if link else None,
        "anchors_kept": link.result.n_kept if link else None,
        "shift": link.result.shift if link else None,
        "shift_error": link.result.error if link else None,
        "correction": compared.correction if link else None,
        "correction_error": compared.link_percent if link else None,
        "dropped": [
            {"item": one.name, "drift": one.drift, "robust_z": one.robust_z, "reason": one.reason}
            for one in (link.result.anchors if link else ())
            if not one.kept
        ],
    }

"""The verdict that stands before any change: may entry and exit be compared, and on which scale?"""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts.gathering import Side
from diagnostics.cohorts.linking import Linked, find_link
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView, WaveMatrix
from diagnostics.measurement.comparability import Comparable, Taken, Verdict, comparability
from diagnostics.measurement.method import Method
from reports.contents.entry_exit import Comparability, Comparison

_ALLOWED = {
    Comparable.SAME_VERSION: Comparison.SAME_VERSION,
    Comparable.SAME_FORM: Comparison.EQUIVALENT,
    Comparable.LINKED: Comparison.LINKED,
}
_REFUSED = {
    "different_framework": Comparison.REFUSED_FRAMEWORK,
    "different_scale": Comparison.REFUSED_FRAMEWORK,
    "too_few_anchors": Comparison.REFUSED_FEW_COMMON,
    "too_few_stable_anchors": Comparison.REFUSED_FEW_COMMON,
    "too_few_anchors_for_group": Comparison.REFUSED_FEW_COMMON,
}


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The verdict in the words of the report, and what it rests on.

    `link` is there for parallel forms whose scales were joined; `entry`, `exit` hold the items of each stage.
    """

    said: Comparability
    reason: str | None
    link: Linked | None
    entry: WaveMatrix
    exit: WaveMatrix
    anchors: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        return self.said.verdict.allowed

    @property
    def link_percent(self) -> float:
        """Linking error in points of 100; 0 where one form was taken twice."""
        return self.link.link_percent if self.link and self.allowed else 0.0

    @property
    def correction(self) -> float:
        """Points of 100 that the exit form is harder; 0 where one form was taken twice."""
        return self.link.correction if self.link and self.allowed else 0.0

    @property
    def dropped(self) -> tuple[str, ...]:
        return (
            () if self.link is None else tuple(one.name for one in self.link.result.anchors if not one.kept)
        )


def compare(entry: Side, leave: Side, method: Method) -> Compared:
    """Both stages have results. Forms are linked only where they differ within one version."""
    before, after = entry.sample, leave.sample
    if before is None or after is None:
        raise ValueError("a stage without results is compared with nothing")
    first, second = findings.matrix(entry.wave.id), findings.matrix(leave.wave.id)
    anchors = _anchors(before, first, second)
    link = None
    if first.items and second.items and before.form != after.form:
        link = find_link(first, second, anchors, method, block_of_items(before))
    verdict = comparability(
        _taken(before, len(first.items)),
        _taken(after, len(second.items)),
        link.result if link else None,
        method=method,
        designed=len(anchors),
    )
    n_items = min(_of_form(first), _of_form(second))
    said = _said(verdict, link, (n_items, len(anchors)), after)
    return Compared(said, verdict.reason, link, first, second, anchors)


def _of_form(matrix: WaveMatrix) -> int:
    return len(matrix.items)


def _said(verdict: Verdict, link: Linked | None, items: tuple[int, int], after: FindingView) -> Comparability:
    """`items`: of one form, and common to both."""
    code = _ALLOWED.get(verdict.code) or _REFUSED.get(verdict.reason or "", Comparison.REFUSED_UNLINKED)
    linked = link if verdict.code is Comparable.LINKED else None
    return Comparability(
        verdict=code,
        n_items=items[0],
        n_common=items[1] if link else 0,
        n_dropped=items[1] - link.result.n_kept if link else 0,
        linking_error=linked.link_percent if linked else None,
        correction=linked.correction if linked else None,
        exit_form=form_title(after) if linked else "",
    )


def form_title(view: FindingView) -> str:
    """«вариант Б» without the first word; "" for results from elsewhere."""
    if view.instrument_id is None:
        return ""
    forms = catalogue.instrument(view.instrument_id).forms
    title = next((one.title["ru"] for one in forms if one.code == view.form and one.title), view.form)
    return title.removeprefix("Вариант ")


def block_of_items(view: FindingView) -> dict[str, str]:
    """Item → code of the reported block that it feeds."""
    if view.scoring_id is None:
        return {}
    framework, scoring = catalogue.framework(view.framework_id), catalogue.scoring(view.scoring_id)
    return {
        code: block
        for block in scoring.blocks
        for code, key in scoring.items.items()
        if set(key.competences) & set(framework.pool(block))
    }


def _anchors(view: FindingView, first: WaveMatrix, second: WaveMatrix) -> tuple[str, ...]:
    """The declared common items; results from elsewhere declare none, so all that both stages have."""
    if view.scoring_id is not None:
        declared = catalogue.scoring(view.scoring_id).anchors
        return tuple(code for code in declared if code in first.items and code in second.items)
    return tuple(code for code in first.items if code in second.items)


def _taken(view: FindingView, n_items: int) -> Taken:
    framework = catalogue.framework(view.framework_id)
    instrument = catalogue.one(view.instrument_id) if view.instrument_id else None
    return Taken(
        instrument=instrument.code if instrument else "",
        version=str(instrument.number) if instrument else _outside(view),
        form=view.form,
        framework=framework.code,
        framework_version=framework.version,
        scale=view.preset,
        n_items=n_items,
    )


def _outside(view: FindingView) -> str:
    """Results from elsewhere have no version: the same blocks with the same maxima count as the same work."""
    return "; ".join(f"{scale.competence} {scale.maximum:g}" for scale in view.blocks)

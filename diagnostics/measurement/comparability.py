"""May two results be compared at all? Asked before any change is computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil

from diagnostics.measurement.linking import LinkingResult
from diagnostics.measurement.method import METHOD, Method


class Comparable(StrEnum):
    """Why two results may be compared, or that they may not."""

    #: The same items of the same version: entry and exit took one form.
    SAME_VERSION = "same_version"
    #: The same form of two versions that are declared equivalent.
    SAME_FORM = "same_form"
    #: Parallel forms on one scale: calibrated together or linked by anchors.
    LINKED = "linked"
    REFUSED = "refused"


class Purpose(StrEnum):
    """About whom something is to be said."""

    PERSON = "person"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken on one side.

    Attributes
    ----------
    instrument, version, form : code, version and form; `form` "" where there is only one
    equivalent : versions that this one is declared equivalent to
    framework, framework_version, scale : of the reported competences and levels
    n_items : scored items of the form
    """

    instrument: str
    version: str
    form: str
    framework: str
    framework_version: str
    scale: str
    n_items: int
    equivalent: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Answer with its reason.

    Attributes
    ----------
    code : see `Comparable`
    reason : for a refusal "different_framework", "different_scale", "different_instrument",
        "different_version", "not_linked", "too_few_anchors", "too_few_stable_anchors",
        "too_few_anchors_for_group"; else None
    params : the facts behind it, pairs of name and value
    link_error : logits, to be added to every interval; 0 where no link was needed, None on refusal
    """

    code: Comparable
    reason: str | None
    params: tuple[tuple[str, str | int], ...]
    link_error: float | None

    @property
    def allowed(self) -> bool:
        """Whether the comparison may be made."""
        return self.code is not Comparable.REFUSED


def comparability(
    entry: Taken,
    leave: Taken,
    link: LinkingResult | None = None,
    purpose: Purpose = Purpose.GROUP,
    method: Method = METHOD,
    designed: int = 0,
) -> Verdict:
    """Decide by methods.md §4; the first thing that stands in the way is the reason.

    Parameters
    ----------
    link : result for parallel forms; None where they were never linked
    purpose : a group needs more anchors than one person
    designed : common items of the two forms; those that everybody or nobody solved have no difficulty in the
        link, and count as dropped ones do: towards the forms' design, not towards the anchors that are left
    """
    obstacle = next(_differences(entry, leave), None)
    if obstacle:
        return _refused(obstacle[0], ("entry", obstacle[1]), ("exit", obstacle[2]))
    if entry.form == leave.form:
        code = Comparable.SAME_VERSION if entry.version == leave.version else Comparable.SAME_FORM
        return Verdict(code, None, (), 0.0)
    return _by_anchors(min(entry.n_items, leave.n_items), link, purpose, method, designed)


def _differences(entry: Taken, leave: Taken) -> Iterator[tuple[str, str, str]]:
    first = f"{entry.framework} {entry.framework_version}"
    second = f"{leave.framework} {leave.framework_version}"
    if first != second:
        yield "different_framework", first, second
    if entry.scale != leave.scale:
        yield "different_scale", entry.scale, leave.scale
    if entry.instrument != leave.instrument:
        yield "different_instrument", entry.instrument, leave.instrument
    same = entry.version == leave.version
    if not (same or entry.version in leave.equivalent or leave.version in entry.equivalent):
        yield "different_version", entry.version, leave.version


def _by_anchors(
    n_items: int, link: LinkingResult | None, purpose: Purpose, method: Method, designed: int
) -> Verdict:
    if link is None:
        return _refused("not_linked")
    share = ceil(method.anchor_share * n_items - 1e-9)
    common = max(link.n_common, designed)
    facts = (("common", common), ("kept", link.n_kept))
    if common < max(method.min_anchors, share):
        return _refused("too_few_anchors", *facts, ("needed", max(method.min_anchors, share)))
    if link.n_kept < method.min_anchors or link.error is None:
        return _refused("too_few_stable_anchors", *facts, ("needed", method.min_anchors))
    if purpose is Purpose.GROUP and common < method.min_anchors_group:
        return _refused("too_few_anchors_for_group", *facts, ("needed", method.min_anchors_group))
    return Verdict(Comparable.LINKED, None, facts, link.error)


def _refused(reason: str, *params: tuple[str, str | int]) -> Verdict:
    return Verdict(Comparable.REFUSED, reason, params, None)

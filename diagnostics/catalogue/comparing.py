"""A draft against the version before it: what the author may claim and what the documents say."""

from __future__ import annotations

from diagnostics.catalogue.draft_models import Draft, DraftKind
from diagnostics.catalogue.drafting import Checked
from diagnostics.catalogue.models import MET, Comparability, VersionKind
from diagnostics.catalogue.queries import documents
from diagnostics.catalogue.queries.versions import VersionView, one, scoring_of, versions_of
from instruments.framework import Framework
from instruments.versions import Change, change_between, differences

CLASSES = {
    Change.NONE: Comparability.NONE,
    Change.COSMETIC: Comparability.COSMETIC,
    Change.EQUIVALENT: Comparability.EQUIVALENT,
    Change.BREAKING: Comparability.BREAKING,
}


def version_before(draft: Draft) -> VersionView | None:
    """The newest version of the same work that anybody has met; of a mended key, the questions themselves."""
    if draft.kind is DraftKind.SCORING:
        return one(draft.based_on_id) if draft.based_on_id else None
    met = (one for one in versions_of(VersionKind(draft.kind.value), draft.code) if one.state in MET)
    return next((one for one in met if one.id != draft.version_id), None)


def overtaken_by(draft: Draft) -> VersionView | None:
    """The version that came after the one this draft was begun from: nothing of it is in the draft by itself."""
    base = one(draft.based_on_id) if draft.based_on_id else None
    newest = version_before(draft)
    if draft.kind is DraftKind.SCORING or base is None or newest is None or base.code != draft.code:
        return None
    return newest if newest.number > base.number else None


def found_against(draft: Draft, checked: Checked) -> Comparability | None:
    """How far the draft differs from the version before; None for a work without one."""
    before = version_before(draft)
    if before is None:
        return None
    if draft.kind is DraftKind.FRAMEWORK:
        return _frameworks(documents.framework(before.id), checked.framework)
    scored = scoring_of(before.id, met=True)
    old_scoring = documents.scoring(scored.id) if scored else None
    if draft.kind is DraftKind.SCORING:
        if old_scoring is None or checked.scoring is None:
            return Comparability.BREAKING
        found = (one.change for one in differences(old_scoring, checked.scoring))
        return CLASSES[max(found, default=Change.NONE)]
    if checked.instrument is None:
        return None
    return CLASSES[
        change_between(documents.instrument(before.id), checked.instrument, old_scoring, checked.scoring)
    ]


def common_items(draft: Draft, checked: Checked) -> tuple[str, ...]:
    """Codes of questions in both the draft and the version before: what may be declared an anchor."""
    before = version_before(draft)
    if before is None or checked.instrument is None or draft.kind is not DraftKind.INSTRUMENT:
        return ()
    old = {item.code for item in documents.instrument(before.id).items}
    return tuple(item.code for item in checked.instrument.items if item.code in old and item.type != "info")


def _frameworks(old: Framework, new: Framework | None) -> Comparability:
    """Other competences, another tree or other levels are another model; the rest is wording."""
    if new is None:
        return Comparability.BREAKING
    if old == new:
        return Comparability.NONE
    places = [{node.code: node.parent for node in one.nodes} for one in (old, new)]
    cuts = [
        {
            code: (preset.deficit_below, tuple((level.code, level.lower) for level in preset.levels))
            for code, preset in one.scales.items()
        }
        for one in (old, new)
    ]
    kept = all(places[1].get(code, code) == parent for code, parent in places[0].items())
    if not kept or any(cuts[1].get(code) != cut for code, cut in cuts[0].items()):
        return Comparability.BREAKING
    return Comparability.EQUIVALENT if places[0] != places[1] else Comparability.COSMETIC

"""Two versions of a work for people: question by question, field by field, with the class of each change.

Built upon the same leaves as the verdict (`classes`), so that nothing which counts is left untold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from instruments.texts import SOURCE_LANGUAGE, say
from instruments.versions.classes import ORDER, Change, compare, leaves_of
from instruments.versions.labels import label, reason
from instruments.versions.places import PARTS, Place, Told, owner_of, place_of
from instruments.versions.telling import Side, Teller, moved
from instruments.versions.wording import Piece, word_diff
from instruments.words import Translate, unchanged

Owner = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """One field. `pieces`: a text word by word; otherwise the values before and after in words ("" for none)."""

    field: str
    name: str
    language: str
    change: Change
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()

    def label(self, translate: Translate = unchanged) -> str:
        return label(self.field, self.language, translate)

    def reason(self, translate: Translate = unchanged) -> str:
        """Why the change has its class, in words."""
        return reason(self.change, self.field, translate)


@dataclass(frozen=True, slots=True)
class Group:
    """One question, case or matrix; the work as a whole has no part and no code. kind: new | gone | changed."""

    part: str
    code: str
    title: str
    kind: str
    change: Change
    edits: tuple[Edit, ...] = ()


def semantic(
    old: Side,
    new: Side,
    language: str = SOURCE_LANGUAGE,
    translate: Translate = unchanged,
    competences: Mapping[str, str] | None = None,
) -> list[Group]:
    """The work as a whole first, then its parts in the order of the new version, what is gone last."""
    pair = _Pair(old, new, language, translate, competences or {})
    order = {key: number for number, key in enumerate((*pair.titles_of(new), *pair.titles_of(old)))}
    groups = (pair.group(owner, places) for owner, places in pair.changed().items())
    return sorted(groups, key=lambda one: order.get((one.part, one.code), -1))


class _Pair:
    def __init__(
        self, old: Side, new: Side, language: str, translate: Translate, competences: Mapping[str, str]
    ) -> None:
        self.language, self.translate = language, translate
        self.leaves = tuple(
            {
                "instrument": leaves_of(side.instrument),
                "scoring": leaves_of(side.scoring) if side.scoring else {},
            }
            for side in (old, new)
        )
        self.old, self.new = (
            Teller(side, leaves, language, translate, competences)
            for side, leaves in zip((old, new), self.leaves, strict=True)
        )

    def titles_of(self, side: Side) -> dict[Owner, str]:
        return {
            (part, one.code): say(getattr(one, "title", None) or one.text, self.language)
            for part in PARTS
            for one in getattr(side.instrument, part)
        }

    def changed(self) -> Mapping[Owner, Mapping[Place, Change]]:
        """Edits by owner, each as bad as its worst leaf."""
        found: dict[Owner, dict[Place, Change]] = defaultdict(dict)
        for document in ("instrument", "scoring"):
            for path, change in compare(self.leaves[0][document], self.leaves[1][document]):
                place, places = place_of(document, path), found[owner_of(path)]
                places[place] = max(change, places.get(place, Change.NONE))
        return found

    def group(self, owner: Owner, places: Mapping[Place, Change]) -> Group:
        old, new = self.titles_of(self.old.side), self.titles_of(self.new.side)
        title, change = new.get(owner) or old.get(owner) or "", max(places.values())
        if owner[0] and (owner not in old or owner not in new):
            return Group(*owner, title, "new" if owner in new else "gone", change)
        return Group(*owner, title, "changed", change, tuple(self._edits(owner, places)))

    def _edits(self, owner: Owner, places: Mapping[Place, Change]) -> Iterator[Edit]:
        for place, change in places.items():
            if place.told is Told.HIDDEN:
                continue
            if place.told is Told.MEMBERS:
                before, after = self._members(owner, place)
                if not after:
                    continue
            elif place.told is Told.TEXT:
                before, after = self.old.text(owner, place), self.new.text(owner, place)
            else:
                before, after = self.old.value(owner, place), self.new.value(owner, place)
            pieces = word_diff(before, after) if place.told is Told.TEXT and before and after else ()
            yield Edit(place.field, place.name, place.language, change, before, after, pieces)

    def _members(self, owner: Owner, place: Place) -> tuple[str, str]:
        """A list is told by what came, went and moved; options that came or went have edits of their own."""
        before, after = self.old.members(owner, place), self.new.members(owner, place)
        if place.path[-1] == ORDER:
            before, after = (
                [one for one in before if one in after],
                [one for one in after if one in before],
            )
        names = {one: self.old.name_of(owner, place, one) for one in before}
        names |= {one: self.new.name_of(owner, place, one) for one in after}
        return "", moved(before, after, names, self.translate)

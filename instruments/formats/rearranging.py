"""Forms and sections of a file over those that stand, without losing an item that was not taken away."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from instruments.formats.arrived import SECTION
from instruments.formats.keeping import Keeper

_LISTS = {"sections", "items"}


def rearranged(
    stands: Sequence[dict[str, Any]], comes: Sequence[dict[str, Any]], names: Mapping[str, str], kept: Collection[str],
    keeper: Keeper, *, held: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    """Forms after the merge.

    `names`: code in the file → code in the work; `kept`: items that there are. `held`: whether the forms of the
    file were meant and accepted; otherwise those that stand stay, and new items go to the end of their sections.
    """
    if not held:
        placed = {code for form in stands for section in form["sections"] for code in section["items"]}
        fresh = [code for code in kept if code not in placed and code in set(names.values())]
        return [_extended(form, fresh, names, comes, kept) for form in stands]
    known = {form["code"]: form for form in stands}
    made = [_form(form, known.get(form["code"]), names, kept, keeper) for form in comes]
    return made + [form for form in stands if form["code"] not in {one["code"] for one in comes}]


def _form(
    form: dict[str, Any],
    known: dict[str, Any] | None,
    names: Mapping[str, str],
    kept: Collection[str],
    keeper: Keeper,
) -> dict[str, Any]:
    if known is None:
        return form | {"sections": [_section(one, names, kept) for one in form["sections"]]}
    merged = _under(form, known, keeper)
    old = {one["code"]: one for one in known["sections"]}
    sections = [_section(one, names, kept) for one in form["sections"]]
    merged["sections"] = [
        _under(one, old[one["code"]], keeper) if one["code"] in old else one for one in sections
    ]
    _put_back(merged["sections"], known["sections"], set(names.values()), kept)
    return merged


def _under(comes: dict[str, Any], stands: dict[str, Any], keeper: Keeper) -> dict[str, Any]:
    own = {field: comes[field] for field in _LISTS if field in comes}
    return keeper.document(stands, comes, SECTION, {"code", *_LISTS}) | own


def _section(section: dict[str, Any], names: Mapping[str, str], kept: Collection[str]) -> dict[str, Any]:
    codes = (names.get(code, code) for code in section["items"])
    return section | {"items": [code for code in codes if code in kept]}


def _put_back(
    sections: list[dict[str, Any]],
    stands: Sequence[dict[str, Any]],
    told: Collection[str],
    kept: Collection[str],
) -> None:
    """Items that the file does not hold and that were not removed, each after its old neighbour."""
    placed = {code for section in sections for code in section["items"]}
    for section in stands:
        target = next((one for one in sections if one["code"] == section["code"]), None)
        for place, code in enumerate(section["items"]):
            if code in placed or code in told or code not in kept:
                continue
            if target is None:
                target = section | {"items": []}
                sections.append(target)
            earlier = [one for one in section["items"][:place] if one in target["items"]]
            target["items"].insert(target["items"].index(earlier[-1]) + 1 if earlier else 0, code)


def _extended(
    form: dict[str, Any], fresh: Sequence[str], names: Mapping[str, str], comes: Sequence[dict[str, Any]],
    kept: Collection[str],
) -> dict[str, Any]:  # fmt: skip
    """The form as it stands, without what is gone, with what is new at the end of its section, else of the last."""
    wanted = {
        names.get(code, code): section["code"]
        for one in comes
        for section in one["sections"]
        for code in section["items"]
    }
    sections = [
        section | {"items": [code for code in section["items"] if code in kept]}
        for section in form["sections"]
    ]
    for code in fresh:
        named = [section for section in sections if section["code"] == wanted.get(code)]
        target = named[0] if named else sections[-1] if sections else None
        if target is not None:
            target["items"] = [*target["items"], code]
    return form | {"sections": sections}

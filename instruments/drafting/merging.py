"""Two authors and one draft: what each changed is told apart by parts; only the same part can clash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from instruments.drafting.parts import Parts, is_order, item_of, join, split

#: Path of a part → (before, after); a part that is not there is absent from its side.
Patch: TypeAlias = dict[str, dict[str, Any]]

BEFORE, AFTER = "before", "after"
_ABSENT = object()


class Clash(NamedTuple):
    """The same part changed by both; a side that removed it says None."""

    path: str
    base: Any
    mine: Any
    theirs: Any

    @property
    def item(self) -> str | None:
        return item_of(self.path)


@dataclass(frozen=True, slots=True)
class Merged:
    """`body` holds what both did; where they clash it holds theirs."""

    body: dict[str, Any]
    clashes: tuple[Clash, ...]


def patch_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> Patch:
    """What changed from one body to another; empty when nothing did."""
    before, after = split(old), split(new)
    found: Patch = {}
    for path in {**before, **after}:
        sides = {side: parts[path] for side, parts in ((BEFORE, before), (AFTER, after)) if path in parts}
        if len(sides) == 1 or sides[BEFORE] != sides[AFTER]:
            found[path] = sides
    return found


def applied(body: Mapping[str, Any], patch: Patch, *, side: str = AFTER) -> dict[str, Any]:
    """The body with one side of a patch put in; `side="before"` takes the patch back."""
    return join(_with(split(body), patch, side))


def merge(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    choices: Mapping[str, str] | None = None,
) -> Merged:
    """Both changes of one base. `choices`: path → «mine» or «theirs» for parts on which the two clash.

    A question and its key are one matter: if one author changed the words and the other the key, both clash.
    """
    standing, own, other = split(base), split(mine), split(theirs)
    chosen = choices or {}
    result, clashes = dict(other), []
    touched = _touched_items(standing, other)
    for path in _changed(standing, own):
        before, want, there = (parts.get(path, _ABSENT) for parts in (standing, own, other))
        kept = _settled(path, before, want, there, whole=item_of(path) not in touched)
        if kept is _CLASH and chosen.get(path) == "mine":
            kept = want
        if kept is not _CLASH:
            _set(result, path, kept)
        elif path not in chosen:
            clashes.append(Clash(path, *(None if one is _ABSENT else one for one in (before, want, there))))
    return Merged(join(result), tuple(clashes))


_CLASH = object()


def _settled(path: str, before: Any, want: Any, there: Any, *, whole: bool) -> Any:
    """The value on which both sides agree, or _CLASH; `whole`: nobody else touched the same question."""
    if want == there:
        return want
    if there == before and (whole or item_of(path) is None):
        return want
    if all(is_order(path, one) for one in (before, want, there)):
        return _order(before, want, there)
    return _CLASH


def _order(base: list[str], mine: list[str], theirs: list[str]) -> Any:
    """Both orders in one: what I added or removed, put into theirs; two new orders of the same codes clash."""
    common = [code for code in base if code in mine and code in theirs]
    moved_by_me = [code for code in mine if code in common] != common
    moved_by_them = [code for code in theirs if code in common] != common
    if moved_by_me and moved_by_them:
        return _CLASH
    frame, other = (mine, theirs) if moved_by_me else (theirs, mine)
    gone = set(base) - set(other)
    result = [code for code in frame if code not in gone]
    for index, code in enumerate(other):
        if code not in base and code not in result:
            ahead = [one for one in other[:index] if one in result]
            result.insert(result.index(ahead[-1]) + 1 if ahead else 0, code)
    return result


def _touched_items(before: Parts, after: Parts) -> set[str | None]:
    return {item_of(path) for path in _changed(before, after)} - {None}


def _changed(before: Parts, after: Parts) -> list[str]:
    return [path for path in {**before, **after} if before.get(path, _ABSENT) != after.get(path, _ABSENT)]


def _with(parts: Parts, patch: Patch, side: str) -> Parts:
    for path, sides in patch.items():
        _set(parts, path, sides.get(side, _ABSENT))
    return parts


def _set(parts: Parts, path: str, value: Any) -> None:
    if value is _ABSENT:
        parts.pop(path, None)
    else:
        parts[path] = value

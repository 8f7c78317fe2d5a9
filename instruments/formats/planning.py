"""A file against the work that stands: what is new, changed, removed, the same; nothing happens unasked.

An item is known by its code; where the file has lost the code, by its text. What the file has no room for
(`Read.held`) stays as it is: a table without a column for hints takes no hint away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from instruments.document import Instrument
from instruments.formats.arrived import INSTRUMENT, ITEM, SCORING, Read, Work
from instruments.formats.keeping import Keeper
from instruments.formats.likeness import likely_same
from instruments.formats.rearranging import rearranged
from instruments.formats.sharing import PartChange, accepted_lists, order_detail, part_changes, shared_lists
from instruments.formats.telling import Detail, item_details, work_details
from instruments.formats.workbook.wordings import header_names
from instruments.scoring import Scoring

__all__ = ["Detail", "ItemChange", "Plan", "apply", "merge"]

# A work keeps its identity and its kind whatever the file says.
_IDENTITY = {"code", "kind", "instrument", "items", "forms"}


class _Side(NamedTuple):
    """Plain data of one item and of its entry in the scoring."""

    item: Mapping[str, Any]
    entry: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item of the plan. `key` is what `apply` takes when a person accepts it.

    code: as it stands, or of the file where the item is new. like: code of the standing item that has nearly
    the same text, although the file named no code or another one; accepted by its key the file's item takes
    the place of that one, accepted by `as_new` it is added beside it.
    """

    key: str
    code: str
    title: str
    details: tuple[Detail, ...] = ()
    row: int | None = None
    like: str | None = None
    as_new: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """`work`: changes of the work as a whole (settings, forms, sections), accepted together by the key WORK.

    `parts`: cases, matrices and critical items, each accepted by its own key.
    """

    standing: Work
    incoming: Read
    new: tuple[ItemChange, ...]
    changed: tuple[ItemChange, ...]
    removed: tuple[ItemChange, ...]
    same: tuple[ItemChange, ...]
    work: tuple[Detail, ...]
    parts: tuple[PartChange, ...] = ()

    WORK = "#work"

    @property
    def is_empty(self) -> bool:
        """Whether the file says nothing that does not stand already."""
        return not (self.new or self.changed or self.removed or self.work or self.parts)

    @property
    def offered(self) -> frozenset[str]:
        """What is accepted unless a person says otherwise: everything but removals."""
        keys = {change.key for change in (*self.new, *self.changed)}
        keys |= {part.key for part in self.parts if part.state != "removed"}
        return frozenset(keys | ({self.WORK} if self.work else set()))


def merge(standing: Work, incoming: Read) -> Plan:
    """What the file would change. ValueError when nothing of the file could be read."""
    if incoming.instrument is None:
        raise ValueError("nothing was read from the file: there is nothing to merge")
    before, after = _sides(standing), _sides(Work(incoming.instrument, incoming.scoring))
    like = likely_same(_texts(before), _texts(after), _lost(before, after, incoming))
    keeper = Keeper(incoming.held)
    forms = header_names(_plain(standing.instrument)["forms"])
    new: list[ItemChange] = []
    changed: list[ItemChange] = []
    same: list[ItemChange] = []
    for code, side in after.items():
        known = code if code in before and code not in incoming.given else like.get(code)
        if known is None:
            new.append(_change(code, side, incoming, (), None))
            continue
        details = tuple(item_details(before[known], _kept(keeper, before[known], side), forms))
        (changed if details else same).append(_change(code, side, incoming, details, known))
    met = {change.code for change in (*changed, *same)}
    gone = [
        _change(code, side, incoming, (), code)
        for code, side in before.items()
        if code not in met | _unread(incoming)
    ]
    work = tuple(_work_details(standing, incoming, keeper, like))
    shared = shared_lists(standing, incoming, keeper)
    parts = tuple(part for field, both in shared.items() for part in part_changes(field, both))
    return Plan(standing, incoming, tuple(new), tuple(changed), tuple(gone), tuple(same), work, parts)


def apply(plan: Plan, accepted: Collection[str]) -> Work:
    """The standing work with the accepted changes; what is not accepted stays as it was."""
    return Work(*_documents(plan, frozenset(accepted)))


def _documents(plan: Plan, accepted: frozenset[str]) -> tuple[Instrument, Scoring | None]:
    keeper = Keeper(plan.incoming.held)
    before = _sides(plan.standing)
    after = _sides(Work(_given(plan.incoming), plan.incoming.scoring))
    sides = dict(before)
    for change in plan.changed:
        if change.key in accepted:
            sides[change.code] = _kept(keeper, before[change.code], after[_source(change)])
    added = [change for change in plan.new if change.key in accepted]
    added += [change for change in plan.changed if change.as_new in accepted and change.key not in accepted]
    names = {change.code: _free(change.code, sides) for change in added if change.as_new is None}
    for change in added:
        source = _source(change)
        name = names.get(change.code) or _free(source, sides)
        names[source] = name
        sides[name] = _renamed(after[source], name)
    for change in plan.removed:
        if change.key in accepted:
            sides.pop(change.code, None)
    names |= {
        _source(change): change.code for change in (*plan.changed, *plan.same) if _source(change) not in names
    }
    whole = plan.WORK in accepted
    instrument = _instrument(plan, keeper, sides, names, accepted, whole=whole)
    return instrument, _scoring(plan, keeper, sides, accepted, whole=whole)


def _instrument(
    plan: Plan, keeper: Keeper, sides: Mapping[str, _Side], names: Mapping[str, str], accepted: Collection[str], *,
    whole: bool,
) -> Instrument:  # fmt: skip
    given = _given(plan.incoming)
    standing: dict[str, Any] = _plain(plan.standing.instrument)
    incoming: dict[str, Any] = _plain(given)
    body = keeper.document(standing, incoming, INSTRUMENT, _IDENTITY) if whole else dict(standing)
    shared = shared_lists(plan.standing, plan.incoming, keeper)
    body |= accepted_lists(INSTRUMENT, shared, accepted, reordered=whole)
    body["items"] = [dict(sides[code].item) for code in _in_order(plan, sides, names, whole=whole)]
    held = whole and keeper.holds(INSTRUMENT, "forms", "")
    body["forms"] = rearranged(standing["forms"], incoming["forms"], names, set(sides), keeper, held=held)
    return Instrument.model_validate(body)


def _scoring(
    plan: Plan, keeper: Keeper, sides: Mapping[str, _Side], accepted: Collection[str], *, whole: bool
) -> Scoring | None:
    entries = {code: dict(side.entry) for code, side in sides.items() if side.entry is not None}
    stands, comes = plan.standing.scoring, plan.incoming.scoring
    if stands is None and (comes is None or not entries):
        return None
    if stands is None:
        code = plan.standing.instrument.code
        body = _plain(comes) | {"code": code, "instrument": code}
    else:
        body = _plain(stands)
        if whole and comes is not None:
            body = keeper.document(body, _plain(comes), SCORING, _IDENTITY)
        shared = shared_lists(plan.standing, plan.incoming, keeper)
        body |= accepted_lists(SCORING, shared, accepted, reordered=whole)
    return Scoring.model_validate(body | {"items": entries})


def _in_order(plan: Plan, sides: Mapping[str, _Side], names: Mapping[str, str], *, whole: bool) -> list[str]:
    """Items in the order of the file where it was accepted, those that it lacks after their old neighbours."""
    if not whole:
        return list(sides)
    order = [names[item.code] for item in _given(plan.incoming).items if names.get(item.code) in sides]
    for place, code in enumerate(sides):
        if code not in order:
            earlier = [other for other in list(sides)[:place] if other in order]
            order.insert(order.index(earlier[-1]) + 1 if earlier else 0, code)
    return order


def _change(
    code: str, side: _Side, incoming: Read, details: tuple[Detail, ...], known: str | None
) -> ItemChange:
    titles = side.item.get("title") or {}
    title = titles.get("ru") or next(iter(titles.values()), "")
    stands, like = (
        known or code,
        known if known not in (None, code) or (known and code in incoming.given) else None,
    )
    return ItemChange(
        key=stands, code=stands, title=title, details=details, row=incoming.rows.get(code), like=like,
        as_new=f"+{code}" if like else None,
    )  # fmt: skip


def _source(change: ItemChange) -> str:
    """Code of the change's item in the file."""
    return change.as_new.removeprefix("+") if change.as_new else change.code


def _free(code: str, taken: Collection[str]) -> str:
    """The code, or the next like it that is not taken."""
    name, number = code, 2
    while name in taken:
        name, number = f"{code}-{number}", number + 1
    return name


def _renamed(side: _Side, code: str) -> _Side:
    return _Side({**side.item, "code": code}, side.entry)


def _kept(keeper: Keeper, before: _Side, after: _Side) -> _Side:
    if before.item["code"] != after.item["code"]:
        after = _with_lists(before, after)
    item = keeper.document(before.item, after.item, ITEM, {"code"})
    return _Side(item, keeper.entry(before.entry, after.entry))


def _with_lists(before: _Side, after: _Side) -> _Side:
    """Options on a sheet of their own name the code that the file has lost: they still stand."""
    lost = {name for name, value in after.item.items() if value == [] and before.item.get(name)}
    if not lost:
        return after
    item = {**after.item, **{name: before.item[name] for name in lost}}
    stood = {name: value for name, value in (before.entry or {}).items() if name in ("key", "mistakes")}
    return _Side(item, None if after.entry is None else {**stood, **after.entry})


def _lost(
    before: Mapping[str, _Side], after: Mapping[str, _Side], incoming: Read
) -> tuple[list[str], list[str]]:
    """Items that miss their other half: of the standing work, and of the file."""
    named = {code for code in after if code not in incoming.given}
    return [code for code in before if code not in named], [
        code for code in after if code not in before or code not in named
    ]


def _unread(incoming: Read) -> set[str]:
    """Items that the file holds although they could not be read: they are not removed."""
    return set(incoming.left_out)


def _texts(sides: Mapping[str, _Side]) -> dict[str, str]:
    return {code: (side.item.get("text") or {}).get("ru", "") for code, side in sides.items()}


def _work_details(
    standing: Work, incoming: Read, keeper: Keeper, like: Mapping[str, str]
) -> Iterator[Detail]:
    """Differences of the work itself, as if nothing were removed."""
    given = _given(incoming)
    before, after = _plain(standing.instrument), _plain(given)
    codes = {item.code for item in standing.instrument.items}
    names = {item.code: like.get(item.code, item.code) for item in given.items}
    common = {code: name for code, name in names.items() if name in codes}
    merged = keeper.document(before, after, INSTRUMENT, _IDENTITY)
    held = keeper.holds(INSTRUMENT, "forms", "")
    merged["forms"] = rearranged(before["forms"], after["forms"], common, codes, keeper, held=held)
    keys: dict[str, Any] = _plain(standing.scoring) if standing.scoring else {}
    merged_keys = (
        keeper.document(keys, _plain(incoming.scoring), SCORING, _IDENTITY)
        if keys and incoming.scoring
        else keys
    )
    yield from work_details(before, merged, keys, merged_keys)
    for field, both in shared_lists(standing, incoming, keeper).items():
        yield from order_detail(field, both)


def _given(incoming: Read) -> Instrument:
    if incoming.instrument is None:
        raise ValueError("nothing was read from the file: there is nothing to merge")
    return incoming.instrument


def _sides(work: Work) -> dict[str, _Side]:
    entries: dict[str, Any] = _plain(work.scoring)["items"] if work.scoring else {}
    items: list[dict[str, Any]] = _plain(work.instrument)["items"]
    return {item["code"]: _Side(item, entries.get(item["code"])) for item in items}


def _plain(document: Instrument | Scoring | None) -> dict[str, Any]:
    return {} if document is None else document.model_dump(mode="json", exclude_defaults=True)

"""A sheet of places read and compared with the tree: what is new, changed, the same, and every mistake by its row.

Pure of the database: rows of texts and the places that stand now go in, a plan comes out. A row names its parents
by their names, so rows may stand in any order and a parent may come in the same sheet. A school in a municipality
in a region: the kinds leave no way to stand below oneself, and a row that tries is a mistake like others.
"""

from __future__ import annotations

import enum
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from diagnostics.errors import FieldRefused
from diagnostics.people import names
from diagnostics.people.models import NodeKind
from diagnostics.people.place_columns import KIND_WORDS, Row, head_of
from diagnostics.people.queries.places import Place

LONGEST_NAME, LONGEST_CODE = 300, 40

FACTS = ("name", "short_name", "code", "zone")
#: From the top of the tree down: parents are known before those who stand in them.
ORDER = (NodeKind.REGION, NodeKind.MUNICIPALITY, NodeKind.INSTITUTE, NodeKind.SCHOOL)


class Change(enum.StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Mistake:
    """`row` as the spreadsheet numbers it; `code` names the sentence."""

    row: int
    column: str
    code: str
    value: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One sound row. `parent`: its key in the plan (`id:…` of a standing place, `row:…` of a new one), or None."""

    row: int
    kind: NodeKind
    name: str
    short_name: str
    code: str | None
    zone: str | None
    change: Change
    place_id: str | None
    parent: str | None
    parent_name: str
    differs: tuple[str, ...] = ()  # columns that say something else than what stands; «parent» too

    @property
    def key(self) -> str:
        return f"id:{self.place_id}" if self.place_id else f"row:{self.row}"


@dataclass(frozen=True, slots=True)
class Plan:
    """`left_out`: standing places that the sheet does not name; nothing happens to them."""

    entries: tuple[Entry, ...]
    mistakes: tuple[Mistake, ...]
    left_out: tuple[Place, ...]
    unknown_heads: tuple[str, ...] = ()

    def of(self, change: Change) -> tuple[Entry, ...]:
        return tuple(one for one in self.entries if one.change is change)

    @property
    def work(self) -> tuple[Entry, ...]:
        """What is to be done, parents before those who stand in them."""
        return tuple(one for one in self.entries if one.change is not Change.SAME)


def plan(rows: Sequence[Row], standing: Iterable[Place], taken_codes: Iterable[str] = ()) -> Plan:
    """Compare a sheet with the places within reach; `taken_codes` belong to places out of reach.

    Raises
    ------
    FieldRefused
        `places_no_head`: no row has a column with the full name.
    """
    return _Reading(rows, tuple(standing), frozenset(taken_codes)).plan()


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    kind: NodeKind
    cells: Mapping[str, str]


class _Reading:
    """One pass over the rows, from the top of the tree down."""

    def __init__(self, rows: Sequence[Row], standing: tuple[Place, ...], taken: frozenset[str]) -> None:
        self._columns, self._unknown, self._body = head_of(rows)
        self._standing = standing
        self._taken = taken
        self._by_id = {one.id: one for one in standing}
        self._by_code = {one.code: one for one in standing if one.code}
        # Where parents are looked for: folded name → keys, by kind.
        self._known: dict[tuple[NodeKind, str], list[str]] = {}
        for one in standing:
            for spelling in {names.fold(one.name), names.fold(one.short_name)}:
                self._known.setdefault((one.kind, spelling), []).append(f"id:{one.id}")
        self._parents: dict[str, str | None] = {
            f"id:{one.id}": f"id:{one.parent_id}" if one.parent_id in self._by_id else None
            for one in standing
        }
        self._names = {f"id:{one.id}": one.short_name for one in standing}
        self._mistakes: list[Mistake] = []
        self._seen: dict[str, int] = {}  # code or key of a place → the row that named it first

    def plan(self) -> Plan:
        lines = sorted(self._lines(), key=lambda line: (ORDER.index(line.kind), line.row))
        entries = [entry for line in lines for entry in self._entry(line)]
        named = {entry.place_id for entry in entries}
        left = tuple(one for one in self._standing if one.id not in named)
        return Plan(
            tuple(entries), tuple(sorted(self._mistakes, key=lambda one: one.row)), left, self._unknown
        )

    def _lines(self) -> Iterator[_Line]:
        for row, cells in self._body:
            values = {
                name: cells[place].strip() if place < len(cells) else ""
                for name, place in self._columns.items()
            }
            kind = KIND_WORDS.get(names.fold(values.get("kind", "")) or "школа")
            if kind is None:
                self._wrong(row, "kind", "place_kind_unknown", values["kind"])
                continue
            yield _Line(row, kind, values)

    def _entry(self, line: _Line) -> Iterator[Entry]:
        before = len(self._mistakes)
        told = {name: self._text(line, name) for name in ("name", "short_name", "code")}
        told["zone"] = self._zone(line)
        parent = self._parent(line)
        if len(self._mistakes) > before:
            return
        place = self._place(line.kind, told["name"], told["code"], parent)
        if not self._is_refused(line, place, told, parent):
            yield self._compared(line, place, told, parent)

    def _compared(
        self, line: _Line, place: Place | None, told: Mapping[str, str], parent: str | None
    ) -> Entry:
        """An empty cell changes nothing; a place above that is out of reach stays what it is."""
        stands = _facts(place) if place else {"short_name": told["name"]}
        facts = {name: told[name] or stands.get(name, "") for name in FACTS}
        differs = [name for name in FACTS if place and facts[name] != stands[name]]
        if place and parent is not None and self._parents[f"id:{place.id}"] != parent:
            differs.append("parent")
        change = Change.NEW if place is None else Change.CHANGED if differs else Change.SAME
        above = self._names.get(parent or "", "")
        entry = Entry(
            row=line.row,
            kind=line.kind,
            name=facts["name"],
            short_name=facts["short_name"],
            code=facts["code"] or None,
            zone=facts["zone"] or None,
            change=change,
            place_id=place.id if place else None,
            parent=parent,
            parent_name=above,
            differs=tuple(differs),
        )
        for spelling in {names.fold(entry.name), names.fold(entry.short_name)}:
            keys = self._known.setdefault((line.kind, spelling), [])
            if entry.key not in keys:
                keys.append(entry.key)
        self._names[entry.key] = entry.short_name
        if parent is not None or place is None:
            self._parents[entry.key] = parent
        return entry

    def _text(self, line: _Line, column: str) -> str:
        longest = LONGEST_CODE if column == "code" else LONGEST_NAME
        value = line.cells.get(column, "")
        try:
            return names.clean(value, field=column, required=column == "name", longest=longest)
        except FieldRefused as refused:
            self._wrong(line.row, column, refused.code, value, refused.parameters)
            return ""

    def _zone(self, line: _Line) -> str:
        value = line.cells.get("zone", "")
        if value and value not in zoneinfo.available_timezones():
            self._wrong(line.row, "zone", "zone_unknown", value)
        return value

    def _parent(self, line: _Line) -> str | None:
        """The key of the place above: the municipality when it is named, else the region; None: as it stands."""
        wanted = line.cells.get("municipality", "")
        is_above = line.kind in {NodeKind.REGION, NodeKind.MUNICIPALITY}
        if is_above and wanted and names.fold(wanted) != names.fold(line.cells.get("name", "")):
            self._wrong(line.row, "municipality", "parent_unfit", wanted)
        if line.kind is NodeKind.REGION:
            return None
        if is_above or not wanted:
            return self._region(line)
        region = self._region(line) if line.cells.get("region") else None
        return self._named(line, "municipality", NodeKind.MUNICIPALITY, within=region)

    def _region(self, line: _Line) -> str | None:
        """Named, or the only one there is; who reaches no region leaves it as it stands."""
        regions = [key for (kind, _), keys in self._known.items() if kind is NodeKind.REGION for key in keys]
        within_reach = dict.fromkeys(regions)
        if not within_reach:
            return None
        if line.cells.get("region"):
            return self._named(line, "region", NodeKind.REGION, within=None)
        if len(within_reach) > 1:
            self._wrong(line.row, "region", "place_parent_missing")
            return None
        return next(iter(within_reach))

    def _named(self, line: _Line, column: str, kind: NodeKind, *, within: str | None) -> str | None:
        value = line.cells.get(column, "")
        keys = self._known.get((kind, names.fold(value)), [])
        found = [key for key in keys if within is None or self._parents.get(key) == within]
        if len(found) == 1:
            return found[0]
        self._wrong(line.row, column, "place_parent_doubtful" if found else "place_parent_unknown", value)
        return None

    def _place(self, kind: NodeKind, name: str, code: str, parent: str | None) -> Place | None:
        """Which standing place the row is about: by its code, else by kind, name and the place above."""
        if code in self._by_code:
            return self._by_code[code]
        keys = self._known.get((kind, names.fold(name)), [])
        for key in keys:
            place = self._by_id.get(key.removeprefix("id:"))
            # A standing place with a code of its own is not renamed into another code by a likeness of names.
            if place and self._parents[key] == parent and (not code or not place.code):
                return place
        return None

    def _is_refused(
        self, line: _Line, place: Place | None, told: Mapping[str, str], parent: str | None
    ) -> bool:
        refusals = (
            (place is not None and place.kind is not line.kind, "kind", "place_kind_differs"),
            (told["code"] in self._taken, "code", "code_taken"),
            (place is None and line.kind is NodeKind.REGION, "kind", "place_region_new"),
            (place is None and line.kind is not NodeKind.REGION and parent is None, "region", "place_parent_missing"),
        )  # fmt: skip
        for is_so, column, code in refusals:
            if is_so:
                self._wrong(line.row, column, code, line.cells.get(column, ""))
                return True
        return self._is_double(line, place, told, parent)

    def _is_double(
        self, line: _Line, place: Place | None, told: Mapping[str, str], parent: str | None
    ) -> bool:
        """The same place, or the same code, in two rows: the first one counts."""
        new = f"{line.kind}:{names.fold(told['name'])}:{parent}:{told['code']}"
        marks = [f"id:{place.id}" if place else new] + ([f"code:{told['code']}"] if told["code"] else [])
        first = min(self._seen.setdefault(mark, line.row) for mark in marks)
        if first != line.row:
            self._wrong(line.row, "name", "place_double", told["name"], {"row": first})
        return first != line.row

    def _wrong(
        self,
        row: int,
        column: str,
        code: str,
        value: str = "",
        parameters: Mapping[str, object] | None = None,
    ) -> None:
        self._mistakes.append(Mistake(row, column, code, value[:80], parameters or {}))


def _facts(place: Place) -> dict[str, str]:
    return {
        "name": place.name,
        "short_name": place.short_name,
        "code": place.code or "",
        "zone": place.zone or "",
    }

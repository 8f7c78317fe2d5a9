"""A file and its settings → what would be made: shown first, applied only when nothing is wrong or open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from diagnostics.campaigns.models import WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.findings.importing.keys import KeyRow, one_block, read_key
from diagnostics.findings.importing.people import People, match_people
from diagnostics.findings.importing.problems import ImportRefused, Problem, in_order
from diagnostics.findings.importing.reading import BLOCK, Entry, Parsed, read_blocks, read_items
from diagnostics.people.queries.places import Place
from instruments.framework import Framework

ITEMS, BLOCKS = "items", "blocks"
KINDS = (ITEMS, BLOCKS)
ORDER = (WaveKind.ENTRY, WaveKind.INTERIM, WaveKind.EXIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a file is to be read. `block`: of all items when there is no key. `matches`: row → who it is."""

    kind: str
    title: str
    framework_id: str
    preset: str
    block: str = ""
    dates: Mapping[WaveKind, date] = field(default_factory=dict)
    matches: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """`key`: item → its entry, in the order of columns; empty for block points."""

    settings: Settings
    entries: tuple[Entry, ...]
    people: People
    problems: tuple[Problem, ...]
    key: Mapping[str, KeyRow]
    rows: int
    empty_cells: int

    @property
    def waves(self) -> tuple[WaveKind, ...]:
        present = {entry.who.wave for entry in self.entries}
        return tuple(kind for kind in ORDER if kind in present)

    @property
    def persons(self) -> int:
        return len(set(self.people.refs.values()))

    @property
    def new_persons(self) -> int:
        return sum(ref.startswith("row:") for ref in set(self.people.refs.values()))

    @property
    def blocks(self) -> tuple[str, ...]:
        """Reported competences: those of the points, or the areas that the items belong to."""
        if self.settings.kind == BLOCKS:
            return tuple(sorted({code for entry in self.entries for code in entry.blocks}))
        framework = catalogue.framework(self.settings.framework_id)
        return tuple(dict.fromkeys(area_of(framework, one.competence) for one in self.key.values()))

    @property
    def ready(self) -> bool:
        return bool(self.entries) and not self.problems and not self.people.undecided

    def people_in(self, wave: WaveKind) -> int:
        return sum(entry.who.wave is wave for entry in self.entries)


def read_file(
    content: bytes, key_content: bytes | None, settings: Settings
) -> tuple[Parsed, dict[str, KeyRow]]:
    """The pure part: slow on large files, touches no person.

    ImportRefused for a file or a key that cannot be read at all.
    """
    codes = frozenset(catalogue.framework(settings.framework_id).in_order())
    if settings.kind == BLOCKS:
        parsed = read_blocks(content)
        wrong = [
            Problem(points.row, BLOCK, "block_unknown", block)
            for entry in parsed.entries
            for block, points in entry.blocks.items()
            if block not in codes
        ]
        return replace(parsed, problems=in_order((*parsed.problems, *wrong))), {}
    if key_content is not None:
        key = read_key(key_content, codes)
        return read_items(content, key), key
    if settings.block not in codes:
        raise ImportRefused([Problem(0, "", "key_or_block_needed", settings.block)])
    parsed = read_items(content, None)
    return parsed, one_block(tuple(parsed.maxima), settings.block)


def plan_import(
    parsed: Parsed, key: Mapping[str, KeyRow], settings: Settings, *, place: Place, scope: Iterable[str]
) -> ImportPlan:
    """Match the persons; `place`: whose diagnosis it becomes and where people without a school work."""
    people = match_people(
        [entry.who for entry in parsed.entries],
        scope=scope,
        default_school=place.code or place.short_name,
        choices=settings.matches,
    )
    problems = (*parsed.problems, *people.problems, *_joined_twice(parsed.entries, people))
    return ImportPlan(
        settings, parsed.entries, people, in_order(problems), key, parsed.rows, parsed.empty_cells
    )


def area_of(framework: Framework, competence: str) -> str:
    """The root above a competence, or itself."""
    above = framework.ancestors(competence)
    return above[-1] if above else competence


def _joined_twice(entries: Collection[Entry], people: People) -> list[Problem]:
    """Matches by hand may not put one person twice into a wave."""
    places = [(people.refs.get(entry.who.key), entry.who.wave) for entry in entries]
    times = Counter(place for place in places if place[0] is not None)
    return [
        Problem(entry.who.row, "person", "match_twice", entry.who.name.full)
        for entry, place in zip(entries, places, strict=True)
        if times[place] > 1 and entry.who.row in people.planned
    ]

"""People of a list against those already known: which school is meant, who is who."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.roster import columns as c
from diagnostics.campaigns.roster.entries import LONGEST_SHOWN, Entry, Roster
from diagnostics.campaigns.roster.mistakes import Mistake, Remark
from diagnostics.database import session
from diagnostics.people.models import Membership, NodeKind, Person, PersonalData, PersonState
from diagnostics.people.queries.places import Place, places

_CODE_AT_END = re.compile(r"\((\w+)\)\Z")  # as we offer it: «Школа № 12 (001012)»
_LIKE_ENOUGH = 0.55
_SUGGESTIONS = 3
# Words that many names of schools share and people leave out.
_COMMON = re.compile(
    r"\b(мбоу|моу|мкоу|маоу|гбоу|муниципальн\w*|бюджетн\w*|общеобразовательн\w*|учреждени\w*|средн\w*|сош|оош|n|г|гор|с|п)\b"
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A row that can be applied; `person_id` None: a new person will be added."""

    entry: Entry
    school_id: str
    school: str
    person_id: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Good rows, every mistake by row number, remarks, and how many rows the file has."""

    good: tuple[Planned, ...]
    mistakes: tuple[Mistake, ...]
    remarks: tuple[Remark, ...]
    rows: int

    @property
    def new_persons(self) -> int:
        return sum(one.person_id is None for one in self.good)


def plan(roster: Roster, scope: Iterable[str]) -> Plan:
    """Match a list to the schools under `scope` and to persons: by e-mail, or by name and school."""
    schools = _Schools(places(scope, NodeKind.SCHOOL, NodeKind.INSTITUTE))
    persons = _Persons.known(roster.entries)
    good: list[Planned] = []
    mistakes = [*roster.mistakes, *schools.mistakes_of(roster.schools_of_bad)]
    taken: dict[str, int] = {}
    for entry in roster.entries:
        found = _match(entry, schools, persons)
        if isinstance(found, Planned) and found.person_id in taken:
            found = Mistake(
                entry.row, c.FULL_NAME, "double", entry.name.full, {"first": taken[found.person_id]}
            )
        if isinstance(found, Mistake):
            mistakes.append(found)
            continue
        good.append(found)
        if found.person_id:
            taken[found.person_id] = entry.row
    return Plan(tuple(good), tuple(sorted(mistakes, key=lambda one: one.row)), roster.remarks, roster.rows)


def _match(entry: Entry, schools: _Schools, persons: _Persons) -> Planned | Mistake:
    found = schools.find(entry.school)
    if len(found) != 1:
        return schools.mistake(entry.row, entry.school, found)
    school = found[0]
    who = persons.find(entry, school.id)
    if isinstance(who, str) or who is None:
        return Planned(entry, school.id, school.short_name, who)
    return who


class _Schools:
    """Schools by code (zeros at the beginning may be lost) and by name (common words may be left out)."""

    def __init__(self, known: Sequence[Place]) -> None:
        self.known = known
        self.by_word: dict[str, list[Place]] = defaultdict(list)
        for place in known:
            words = {plain_school(place.name), plain_school(place.short_name)}
            if place.code:
                words |= {place.code.casefold(), place.code.casefold().lstrip("0")}
            for word in filter(None, words):
                self.by_word[word].append(place)

    def find(self, text: str) -> list[Place]:
        code = _CODE_AT_END.search(text)
        words = (text.casefold(), code[1].casefold() if code else "", plain_school(text))
        return next((self.by_word[word] for word in words if word in self.by_word), [])

    def mistake(self, row: int, text: str, found: Sequence[Place]) -> Mistake:
        code = "school_ambiguous" if found else "school_unknown"
        offers = [_named(place) for place in found or self._like(text)][:_SUGGESTIONS]
        return Mistake(row, c.SCHOOL, code, text[:LONGEST_SHOWN], {"offers": offers})

    def mistakes_of(self, rows: Iterable[tuple[int, str]]) -> list[Mistake]:
        """Schools that cannot be told among rows that have other mistakes too."""
        looked_up = [(row, text, self.find(text)) for row, text in rows]
        return [self.mistake(row, text, found) for row, text, found in looked_up if len(found) != 1]

    def _like(self, text: str) -> list[Place]:
        wanted = plain_school(text)
        likeness = [
            (SequenceMatcher(None, wanted, plain_school(place.short_name)).ratio(), place)
            for place in self.known
        ]
        near = sorted(
            (pair for pair in likeness if pair[0] >= _LIKE_ENOUGH), key=lambda pair: (-pair[0], pair[1].name)
        )
        return [place for _, place in near]


class _Persons:
    """Living persons who may be meant: by e-mail, or by name at a school where they work now."""

    def __init__(self) -> None:
        self.by_email: dict[str, tuple[str, str]] = {}
        self.by_work: dict[tuple[str, str], set[str]] = defaultdict(set)

    @classmethod
    def known(cls, entries: Sequence[Entry]) -> _Persons:
        made, today = cls(), clock.now().date()
        rows = session.execute(
            sa.select(PersonalData.person_id, PersonalData.sort_name, PersonalData.email, Membership.node_id)
            .join(Person, Person.id == PersonalData.person_id)
            .outerjoin(
                Membership,
                sa.and_(
                    Membership.person_id == PersonalData.person_id,
                    sa.or_(Membership.until.is_(None), Membership.until >= today),
                ),
            )
            .where(
                Person.state == PersonState.ACTIVE,
                sa.or_(
                    PersonalData.sort_name.in_([entry.name.sort_name for entry in entries]),
                    PersonalData.email.in_([entry.email for entry in entries if entry.email]),
                ),
            )
        )
        for person_id, sort_name, email, node_id in rows:
            if email:
                made.by_email[email.casefold()] = (person_id, sort_name)
            if node_id:
                made.by_work[sort_name, node_id].add(person_id)
        return made

    def find(self, entry: Entry, school_id: str) -> str | Mistake | None:
        if entry.email and entry.email in self.by_email:
            person_id, sort_name = self.by_email[entry.email]
            if sort_name.split()[:1] == entry.name.sort_name.split()[:1]:
                return person_id
            return Mistake(entry.row, c.EMAIL, "email_of_another", entry.email)
        found = self.by_work.get((entry.name.sort_name, school_id), set())
        if len(found) > 1:
            return Mistake(entry.row, c.FULL_NAME, "person_ambiguous", entry.name.full)
        return next(iter(found), None)


def plain_school(name: str) -> str:
    """A school's name for comparing: «МБОУ "СОШ № 12"» and «Школа № 12» come near, «школа 12» is the same."""
    return " ".join(_COMMON.sub(" ", c.plain(name)).split())


def _named(place: Place) -> str:
    return f"{place.short_name} ({place.code})" if place.code else place.short_name

"""Consents as they stand: which text applies at a place, what a person agreed to, who still has to be erased.

A consent stands until it is withdrawn: a later text does not undo what was agreed to the earlier one. Of
several standing consents to one operator the newest says what the separate boxes are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from diagnostics import database
from diagnostics.database import Json, session
from diagnostics.database.prepared import Prepared
from diagnostics.errors import Missing
from diagnostics.people.models import (
    Consent,
    ConsentDocument,
    ConsentWay,
    Membership,
    OrgNode,
    Person,
    PersonState,
)

ERASE_WITHIN_WORKING_DAYS = 10
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A published text; texts by language, requisites filled in."""

    document_id: str
    version: int
    body: Json  # title, note, summary, sections, options
    operator_id: str
    operator_name: str
    published_at: datetime

    @property
    def option_codes(self) -> tuple[str, ...]:
        return tuple(str(one["code"]) for one in self.body.get("options", ()))


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    id: str
    document_id: str
    operator_id: str
    operator_name: str
    version: int
    title: Json
    way: ConsentWay
    given_at: datetime
    paper_date: date | None
    options: dict[str, bool]
    withdrawn_at: datetime | None

    @property
    def erased_by(self) -> date | None:
        """The last day for removing the data of a withdrawn consent."""
        return working_days_after(self.withdrawn_at.date()) if self.withdrawn_at else None


@dataclass(frozen=True, slots=True)
class ConsentState:
    """All that a person ever agreed to, newest first."""

    history: tuple[ConsentGiven, ...]

    @property
    def standing(self) -> tuple[ConsentGiven, ...]:
        """One an operator: the newest that is not withdrawn."""
        found: dict[str, ConsentGiven] = {}
        for one in self.history:
            if one.withdrawn_at is None:
                found.setdefault(one.operator_id, one)
        return tuple(found.values())

    def with_operator(self, operator_id: str) -> ConsentGiven | None:
        return next((one for one in self.standing if one.operator_id == operator_id), None)


def state(person_id: str) -> ConsentState:
    rows = session.execute(
        sa.select(Consent, ConsentDocument, OrgNode.name)
        .join(ConsentDocument, ConsentDocument.id == Consent.document_id)
        .join(OrgNode, OrgNode.id == ConsentDocument.operator_id)
        .where(Consent.person_id == person_id)
        .order_by(Consent.given_at.desc(), Consent.id.desc())
    )
    return ConsentState(tuple(_given(*row) for row in rows))


def text(document_id: str) -> ConsentText:
    """One published text, or Missing."""
    found = _texts(ConsentDocument.id == document_id)
    if not found:
        raise Missing
    return found[0]


def texts_of(operator_id: str) -> list[ConsentText]:
    """All that an operator published, newest first."""
    return _texts(ConsentDocument.operator_id == operator_id)


_DEPTH = 8  # places above one another: a region, a municipality, a school and some to spare
_PLACES = tuple(f"place{number}" for number in range(_DEPTH))
_PUBLISHED = Prepared(
    sa.select(ConsentDocument.id)
    .where(sa.or_(*(ConsentDocument.operator_id == sa.bindparam(name) for name in _PLACES)))
    .limit(1)
)


def text_at(path: str) -> ConsentText | None:
    """The newest text of the place, or of the nearest place above it that has one."""
    operators = [part for part in path.split("/") if part]
    if not operators or not _has_text(operators):
        return None
    found = _texts(ConsentDocument.operator_id.in_(operators))
    return max(found, key=lambda one: (operators.index(one.operator_id), one.version), default=None)


def _has_text(operators: list[str]) -> bool:
    """The quick way to «nobody here published one», which is asked before every start."""
    if len(operators) > _DEPTH:
        return True
    known = dict.fromkeys(_PLACES, "") | dict(zip(_PLACES, operators, strict=False))
    return _PUBLISHED.first(database.written(), known) is not None


def to_ask(person_id: str, path: str) -> ConsentText | None:
    """The text to agree to before something begins at a place; None when none applies or it is agreed."""
    found = text_at(path)
    if found is None or state(person_id).with_operator(found.operator_id) is not None:
        return None
    return found


def who_allows(option: str, person_ids: Iterable[str]) -> frozenset[str]:
    """Of these people, those whose newest standing consent (to any operator) ticks the box `option`."""
    rows = session.execute(
        sa.select(Consent.person_id, ConsentDocument.operator_id, Consent.options)
        .join(ConsentDocument, ConsentDocument.id == Consent.document_id)
        .where(Consent.person_id.in_(list(person_ids)), Consent.withdrawn_at.is_(None))
        .order_by(Consent.given_at, Consent.id)
    )
    newest = {(person_id, operator_id): options for person_id, operator_id, options in rows}
    return frozenset(person_id for (person_id, _), options in newest.items() if options.get(option) is True)


_CONSENTS = Prepared(
    sa.select(
        sa.func.count(),
        sa.func.count().filter(Consent.withdrawn_at.is_(None)),
    ).where(Consent.person_id == sa.bindparam("person"))
)


def has_withdrawn(person_id: str) -> bool:
    """Did the person agree once and take every consent back? Nobody else sees results then."""
    found = _CONSENTS.first(database.written(), {"person": person_id})
    given, standing = found or (0, 0)
    return bool(given) and not standing


def who_withdrew(person_ids: Iterable[str]) -> frozenset[str]:
    """Of these people, those who agreed once and took every consent back: `has_withdrawn` of many at once."""
    rows = session.execute(
        sa.select(Consent.person_id)
        .where(Consent.person_id.in_(list(person_ids)))
        .group_by(Consent.person_id)
        .having(sa.func.count().filter(Consent.withdrawn_at.is_(None)) == 0)
    )
    return frozenset(rows.scalars())


def waiting_for_erasure(scope: Iterable[str]) -> list[tuple[str, date]]:
    """(person, last day) of those who withdrew everything and are not erased yet, the most urgent first."""
    under = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    if not under:
        return []
    standing = sa.select(Consent.person_id).where(Consent.withdrawn_at.is_(None))
    here = (
        sa.select(Membership.person_id).join(OrgNode, OrgNode.id == Membership.node_id).where(sa.or_(*under))
    )
    rows = session.execute(
        sa.select(Person.id, Consent.withdrawn_at)
        .join(Consent, Consent.person_id == Person.id)
        .where(Person.state == PersonState.ACTIVE, Person.id.in_(here), Person.id.not_in(standing))
        .order_by(Consent.withdrawn_at)
    )
    last = {person_id: working_days_after(at.date()) for person_id, at in rows if at is not None}
    return sorted(last.items(), key=lambda one: (one[1], one[0]))


def working_days_after(day: date, number: int = ERASE_WITHIN_WORKING_DAYS) -> date:
    """Saturdays and Sundays are left out; public holidays are not, so the promise is kept sooner."""
    found, left = day, number
    while left:
        found += timedelta(days=1)
        left -= found.weekday() < SATURDAY
    return found


def _texts(*conditions: sa.ColumnElement[bool]) -> list[ConsentText]:
    rows = session.execute(
        sa.select(ConsentDocument, OrgNode.name)
        .join(OrgNode, OrgNode.id == ConsentDocument.operator_id)
        .where(*conditions)
        .order_by(ConsentDocument.version.desc())
    )
    return [
        ConsentText(one.id, one.version, one.body, one.operator_id, name, one.published_at)
        for one, name in rows
    ]


def _given(row: Consent, document: ConsentDocument, operator_name: str) -> ConsentGiven:
    return ConsentGiven(
        row.id,
        document.id,
        document.operator_id,
        operator_name,
        document.version,
        document.body.get("title", {}),
        row.way,
        row.given_at,
        row.paper_date,
        row.options,
        row.withdrawn_at,
    )

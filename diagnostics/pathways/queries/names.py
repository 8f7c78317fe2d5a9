"""Names of people as routes print them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.people.models import PersonalData


@dataclass(frozen=True, slots=True)
class Name:
    """All empty for an erased person."""

    surname: str = ""
    given_name: str = ""
    patronymic: str = ""

    @property
    def full(self) -> str:
        """«Соколова Анна Петровна»."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def spoken(self) -> str:
        """«Анна Петровна Соколова»."""
        return " ".join(part for part in (self.given_name, self.patronymic, self.surname) if part)

    @property
    def short(self) -> str:
        """«А. П. Соколова» with hard spaces."""
        initials = [f"{part[0]}." for part in (self.given_name, self.patronymic) if part]
        return "\u00a0".join([*initials, self.surname])


NOBODY = Name()


class _Names(dict[str, Name]):
    def __missing__(self, key: str) -> Name:
        return NOBODY


def names(person_ids: Collection[str]) -> dict[str, Name]:
    """Person → name; an erased or unknown one has an empty name."""
    rows = session.execute(
        sa.select(
            PersonalData.person_id, PersonalData.surname, PersonalData.given_name, PersonalData.patronymic
        ).where(PersonalData.person_id.in_(person_ids))
    )
    return _Names({row[0]: Name(row[1], row[2], row[3]) for row in rows})

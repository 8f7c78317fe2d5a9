"""Who and what the demo is made of: the invented people, places and texts, read from their files."""

from __future__ import annotations

import enum
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from diagnostics.people.models import Role

#: What the files call a job in a school → the role it has here.
ROLES = {"director": Role.SCHOOL_LEAD, "deputy": Role.SCHOOL_LEAD}
DIRECTOR = "director"


class Size(enum.StrEnum):
    """`small`: one municipality, for tests; `region`: what a newcomer meets; `large`: for measurements."""

    SMALL = "small"
    REGION = "region"
    LARGE = "large"


class Entry(BaseModel):
    """The files tell more than the demo needs; what is not named here is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Place(Entry):
    code: str
    title: str
    short: str = ""
    municipality: str | None = None
    timezone: str | None = None
    requisites: dict[str, str] | None = None
    scope: str = Size.SMALL.value


class Human(Entry):
    """`role` and `node` of staff, `school` and `subject` of teachers; codes are those of the files."""

    code: str
    surname: str
    given: str
    patronymic: str | None
    position: str
    role: str = Role.TEACHER.value
    node: str = ""
    school: str = ""
    subject: str = ""
    experience: int | None = None
    category: str | None = None
    education: str | None = None
    scope: str = Size.SMALL.value

    @property
    def place(self) -> str:
        return self.node or self.school

    @property
    def grants(self) -> Role:
        return ROLES.get(self.role) or Role(self.role)


class Cast(Entry):
    region: Place
    institute: Place
    municipalities: tuple[Place, ...]
    schools: tuple[Place, ...]
    staff: tuple[Human, ...]
    people: tuple[Human, ...]


class Line(Entry):
    """A text that somebody writes; empty `blocks`, `formats`, `subjects` fit any."""

    text: str
    blocks: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()

    def fits(self, *, block: str, subject: str, kind: str = "") -> bool:
        return all(
            not limits or value in limits
            for limits, value in ((self.blocks, block), (self.subjects, subject), (self.formats, kind))
        )


class Texts(Entry):
    evidence_notes: tuple[Line, ...]
    lesson_changes: tuple[Line, ...]
    tutor_returns: tuple[Line, ...]
    tutor_approvals: tuple[Line, ...]
    tutor_remarks: tuple[Line, ...]
    goals: tuple[Line, ...]
    waivers: tuple[Line, ...]


def written(size: Size) -> Cast:
    """People and places that the file names one by one: all of them, or those of the small demo."""
    found = Cast.model_validate(read_data("people.yaml"))
    if size is not Size.SMALL:
        return found
    kept = {
        name: tuple(one for one in getattr(found, name) if one.scope == Size.SMALL)
        for name in ("municipalities", "schools", "staff", "people")
    }
    return found.model_copy(update=kept)


def texts() -> Texts:
    return Texts.model_validate(read_data("texts.yaml"))


def own_words() -> dict[str, tuple[str, ...]]:
    """Group of a school → what its people write in their own words."""
    return {group: tuple(lines) for group, lines in read_data("words.yaml").items()}


def read_data(name: str) -> Any:
    """A YAML file of the demo's data as plain values."""
    document = files("diagnostics.upkeep") / "demo_data" / name
    return YAML(typ="safe", pure=True).load(document.read_text(encoding="utf-8"))

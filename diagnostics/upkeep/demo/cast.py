"""Who and what the demo is made of: the invented people, places and texts, read from their files."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from diagnostics.people.models import Role

SMALL = "small"
#: What the files call a job in a school → the role it has here.
ROLES = {"director": Role.SCHOOL_LEAD, "deputy": Role.SCHOOL_LEAD}


class _Entry(BaseModel):
    """The files tell more than the small demo needs; what is not named here is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Place(_Entry):
    code: str
    title: str
    short: str = ""
    municipality: str | None = None
    timezone: str | None = None
    requisites: dict[str, str] | None = None
    scope: str = SMALL


class Human(_Entry):
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
    scope: str = SMALL

    @property
    def place(self) -> str:
        return self.node or self.school

    @property
    def grants(self) -> Role:
        return ROLES.get(self.role) or Role(self.role)


class Cast(_Entry):
    region: Place
    institute: Place
    municipalities: tuple[Place, ...]
    schools: tuple[Place, ...]
    staff: tuple[Human, ...]
    people: tuple[Human, ...]


class Line(_Entry):
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


class Texts(_Entry):
    evidence_notes: tuple[Line, ...]
    lesson_changes: tuple[Line, ...]
    tutor_returns: tuple[Line, ...]
    tutor_approvals: tuple[Line, ...]
    tutor_remarks: tuple[Line, ...]
    goals: tuple[Line, ...]
    waivers: tuple[Line, ...]


def cast() -> Cast:
    """The demo of one municipality: entries of the small scope only."""
    found = Cast.model_validate(_read("people.yaml"))
    kept = {
        name: tuple(one for one in getattr(found, name) if one.scope == SMALL)
        for name in ("municipalities", "schools", "staff", "people")
    }
    return found.model_copy(update=kept)


def texts() -> Texts:
    return Texts.model_validate(_read("texts.yaml"))


def _read(name: str) -> Any:
    document = files("diagnostics.upkeep") / "demo_data" / name
    return YAML(typ="safe", pure=True).load(document.read_text(encoding="utf-8"))

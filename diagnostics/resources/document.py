"""The shipped catalogue as a document: dates in it are days from the day it is loaded."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from ruamel.yaml import YAML

from instruments.texts import Code, Frozen, Texts

#: Runs of a repeating resource are laid out this far ahead.
HORIZON_DAYS = 365

Format = Literal[
    "cpd_programme",
    "module",
    "practicum",
    "placement",
    "mentoring",
    "lesson_visit",
    "masterclass",
    "webinar",
    "self_study",
]
Mode = Literal["distance", "onsite", "mixed"]
Share = Annotated[float, Field(gt=0, le=1)]


class ResourceDocument(Frozen):
    """One resource; the fields are explained at the head of the catalogue file."""

    code: Code
    title: Texts
    summary: Texts
    format: Format
    hours: Annotated[float, Field(gt=0, le=1000)]
    mode: Mode
    provider: str
    competences: dict[Code, Share]
    levels: tuple[Code, ...]
    content_group: Code
    prerequisites: tuple[Code, ...] = ()
    evidence: Texts
    starts_in_days: Annotated[int, Field(ge=0)] | None
    lasts_days: Annotated[int, Field(ge=1)]
    repeats_in_days: Annotated[int, Field(ge=1)] | None
    places: Annotated[int, Field(ge=1)] | None
    taken: Annotated[int, Field(ge=0)] = 0
    link: str | None

    @model_validator(mode="after")
    def _taken_is_within_places(self) -> Self:
        if self.taken and (self.starts_in_days is None or self.taken > (self.places or 0)):
            raise ValueError("taken: only of a run that has as many places")
        return self

    def runs(self, today: date) -> tuple[tuple[date, date], ...]:
        """(first, last) day of each run within the horizon; none for what can be taken at any time.

        A run of one day begins and ends on the same day.
        """
        if self.starts_in_days is None:
            return ()
        step = self.repeats_in_days or HORIZON_DAYS + 1
        starts = range(self.starts_in_days, max(HORIZON_DAYS, self.starts_in_days + 1), step)
        return tuple(
            (today + timedelta(days=day), today + timedelta(days=day + self.lasts_days - 1)) for day in starts
        )


class Catalogue(Frozen):
    resources: tuple[ResourceDocument, ...]


@cache
def shipped() -> tuple[ResourceDocument, ...]:
    """Every resource of the shipped catalogue files, in the order of their names; read once."""
    folder = files("diagnostics.resources") / "bundled"
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    yaml = YAML(typ="safe", pure=True)
    catalogues = (Catalogue.model_validate(yaml.load(one.read_text(encoding="utf-8"))) for one in found)
    return tuple(resource for catalogue in catalogues for resource in catalogue.resources)

"""Official results by name: the summary sheet, the protocol and the personal sheets stand on the same rows."""

from __future__ import annotations

from dataclasses import dataclass

from reports.contents.common import Level, OfficialScale, Sources
from reports.contents.papers.common import PaperHead, Participant, Unnamed
from reports.contents.person import PersonReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One person in one block. None: too few tasks; a level needs three of them."""

    percent: float | None
    level: Level | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMarks:
    """`marks` in the order of the sheet's blocks; `whole` of the entire work."""

    person: Participant
    marks: tuple[Mark, ...]
    whole: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCounts:
    """People of one block by official level, in the order of the scale; `none` have no level."""

    title: str
    people: tuple[int, ...]
    none: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The internal summary sheet. `waiting`: sent their answers, the result is being computed."""

    head: PaperHead
    scale: OfficialScale
    sources: Sources
    blocks: tuple[str, ...]
    rows: tuple[PersonMarks, ...]
    unnamed: Unnamed
    invited: int
    submitted: int
    waiting: int

    @property
    def levels(self) -> tuple[LevelCounts, ...]:
        """How many of the named people stand where: the whole work last."""
        columns = [tuple(row.marks[place] for row in self.rows) for place in range(len(self.blocks))]
        counted = [
            _counts(title, column, self.scale) for title, column in zip(self.blocks, columns, strict=True)
        ]
        return (*counted, _counts("", tuple(row.whole for row in self.rows), self.scale))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    person: Participant
    submitted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """`results` None: the diagnosis is confidential, so the protocol only says who took part.

    `people` leaves out who took the consent back; `invited` and `submitted` count everybody.
    """

    head: PaperHead
    scale: OfficialScale
    people: tuple[Attendance, ...]
    invited: int
    submitted: int
    results: Summary | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalSheets:
    """One report a person, by municipality, school and name."""

    head: PaperHead
    reports: tuple[PersonReport, ...]
    unnamed: Unnamed


def _counts(title: str, marks: tuple[Mark, ...], scale: OfficialScale) -> LevelCounts:
    codes = [mark.level.code if mark.level else "" for mark in marks]
    return LevelCounts(
        title=title,
        people=tuple(codes.count(level.code) for level in scale.levels),
        none=codes.count(""),
    )

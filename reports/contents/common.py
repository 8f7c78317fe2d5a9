"""Facts that every report carries: whose scale, which versions, who signs."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


class Stage(enum.StrEnum):
    ENTRY = "entry"
    INTERIM = "interim"
    EXIT = "exit"


class Conclusion(enum.StrEnum):
    """What one person's block allows to be said (the conclusion layer, never the official level)."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    NOT_SHOWN = "not_shown"
    SURELY_NONE = "surely_none"
    NO_CONCLUSION = "no_conclusion"
    AWAITING = "awaiting"  # an expert has not marked all of it yet: neither level nor conclusion


#: Nothing is said about the block.
UNSAID = frozenset({Conclusion.NO_CONCLUSION, Conclusion.AWAITING})


class Change(enum.StrEnum):
    GREW = "grew"
    FELL = "fell"
    WITHIN_ERROR = "within_error"
    UNKNOWN = "unknown"  # fewer pairs than an interval needs


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One frozen document behind a figure, as printed: «Методика расчёта, версия 3.0»."""

    title: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All versions that a figure stands on; `calibration` None = weak prior, conclusions provisional."""

    instrument: Version
    scoring: Version
    framework: Version
    method: Version
    calibration: Version | None
    data_cut: datetime
    forms: tuple[str, ...] = ()  # «вариант А», in the order of the stages


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    code: str
    title: str  # the whole phrase: «высокий уровень профессиональных дефицитов»
    short: str  # where the heading already says of what: «высокий»
    lower: float  # per cent, inclusive


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialScale:
    """Levels from the lowest per cent upwards; `approved` empty = the shipped default."""

    title: str
    levels: tuple[Level, ...]
    deficit_below: float
    approved: str = ""  # «Положение № 14 от 12.03.2026»

    @property
    def borders(self) -> tuple[float, ...]:
        return tuple(level.lower for level in self.levels if level.lower > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The «УТВЕРЖДАЮ» block; an empty name leaves the line to be written by hand."""

    position: str
    name: str = ""
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    organisation: str
    approval: Approval | None = None
    check_code: str = ""
    formed_at: datetime

"""A school's self-assessment: what the zones page and its files show. What is hidden is not in here."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from reports.contents.common import Heading, Interval, Sources


class Voice(enum.StrEnum):
    """A group of respondents; the sheet is the declaration of the administration."""

    SHEET = "sheet"
    TEACHER = "teacher"
    PUPIL = "pupil"
    PARENT = "parent"


class Verdict(enum.StrEnum):
    CLASS = "class"  # one of the cuts
    APART = "apart"
    FEW_DATA = "few_data"


class NoOrder(enum.StrEnum):
    """Why there is no list of priorities."""

    INDEX_HIDDEN = "index_hidden"
    IMPORTANCE_HIDDEN = "importance_hidden"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A class of zones that begins at `lower`; `title` as in a document: «благополучная»."""

    code: str
    title: str
    lower: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """Явка of a group. `hidden`: fewer answers than `least`, so nothing else is told of it.

    by_link   some came by one link for all: one person, one answer cannot be proved
    people    of the sheet: positions of those who agreed on it, and when
    """

    voice: Voice
    n: int
    expected: int
    least: int
    hidden: bool
    by_link: bool = False
    people: tuple[str, ...] = ()
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Mean of a group, 0…100; `value` None = fewer than `least` answers, or nobody at all (`absent`)."""

    voice: Voice
    value: float | None
    interval: Interval | None
    n: int | None
    least: int
    absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    text: str
    marks: tuple[Mark, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """One row. `index` None where it is not told; `cut`: its class, `border`: the one its interval reaches."""

    code: str
    title: str
    description: str
    marks: tuple[Mark, ...]
    index: float | None
    interval: Interval | None
    verdict: Verdict
    cut: str
    border: str
    apart: tuple[tuple[Voice, Voice], ...]
    beyond: tuple[Voice, ...]
    statements: tuple[Statement, ...]

    def mark(self, voice: Voice) -> Mark | None:
        return next((one for one in self.marks if one.voice is voice), None)

    @property
    def lanes(self) -> tuple[Mark, ...]:
        """Groups from which somebody answered."""
        return tuple(one for one in self.marks if not one.absent)

    @property
    def hidden(self) -> tuple[Mark, ...]:
        return tuple(one for one in self.lanes if one.value is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    code: str
    title: str
    verdict: Verdict
    cut: str
    border: str
    directions: tuple[Direction, ...]

    @property
    def not_asked(self) -> tuple[Voice, ...]:
        """Groups that were asked about none of its directions."""
        asked = {mark.voice for one in self.directions for mark in one.marks}
        return tuple(voice for voice in Voice if voice not in asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """Importance × gap : 100, gap = 100 − index."""

    title: str
    importance: float
    gap: float
    value: float
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeWords:
    """Words of one group to one question, without names and shuffled."""

    voice: Voice
    question: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonesReport:
    """`zones`: the soundest class first; `for_school` False: the copy that the school opened to those above."""

    heading: Heading
    school: str
    title: str
    closed_on: date
    turnout: tuple[Turnout, ...]
    cuts: tuple[Cut, ...]
    zones: tuple[Zone, ...]
    order: tuple[Priority, ...]
    unstable: tuple[tuple[int, int], ...]
    no_order: NoOrder | None
    free: tuple[FreeWords, ...]
    views_gap: float
    sources: Sources
    for_school: bool = True

    @property
    def directions(self) -> tuple[Direction, ...]:
        return tuple(one for zone in self.zones for one in zone.directions)

    @property
    def hidden(self) -> tuple[Turnout, ...]:
        return tuple(one for one in self.turnout if one.hidden)

    def asked(self, voice: Voice) -> bool:
        return any(one.voice is voice for one in self.turnout)

"""A teacher's own opinion beside a test of the same: two marks on one line, never one number."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from reports.contents.common import Interval


class SelfWord(enum.StrEnum):
    """How the two compare; `no_test`: there is nothing to compare with."""

    HIGHER = "higher"
    STRICTER = "stricter"
    ALIKE = "alike"
    UNKNOWN = "unknown"
    NO_TEST = "no_test"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfLine:
    """One block, 0…100 both. `own` None = fewer than 70 % of its statements were answered.

    `level`: title of the level that `own` reaches, where the questions themselves are about levels.
    """

    code: str
    title: str
    own: float | None
    answered: int
    n_items: int
    test: float | None
    band: Interval | None  # 80 % interval of the test
    word: SelfWord
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfBeside:
    """`gap`: points from which a difference outside the test's band is called much."""

    self_title: str
    self_on: date
    test_title: str
    test_on: date | None
    gap: float
    lines: tuple[SelfLine, ...]

    @property
    def compared(self) -> bool:
        return any(one.test is not None for one in self.lines)

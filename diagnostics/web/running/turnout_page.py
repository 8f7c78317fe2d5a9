"""Явка of many schools, readable at 24 and at 350: by municipality, found, filtered, those behind first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from diagnostics.campaigns.queries.attendance import SchoolTurnout
from diagnostics.releases.coarse import CoarseShare
from diagnostics.web.sentences.common import N_
from diagnostics.web.words import NBSP, percent

HALF = 0.5
#: Fewer rows than this stand open: there is nothing to fold.
FOLDED_FROM = 40
SHOWS: dict[str, tuple[str, Callable[[SchoolTurnout], bool]]] = {
    "": (N_("Все школы"), lambda _one: True),
    "silent": (N_("Никто не прошёл"), lambda one: not one.submitted),
    "behind": (N_("Прошли меньше половины"), lambda one: one.share < HALF),
    "done": (N_("Прошли все"), lambda one: one.submitted == one.expected),
}


@dataclass(frozen=True, slots=True)
class PlaceTurnout:
    """A municipality with those of its schools that are shown; totals are of these."""

    name: str
    schools: tuple[SchoolTurnout, ...]

    @property
    def expected(self) -> int:
        return sum(one.expected for one in self.schools)

    @property
    def started(self) -> int:
        return sum(one.started for one in self.schools)

    @property
    def submitted(self) -> int:
        return sum(one.submitted for one in self.schools)

    @property
    def share(self) -> float:
        return self.submitted / self.expected if self.expected else 0.0


def chosen(schools: Iterable[SchoolTurnout], show: str, words: str) -> list[SchoolTurnout]:
    """Schools of the filter whose name or municipality holds every word."""
    fits = SHOWS.get(show, SHOWS[""])[1]
    wanted = _plain(words).split()
    return [
        one
        for one in schools
        if fits(one) and all(word in _plain(f"{one.school} {one.municipality}") for word in wanted)
    ]


def by_place(schools: Iterable[SchoolTurnout], sort: str) -> list[PlaceTurnout]:
    """Municipalities with their schools: by name, or («share») those behind first."""
    named = sorted(schools, key=lambda one: (_natural(one.municipality), _natural(one.school)))
    found = [
        PlaceTurnout(name, tuple(_sorted(rows, sort)))
        for name, rows in groupby(named, key=lambda one: one.municipality)
    ]
    return sorted(found, key=lambda one: one.share) if sort == "share" else found


def filters(schools: Iterable[SchoolTurnout]) -> list[tuple[str, str, int]]:
    """(value in the address, words, how many schools)."""
    rows = list(schools)
    return [(value, _(words), sum(map(fits, rows))) for value, (words, fits) in SHOWS.items()]


def share_words(share: CoarseShare | None) -> str:
    """«около 60 %», «не меньше 80 %»; a hidden one is said as such."""
    if share is None:
        return _("скрыто")
    words = {"at_most": _("не больше"), "at_least": _("не меньше")}.get(share.bound or "", _("около"))
    return f"{words}{NBSP}{percent(share.percent)}"


def _sorted(rows: Iterable[SchoolTurnout], sort: str) -> list[SchoolTurnout]:
    return sorted(rows, key=lambda one: one.share) if sort == "share" else list(rows)


def _natural(name: str) -> list[tuple[int, str]]:
    """«Школа № 3» before «Школа № 12»."""
    parts = re.findall(r"\d+|\D+", _plain(name))
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _plain(words: str) -> str:
    return words.casefold().replace("ё", "е")

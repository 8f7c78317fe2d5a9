"""Two files of answers of the same people: which items they share, who stands in both, per cents of the total."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from diagnostics.cli.analyse_cells import MISSING, KeyLine
from diagnostics.cli.analyse_reading import PERSON, Answers, DataRefused, has_column, read_answers, shortened
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray

Keys = dict[str, KeyLine] | None


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """One stage.

    Attributes
    ----------
    persons, answers : rows in the order of the file
    maxima : highest score of each item
    percent : (persons,) per cent of the maximum of the answered items; NaN where too little was answered
    complete : (persons,) whether every item was answered
    clusters : cluster of each person, "" = none named; None where the file has no such column
    """

    persons: tuple[str, ...]
    answers: Answers
    maxima: FloatArray
    percent: FloatArray
    complete: BoolArray
    clusters: tuple[str, ...] | None

    @property
    def names(self) -> tuple[str, ...]:
        """Items in the order of the columns."""
        return self.answers.names

    def columns(self, names: tuple[str, ...]) -> FloatArray:
        """Scores of these items."""
        place = {name: column for column, name in enumerate(self.names)}
        return self.answers.values[:, [place[name] for name in names]]


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Both stages; `rows` are places of the matched people, entry beside exit."""

    entry: Taken
    exit: Taken
    rows: tuple[IntArray, IntArray]

    @property
    def common(self) -> tuple[str, ...]:
        """Items of both files, in the order of the entry."""
        return tuple(name for name in self.entry.names if name in set(self.exit.names))

    @property
    def same_items(self) -> bool:
        """Whether the files have the same items."""
        return set(self.entry.names) == set(self.exit.names)


def read_pair(
    entry: Path,
    leave: Path,
    keys: tuple[Keys, Keys],
    maximum: float | None,
    cluster: str | None,
    ignore: tuple[str, ...] = (),
) -> Pair:
    """Read both files; every refusal names its file.

    Raises
    ------
    DataRefused
    """
    first = _read(entry, keys[0], cluster, ignore, needed=True)
    second = _read(leave, keys[1], cluster, ignore, needed=False)
    found = tuple(
        _taken(path, mine, other, key, maximum, cluster)
        for path, mine, other, key in ((entry, first, second, keys[0]), (leave, second, first, keys[1]))
    )
    return Pair(found[0], found[1], _matched(found[0].persons, found[1].persons))


def _read(path: Path, key: Keys, cluster: str | None, ignore: tuple[str, ...], *, needed: bool) -> Answers:
    """One file; columns to be ignored, and that of the clusters, may be missing in the second."""
    try:
        text = cluster if cluster is not None and (needed or has_column(path, cluster)) else None
        there = ignore if needed else tuple(name for name in ignore if has_column(path, name))
        answers = read_answers(path, key=key, text=text, ignore=there)
        _refuse_nameless(answers)
        answers.refuse_cell(answers.values < 0, "is negative: scores begin at 0")
    except DataRefused as refused:
        refused.file = path
        raise
    return answers


def _refuse_nameless(answers: Answers) -> None:
    if answers.persons is None:
        raise DataRefused(f"there is no column {PERSON}: people of the two files are matched by it", 1)
    nameless = next((row for row, who in zip(answers.rows, answers.persons, strict=True) if not who), None)
    if nameless is not None:
        raise DataRefused("nobody is named", nameless, PERSON)


def _taken(
    path: Path, mine: Answers, other: Answers, key: Keys, maximum: float | None, cluster: str | None
) -> Taken:
    maxima = _maxima(mine, other, key, maximum)
    try:
        mine.refuse_cell(mine.values > maxima, "is above the maximum of the item")
    except DataRefused as refused:
        refused.file = path
        raise
    given = ~np.isnan(mine.values)
    possible = given @ maxima
    enough = given.sum(axis=1) >= METHOD.answered_from * len(mine.names) - 1e-9
    share = np.divide(
        np.nansum(mine.values, axis=1), possible, out=np.full(possible.shape, np.nan), where=possible > 0
    )
    texts = mine.texts.get(cluster) if cluster is not None else None
    return Taken(
        persons=mine.persons or (),
        answers=mine,
        maxima=maxima,
        percent=np.where(enough, 100 * share, np.nan),
        complete=np.asarray(given.all(axis=1)),
        clusters=None if texts is None else tuple("" if text.lower() in MISSING else text for text in texts),
    )


def _maxima(mine: Answers, other: Answers, key: Keys, maximum: float | None) -> FloatArray:
    """By the key, as told, else the highest score that occurs in either file (1 where there is none)."""
    if key is not None:
        return np.array([key[name].points for name in mine.names])
    if maximum is not None:
        return np.full(len(mine.names), maximum)
    highest = dict(zip(other.names, _highest(other), strict=True))
    found = [max(top, highest.get(name, 0.0)) for name, top in zip(mine.names, _highest(mine), strict=True)]
    return np.array([top if top > 0 else 1.0 for top in found])


def _highest(answers: Answers) -> list[float]:
    return [max(0.0, top) for top in np.fmax.reduce(answers.values, axis=0, initial=0.0).tolist()]


def _matched(entry: tuple[str, ...], leave: tuple[str, ...]) -> tuple[IntArray, IntArray]:
    place = {who: row for row, who in enumerate(leave)}
    pairs = [(row, place[who]) for row, who in enumerate(entry) if who in place]
    first, second = zip(*pairs, strict=True) if pairs else ((), ())
    return np.array(first, dtype=np.int64), np.array(second, dtype=np.int64)


def chosen_anchors(pair: Pair, asked: tuple[str, ...]) -> tuple[str, ...] | None:
    """Names of the anchors; None where one form was taken twice.

    Raises
    ------
    DataRefused
        If an anchor is not in both files, or the files differ and no anchors are named.
    """
    if asked:
        strange = [name for name in asked if name not in pair.common]
        if strange:
            raise DataRefused(f"{shortened(strange)} is not an item of both files: an anchor stands in both")
        return None if pair.same_items and set(asked) == set(pair.common) else asked
    if pair.same_items:
        return None
    offer = (
        f"the common names are --anchors {','.join(pair.common)}: name those that are the same tasks"
        if pair.common
        else "they have no item name in common, so nothing links them"
    )
    raise DataRefused(f"the two files have different items and cannot be compared as they stand; {offer}")

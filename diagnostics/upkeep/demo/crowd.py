"""Teachers whose true abilities are known, and what they answer: pure, the same seed gives the same people."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from diagnostics.measurement import simulate
from diagnostics.measurement.numeric import FloatArray
from instruments.document import Instrument, Item, NumberItem
from instruments.items import Answer
from instruments.keys import NumberKey
from instruments.scoring import ItemKey, Scoring

#: Logits. The abilities of a person's blocks share SHARED of their variance.
SPREAD, SHARED = 1.12, 0.9
#: A work of two kinds of questions, easy and hard ones: of 24 questions only so does a group with a mean of
#: 62–66 per cent and a standard deviation of 13–15 reach a reliability above 0.72.
EASY, HARD, DIFFICULTY_SPREAD = -2.5, 1.4, 0.25
EASY_OF_EIGHT = 5
#: A question is as hard for one group as for another.
TASKS_SEED = 2240
#: How far the partners of a pair, one in each parallel form, differ in difficulty.
PAIR_SPREAD = 0.15
#: What the course truly changed, in logits (mean, spread): methods grew, knowledge of pupils did not.
GAINS: Mapping[str, tuple[float, float]] = {"METH": (0.56, 0.2), "EVAL": (0.2, 0.15), "PSYP": (0.0, 0.1)}
#: Share of questions that are seen and left empty: of the weakest person twice this, of the strongest none.
LEFT_EMPTY = 0.03
#: Logits: how much leaving depends on other things than the entry.
OTHER_REASONS = 1.0
NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Crowd:
    """Persons × blocks of abilities before and after the course, and the difficulty of each item; logits."""

    blocks: tuple[str, ...]
    entry: FloatArray
    exit: FloatArray
    difficulties: Mapping[str, float]
    rng: np.random.Generator

    @classmethod
    def drawn(cls, persons: int, instrument: Instrument, scoring: Scoring, *, seed: int) -> Crowd:
        rng = np.random.default_rng(seed)
        difficulties = _difficulties(instrument, np.random.default_rng(TASKS_SEED))
        general = rng.normal(0.0, np.sqrt(SHARED), (persons, 1))
        special = rng.normal(0.0, np.sqrt(1 - SHARED), (persons, len(scoring.blocks)))
        entry = SPREAD * (general + special)
        gains = [rng.normal(*GAINS.get(block, (0.0, 0.0)), persons) for block in scoring.blocks]
        return cls(scoring.blocks, entry, entry + np.stack(gains, axis=1), difficulties, rng)

    def leavers(self, number: int, among: Collection[int]) -> frozenset[int]:
        """Persons who leave before the end: mostly those of the lowest entry, for other reasons too."""
        inclined = self.entry.mean(axis=1) + self.rng.normal(0.0, OTHER_REASONS, len(self.entry))
        order = np.argsort(inclined, kind="stable").tolist()
        return frozenset([person for person in order if person in among][:number])


def _difficulties(instrument: Instrument, rng: np.random.Generator) -> dict[str, float]:
    """One draw an item of the first form; its partner in the next form is nearly as hard, an anchor is the same item."""
    first, *others = instrument.forms
    found = {}
    for section in first.sections:
        for place, code in enumerate(rng.permutation(section.items)):
            centre = EASY if place % 8 < EASY_OF_EIGHT else HARD
            found[str(code)] = float(rng.normal(centre, DIFFICULTY_SPREAD))
    for form in others:
        for code, partner in zip(form.item_codes, first.item_codes, strict=True):
            found.setdefault(code, found[partner] + float(rng.normal(0.0, PAIR_SPREAD)))
    return found


def answers(
    crowd: Crowd,
    abilities: FloatArray,
    instrument: Instrument,
    scoring: Scoring,
    form: str,
    *,
    easier: Mapping[str, float] = NOTHING,
) -> list[dict[str, Answer]]:
    """One mapping item → answer a person, without what `leave_out` leaves empty.

    `easier`: by how many logits an item became easier, because it leaked.
    """
    found: list[dict[str, Answer]] = [{} for _ in abilities]
    for item in instrument.form_items(form):
        key = scoring.items[item.code]
        theta = abilities[:, crowd.blocks.index(_block(key, crowd.blocks))]
        difficulty = crowd.difficulties[item.code] - easier.get(item.code, 0.0)
        solved = simulate.rasch_answers(theta, [difficulty], crowd.rng)[:, 0]
        tempting = _tempting(item, key, crowd.rng)
        for person, is_right in zip(found, solved, strict=True):
            person[item.code] = _right(key) if is_right else _wrong(item, key, tempting, crowd.rng)
    return found


def leave_out(given: Sequence[dict[str, Answer]], abilities: FloatArray, rng: np.random.Generator) -> None:
    """Take some answers away, more from those who know less."""
    ranks = abilities.mean(axis=1).argsort(kind="stable").argsort(kind="stable")
    for person, rank in zip(given, ranks, strict=True):
        share = 2 * LEFT_EMPTY * (1 - (rank + 0.5) / len(ranks))
        for item in [code for code in person if rng.random() < share]:
            del person[item]


def _block(key: ItemKey, blocks: Sequence[str]) -> str:
    """The reported block of an item's first competence: METH of METH.3."""
    area = next(iter(key.competences)).split(".")[0]
    return next(block for block in blocks if block == area)


def _right(key: ItemKey) -> Answer:
    if isinstance(key.key, NumberKey):
        return key.key.value
    if isinstance(key.key, tuple):
        return list(key.key)
    if isinstance(key.key, str):
        return key.key
    message = f"nobody in a crowd answers to {key.key!r}"
    raise TypeError(message)


def _keyed(key: ItemKey) -> frozenset[str]:
    if isinstance(key.key, tuple):
        return frozenset(key.key)
    return frozenset({str(key.key)})


def _tempting(item: Item, key: ItemKey, rng: np.random.Generator) -> tuple[list[str], FloatArray]:
    """The wrong options of an item and how much each attracts those who do not know."""
    wrong = [option.code for option in getattr(item, "options", ()) if option.code not in _keyed(key)]
    return wrong, rng.dirichlet(np.full(len(wrong), 2.0)) if wrong else np.zeros(0)


def _wrong(
    item: Item, key: ItemKey, tempting: tuple[list[str], FloatArray], rng: np.random.Generator
) -> Answer:
    if isinstance(item, NumberItem):
        return _wrong_number(item, key, rng)
    codes, weights = tempting
    slip = str(rng.choice(codes, p=weights))
    if not isinstance(key.key, tuple):
        return slip
    chosen = {slip, *rng.choice(key.key, len(key.key) - 1, replace=False).tolist()}
    return [option.code for option in getattr(item, "options", ()) if option.code in chosen]


def _wrong_number(item: NumberItem, key: ItemKey, rng: np.random.Generator) -> float:
    """A slip of calculation: near the key, outside its tolerance, within the limits of the item."""
    if not isinstance(key.key, NumberKey):
        message = f"{item.code}: a number without a numeric key"
        raise TypeError(message)
    beyond = float(rng.choice([-12, -8, -4, 4, 8, 16])) * (1 + key.key.tolerance)
    low = -np.inf if item.minimum is None else item.minimum
    high = np.inf if item.maximum is None else item.maximum
    if not low <= key.key.value + beyond <= high:
        beyond = -beyond
    return round(float(np.clip(key.key.value + beyond, low, high)), item.decimals or 0)

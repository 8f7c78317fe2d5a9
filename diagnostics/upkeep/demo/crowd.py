"""Teachers whose true abilities are known, and what they answer: pure, the same seed gives the same people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement import simulate
from diagnostics.measurement.numeric import FloatArray
from instruments.document import Instrument, Item, NumberItem
from instruments.items import Answer
from instruments.keys import NumberKey
from instruments.scoring import ItemKey, Scoring

SEED = 2290

#: Logits. The abilities of a person's blocks share SHARED of their variance; the easiness puts the group at 60–68 %.
SPREAD, SHARED = 0.85, 0.75
EASINESS, DIFFICULTY_SPREAD = -0.75, 0.65
#: How far the partners of a pair, one in each parallel form, differ in difficulty.
PAIR_SPREAD = 0.15
#: What the course truly changed, in logits (mean, spread): methods grew, knowledge of pupils did not.
GAINS: Mapping[str, tuple[float, float]] = {"METH": (1.1, 0.3), "EVAL": (0.25, 0.2), "PSYP": (0.0, 0.15)}


@dataclass(frozen=True, slots=True)
class Crowd:
    """Persons × blocks of abilities before and after the course, and the difficulty of each item; logits."""

    blocks: tuple[str, ...]
    entry: FloatArray
    exit: FloatArray
    difficulties: Mapping[str, float]
    rng: np.random.Generator

    @classmethod
    def drawn(cls, persons: int, instrument: Instrument, scoring: Scoring, *, seed: int = SEED) -> Crowd:
        rng = np.random.default_rng(seed)
        difficulties = _difficulties(instrument, rng)
        general = rng.normal(0.0, np.sqrt(SHARED), (persons, 1))
        special = rng.normal(0.0, np.sqrt(1 - SHARED), (persons, len(scoring.blocks)))
        entry = SPREAD * (general + special)
        gains = [rng.normal(*GAINS.get(block, (0.0, 0.0)), persons) for block in scoring.blocks]
        return cls(scoring.blocks, entry, entry + np.stack(gains, axis=1), difficulties, rng)

    def weakest(self, number: int) -> frozenset[int]:
        """Persons of the lowest entry: those who tend to leave before the end."""
        order = np.argsort(self.entry.mean(axis=1), kind="stable")
        return frozenset(int(person) for person in order[:number])


def _difficulties(instrument: Instrument, rng: np.random.Generator) -> dict[str, float]:
    """One draw an item of the first form; its partner in the next form is nearly as hard, an anchor is the same item."""
    first, *others = instrument.forms
    found = {code: float(rng.normal(EASINESS, DIFFICULTY_SPREAD)) for code in first.item_codes}
    for form in others:
        for code, partner in zip(form.item_codes, first.item_codes, strict=True):
            found.setdefault(code, found[partner] + float(rng.normal(0.0, PAIR_SPREAD)))
    return found


def answers(
    crowd: Crowd, abilities: FloatArray, instrument: Instrument, scoring: Scoring, form: str
) -> list[dict[str, Answer]]:
    """One mapping item → answer a person; nobody leaves anything out here."""
    found: list[dict[str, Answer]] = [{} for _ in abilities]
    for item in instrument.form_items(form):
        key = scoring.items[item.code]
        theta = abilities[:, crowd.blocks.index(_block(key, crowd.blocks))]
        solved = simulate.rasch_answers(theta, [crowd.difficulties[item.code]], crowd.rng)[:, 0]
        tempting = _tempting(item, key, crowd.rng)
        for person, is_right in zip(found, solved, strict=True):
            person[item.code] = _right(key) if is_right else _wrong(item, key, tempting, crowd.rng)
    return found


def _block(key: ItemKey, blocks: Sequence[str]) -> str:
    """The reported block of an item's first competence: METH of METH.3."""
    area = next(iter(key.competences)).split(".")[0]
    return next(block for block in blocks if block == area)


def _right(key: ItemKey) -> Answer:
    if isinstance(key.key, NumberKey):
        return key.key.value
    return list(key.key) if isinstance(key.key, tuple) else key.key


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

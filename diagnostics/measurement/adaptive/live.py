"""One step of one person's adaptive test: from the answers so far to the next item or to the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from diagnostics.measurement.adaptive.choosing import Standing, chosen, ended, learnt
from diagnostics.measurement.adaptive.plan import FixedForm, Plan
from diagnostics.measurement.adaptive.population import category
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.numeric import BoolArray, IntArray


@dataclass(frozen=True, slots=True)
class Answer:
    """Name of an item and its raw score."""

    item: str
    score: int


class Source(StrEnum):
    """Where the next item comes from."""

    BANK = "bank"
    FORM = "form"


class Why(StrEnum):
    """Why a test ends."""

    PRECISE = "precise"
    VERDICT = "verdict"
    LENGTH = "length"
    #: Neither the bank nor the fixed form holds an item that was not asked.
    EXHAUSTED = "exhausted"


@dataclass(frozen=True, slots=True)
class Ask:
    """The next item."""

    item: str
    source: Source


@dataclass(frozen=True, slots=True)
class Stop:
    """The end."""

    why: Why


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next, and what is known by now.

    Attributes
    ----------
    ability, error : mean and SD of the posterior, logits; for steering and display, never for change
    below : P(ability below the cut); None without a cut
    All three are None for a fixed form of items without a calibration.
    """

    move: Ask | Stop
    ability: float | None
    error: float | None
    below: float | None


def step(
    test: Plan | FixedForm,
    answers: Sequence[Answer],
    rng: np.random.Generator,
    *,
    barred: Collection[str] = (),
) -> Step:
    """Tell the next step. Nothing is kept between calls: the answers are the whole state.

    The same answers and the same generator give the same step, so a page that is loaded twice shows one
    item: seed the generator by the sitting and the number of answers.

    Parameters
    ----------
    answers : in the order of asking
    barred : items that this person must not get (answered elsewhere)

    Raises
    ------
    BadInputError
        If an item is unknown or answered twice, or a score is negative.
    """
    names = [one.item for one in answers]
    if len(set(names)) != len(names):
        raise BadInputError("an item is answered twice")
    if isinstance(test, FixedForm):
        return Step(_of_form(test.items, {*names, *barred}), None, None, None)
    places = np.array([test.bank.place(name) for name in names], dtype=np.int64)
    counts = np.bincount(test.bank.content[places], minlength=len(test.bank.contents))[None]
    standing = _standing(test, places, answers)
    move = _move(test, standing, counts, _used(test, places, barred), float(rng.random()))
    below = None if standing.below is None else float(standing.below[0])
    return Step(move, float(standing.ability[0]), float(standing.error[0]), below)


def _of_form(form: Sequence[str], gone: set[str]) -> Ask | Stop:
    for name in form:
        if name not in gone:
            return Ask(name, Source.FORM)
    return Stop(Why.LENGTH)


def _standing(test: Plan, places: IntArray, answers: Sequence[Answer]) -> Standing:
    weights = test.bank.prior[None]
    for place, answer in zip(places.tolist(), answers, strict=True):
        scored = category(test.bank.items[place], answer.score)
        weights = learnt(test, weights, np.array([place]), np.array([scored]))
    return Standing.of(test, weights)


def _used(test: Plan, places: IntArray, barred: Collection[str]) -> BoolArray:
    gone = frozenset(barred)
    used = np.array([[item.name in gone for item in test.bank.items]])
    used[0, places] = True
    return used


def _move(test: Plan, standing: Standing, counts: IntArray, used: BoolArray, draw: float) -> Ask | Stop:
    over = ended(test, standing, counts)
    for is_over, why in ((over.precise, Why.PRECISE), (over.sure, Why.VERDICT), (over.long, Why.LENGTH)):
        if is_over[0]:
            return Stop(why)
    place = int(chosen(test, standing.ability, used, counts, np.array([draw]))[0])
    if place >= 0:
        return Ask(test.bank.items[place].name, Source.BANK)
    for spare in test.form:
        if not used[0, spare]:
            return Ask(test.bank.items[spare].name, Source.FORM)
    return Stop(Why.EXHAUSTED)

"""What people answer in questionnaires when we know what they think: pure, with a given generator."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from instruments.document import Instrument, LevelItem, ScaleItem, TextItem
from instruments.items import Answer
from instruments.scoring import Scoring


@dataclass(frozen=True, slots=True)
class Manner:
    """How people of a group answer.

    between, within    points of 100 by which they differ from one another, and the answers of one of them
    no_opinion, writes share of statements without an opinion; of people who write own words
    """

    between: float = 11.0
    within: float = 16.0
    no_opinion: float = 0.04
    writes: float = 0.2


PEOPLE, AGREED = Manner(), Manner(between=0.0, within=7.0, no_opinion=0.0, writes=0.0)
OPT_OUT: Answer = {"opt_out": True}

#: What a group thinks of a thing, 0…100: by competence, or by direction for votes on importance.
View = Callable[[str], float]


def opinion(
    instrument: Instrument,
    scoring: Scoring,
    form: str,
    view: View,
    rng: np.random.Generator,
    *,
    manner: Manner = PEOPLE,
    words: Sequence[str] = (),
) -> dict[str, Answer]:
    """One person of a group that thinks like `view`; `words`: what such people write where own words are asked."""
    own = float(rng.normal(0.0, manner.between)) if manner.between else 0.0
    found: dict[str, Answer] = {}
    for item in instrument.form_items(form):
        about = about_what(scoring, item.code)
        if isinstance(item, TextItem) and words and rng.random() < manner.writes:
            found[item.code] = str(rng.choice(words))
        if not isinstance(item, ScaleItem | LevelItem) or about is None:
            continue
        if item.opt_out and rng.random() < manner.no_opinion:
            found[item.code] = OPT_OUT
        else:
            found[item.code] = _point(item, view(about) + own + float(rng.normal(0.0, manner.within)))
    return found


def straight(instrument: Instrument, form: str, place: int) -> dict[str, Answer]:
    """Somebody who chooses the same answer everywhere: the one at `place` of each scale."""
    items = (item for item in instrument.form_items(form) if isinstance(item, ScaleItem))
    return {item.code: item.scale[place].value for item in items}


def about_what(scoring: Scoring, item: str) -> str | None:
    """The competence of a statement, the direction of a vote with «!» before it; None for anything else."""
    if item in scoring.items:
        return next(iter(scoring.items[item].competences))
    direction = scoring.importance.get(item)
    return None if direction is None else f"!{direction}"


def views(levels: Mapping[str, float], usual: float) -> View:
    """The level of the nearest thing above that is named: Z2.1, else Z2, else the usual."""

    def view(about: str) -> float:
        return levels.get(about, levels.get(about.split(".", maxsplit=1)[0], usual))

    return view


def _point(item: ScaleItem | LevelItem, level: float) -> Answer:
    values: list[Answer] = (
        [one.code for one in item.levels]
        if isinstance(item, LevelItem)
        else [point.value for point in item.scale]
    )
    place = round(np.clip(level, 0.0, 100.0) / 100 * (len(values) - 1))
    return values[place]

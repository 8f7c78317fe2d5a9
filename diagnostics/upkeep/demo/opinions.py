"""What people answer in questionnaires when we know what they think: pure, with a given generator."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from instruments.document import Instrument, LikertItem
from instruments.items import Answer
from instruments.scoring import Scoring

#: Points of 100: how people of one group differ, how one person's answers differ; share of «затрудняюсь ответить».
BETWEEN_PEOPLE, WITHIN_PERSON, NO_OPINION = 11.0, 16.0, 0.04
OPT_OUT: Answer = {"opt_out": True}

#: What a group thinks of a thing, 0…100: by competence, or by direction for votes on importance.
View = Callable[[str], float]


def opinion(
    instrument: Instrument, scoring: Scoring, form: str, view: View, rng: np.random.Generator
) -> dict[str, Answer]:
    """One person of a group that thinks like `view`; questions for own words stay empty."""
    own = float(rng.normal(0.0, BETWEEN_PEOPLE))
    found: dict[str, Answer] = {}
    for item in instrument.form_items(form):
        about = about_what(scoring, item.code)
        if not isinstance(item, LikertItem) or about is None:
            continue
        if item.opt_out and rng.random() < NO_OPINION:
            found[item.code] = OPT_OUT
        else:
            found[item.code] = _point(item, view(about) + own + float(rng.normal(0.0, WITHIN_PERSON)))
    return found


def straight(instrument: Instrument, form: str, place: int) -> dict[str, Answer]:
    """Somebody who chooses the same answer everywhere: the one at `place` of each scale."""
    items = (item for item in instrument.form_items(form) if isinstance(item, LikertItem))
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


def _point(item: LikertItem, level: float) -> Answer:
    values = [point.value for point in item.scale]
    place = round(np.clip(level, 0.0, 100.0) / 100 * (len(values) - 1))
    return values[place]

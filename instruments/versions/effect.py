"""What new keys would mean for answers that were given to old questions."""

from __future__ import annotations

from instruments.document import Instrument, is_question
from instruments.scoring import Scoring
from instruments.versions.classes import asks_the_same


def asked_alike(old: Instrument, new: Instrument) -> tuple[str, ...]:
    """Codes of questions that both ask in the same way: an answer to one is an answer to the other."""
    others = {item.code: item for item in new.asked_items}
    return tuple(
        item.code
        for item in old.asked_items
        if is_question(item) and item.code in others and asks_the_same((item, old), (others[item.code], new))
    )


def keyed_anew(old: tuple[Instrument, Scoring], new: tuple[Instrument, Scoring]) -> Scoring | None:
    """The old scoring with the new keys of questions that both ask alike; None where no answer could count otherwise.

    By it the answers that stand can be scored anew without pretending that they answered other questions.
    """
    (asked, keys), (asked_now, keys_now) = old, new
    changed = {
        code: keys.items[code].model_copy(update=_worth(keys_now, code))
        for code in asked_alike(asked, asked_now)
        if code in keys.items and code in keys_now.items and _worth(keys, code) != _worth(keys_now, code)
    }
    if not changed:
        return None
    return keys.model_copy(update={"items": {**keys.items, **changed}})


def _worth(scoring: Scoring, code: str) -> dict[str, object]:
    """What decides the points of an answer; where they go is another matter."""
    entry = scoring.items[code]
    return {"key": entry.key, "points": entry.points, "reverse": entry.reverse}

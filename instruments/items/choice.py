"""What types with rows to choose share: options, and the row «затрудняюсь ответить»."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from instruments.document import Choice, LevelItem, ObservationItem, ScaleItem, SingleItem
from instruments.items.outcome import AnswerProblem, Reading, refused
from instruments.texts import say
from instruments.words import NOT_OBSERVED, OPT_OUT, Translate

MayOptOut: TypeAlias = SingleItem | ScaleItem | LevelItem
OPT_OUT_ANSWER: Mapping[str, bool] = {"opt_out": True}


def read_opt_out(item: MayOptOut) -> Reading:
    """The opt-out as stored, where the item offers it."""
    return Reading(dict(OPT_OUT_ANSWER)) if item.opt_out else refused("opt_out_not_offered")


def opt_out_label(item: MayOptOut, language: str, translate: Translate) -> str:
    """Words of the row: the author's own, else the default ones."""
    own = item.opt_out if isinstance(item.opt_out, Mapping) else None
    return say(own, language) or translate(NOT_OBSERVED if isinstance(item, ObservationItem) else OPT_OUT)


def option_text(options: Iterable[Choice], code: object, language: str) -> str:
    """Text of the option; its bare code when the document knows no such option."""
    texts = {option.code: option.text for option in options}
    return say(texts.get(str(code)), language) or str(code)


def unknown_options(options: Iterable[Choice], chosen: Iterable[str]) -> list[AnswerProblem]:
    """One problem for each code that stands for no option."""
    known = {option.code for option in options}
    return [AnswerProblem("option_unknown", {"option": code[:64]}) for code in chosen if code not in known]

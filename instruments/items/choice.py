"""What single, multiple and likert share: options, and the row «затрудняюсь ответить»."""

from __future__ import annotations

from collections.abc import Mapping

from instruments.document import LikertItem, MultipleItem, SingleItem
from instruments.items.outcome import Reading, refused
from instruments.texts import say
from instruments.words import OPT_OUT, Translate

OPT_OUT_ANSWER: Mapping[str, bool] = {"opt_out": True}


def read_opt_out(item: SingleItem | LikertItem) -> Reading:
    """The opt-out as stored, where the item offers it."""
    return Reading(dict(OPT_OUT_ANSWER)) if item.opt_out else refused("opt_out_not_offered")


def opt_out_label(item: SingleItem | LikertItem, language: str, translate: Translate) -> str:
    """Words of the row: the author's own, else the default ones."""
    own = item.opt_out if isinstance(item.opt_out, Mapping) else None
    return say(own, language) or translate(OPT_OUT)


def option_text(item: SingleItem | MultipleItem, code: object, language: str) -> str:
    """Text of the option; its bare code when the document knows no such option."""
    texts = {option.code: option.text for option in item.options}
    return say(texts.get(str(code)), language) or str(code)

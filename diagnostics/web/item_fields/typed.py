"""Fields to write into: a number, a short text, a long one."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.web.item_fields.field import Field, hint_of
from instruments.document import Item, LongTextItem, NumberItem, TextItem
from instruments.texts import say


def show_number(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, NumberItem)  # noqa: S101 - the table pairs them
    typed = "" if given is None else str(given)
    if isinstance(given, (int, float)):
        typed = typed.replace(".", ",") if language == "ru" else typed
    whole = item.decimals == 0 and item.minimum is not None and item.minimum >= 0
    return Field(
        "items/number.html",
        hint_of(item, language, _number_hint(item)),
        typed=typed,
        unit=say(item.unit, language),
        inputmode="numeric" if whole else "decimal",
    )


def show_text(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, TextItem)  # noqa: S101 - the table pairs them
    return Field(
        "items/text.html",
        hint_of(item, language, _length_hint(item.max_length)),
        typed="" if given is None else str(given),
        max_length=item.max_length,
    )


def show_long_text(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, LongTextItem)  # noqa: S101 - the table pairs them
    return Field(
        "items/long_text.html",
        hint_of(item, language, _length_hint(item.max_length)),
        typed="" if given is None else str(given),
        max_length=item.max_length,
        lines=item.lines,
    )


def _number_hint(item: NumberItem) -> str:
    if item.minimum is not None and item.maximum is not None:
        words = _("Число от %(minimum)g до %(maximum)g", minimum=item.minimum, maximum=item.maximum)
    else:
        words = _("Введите число")
    return str(words)


def _length_hint(most: int) -> str:
    return str(ngettext("Не больше %(num)s знака", "Не больше %(num)s знаков", most))

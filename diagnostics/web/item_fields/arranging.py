"""Fields with a control in each row: matching and ordering."""

from __future__ import annotations

from flask_babel import gettext as _

from diagnostics.web.item_fields.field import Field, Part, Row, hint_of
from instruments.document import Item, MatchingItem, OrderingItem
from instruments.texts import say

LONG_OPTION = 34  # letters that a closed select shows on a phone


def show_matching(item: Item, given: object, language: str) -> Field:
    """Options too long for a closed select stand above it in full, each under a number."""
    assert isinstance(item, MatchingItem)  # noqa: S101 - the table pairs them
    chosen = given if isinstance(given, dict) else {}
    texts = [say(option.text, language) for option in item.options]
    is_long = any(len(text) > LONG_OPTION for text in texts)
    labels = [f"{place}. {text}" for place, text in enumerate(texts, 1)] if is_long else texts
    return Field(
        "items/matching.html",
        hint_of(item, language, _("Выберите для каждой строки подходящий вариант")),
        rows=tuple(
            Row(option.code, label, checked=False) for option, label in zip(item.options, labels, strict=True)
        ),
        parts=tuple(
            Part(prompt.code, say(prompt.text, language), str(chosen.get(prompt.code, "")))
            for prompt in item.prompts
        ),
        listed=is_long,
    )


def show_ordering(item: Item, given: object, language: str) -> Field:
    """The rows stand as they were put, once each has its place; before, as the document tells them."""
    assert isinstance(item, OrderingItem)  # noqa: S101 - the table pairs them
    places = _places(given)
    codes = [option.code for option in item.options]
    put = given if isinstance(given, list) and sorted(given) == sorted(codes) else codes
    texts = {option.code: say(option.text, language) for option in item.options}
    numbers = [str(place) for place in range(1, len(codes) + 1)]
    return Field(
        "items/ordering.html",
        hint_of(item, language, _("Укажите место каждой строки: 1 — первое")),
        rows=tuple(Row(number, number, checked=False) for number in numbers),
        parts=tuple(Part(code, texts[code], places.get(code, "")) for code in put),
    )


def _places(given: object) -> dict[str, str]:
    if isinstance(given, dict):
        return {str(code): str(place) for code, place in given.items()}
    codes = given if isinstance(given, list) else []
    return {str(code): str(place) for place, code in enumerate(codes, 1)}

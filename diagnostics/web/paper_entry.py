"""Typing answers from a paper form and comparing them with it: what both rooms that do so have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _

from diagnostics.catalogue import queries as catalogue
from diagnostics.sittings.errors import EventRefused
from diagnostics.sittings.events import stored_value
from diagnostics.sittings.typed import Token, enterable, raw_of, text_of, tokens
from diagnostics.web.messages import sentence
from instruments import path
from instruments.document import (
    ConsentItem,
    Instrument,
    Item,
    LikertItem,
    LongTextItem,
    MatchingItem,
    MultipleItem,
    NumberItem,
    OrderingItem,
    TableItem,
    TextItem,
    is_question,
)
from instruments.items import Answer, describe
from instruments.items.choice import opt_out_label
from instruments.texts import say

FIELD = "a."
LONGEST = 60_000  # characters of one field


@dataclass(frozen=True, slots=True)
class Row:
    """One question on the page of entry."""

    code: str
    number: int  # 0 of a consent
    text: str
    choices: tuple[tuple[str, str], ...]  # (what is typed, what it means)
    hint: str
    value: str
    error: str
    wide: bool
    is_digit: bool  # one digit is the whole answer: the next field comes by itself

    @property
    def name(self) -> str:
        return f"{FIELD}{self.code}"


@dataclass(frozen=True, slots=True)
class Line:
    """One question on the page of comparison."""

    number: int
    text: str
    typed: str
    words: str
    is_left_out: bool  # typed, but not asked for these answers


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with the form: answers, the texts as they were typed, the mistakes by question."""

    answers: Mapping[str, Answer]
    texts: Mapping[str, str]
    errors: Mapping[str, str]


def read_typed(instrument: Instrument, form: str) -> Typed:
    answers: dict[str, Answer] = {}
    texts: dict[str, str] = {}
    errors: dict[str, str] = {}
    for item in enterable(instrument, form):
        text = texts[item.code] = request.form.get(f"{FIELD}{item.code}", "")[:LONGEST]
        try:
            value = stored_value(instrument, form, item.code, raw_of(item, text), 0)
        except EventRefused as refused:
            errors[item.code] = sentence(refused.code, refused.parameters)
            continue
        if value is not None:
            answers[item.code] = value
    return Typed(answers, texts, errors)


def texts_of(instrument: Instrument, form: str, answers: Mapping[str, Answer]) -> dict[str, str]:
    """The fields of an entry that is mended."""
    return {item.code: text_of(item, answers.get(item.code)) for item in enterable(instrument, form)}


def rows(instrument: Instrument, form: str, texts: Mapping[str, str], errors: Mapping[str, str]) -> list[Row]:
    return [
        Row(
            code=item.code,
            number=number,
            text=_text(item),
            choices=tuple((one.typed, _meaning(item, one)) for one in tokens(item)),
            hint=_hint(item),
            value=texts.get(item.code, ""),
            error=errors.get(item.code, ""),
            wide=isinstance(item, TextItem | LongTextItem | TableItem),
            is_digit=_is_digit(item),
        )
        for number, item in _numbered(instrument, form)
    ]


def lines(instrument_id: str, form: str, answers: Mapping[str, Answer]) -> list[Line]:
    instrument = catalogue.instrument(instrument_id)
    asked = path.on_path(instrument, form, answers) | {
        step.item.code for step in path.asked(instrument, form, answers)
    }
    return [
        Line(
            number=number,
            text=say(item.title, _language()),
            typed=text_of(item, answers.get(item.code)),
            words=describe(item, answers.get(item.code), _language(), _),
            is_left_out=item.code in answers and item.code not in asked,
        )
        for number, item in _numbered(instrument, form)
    ]


def summary(found: list[Row]) -> list[dict[str, str]]:
    """For the list of mistakes at the top."""
    return [
        {"text": f"{one.number}. {one.error}" if one.number else one.error, "href": f"#{one.name}"}
        for one in found
        if one.error
    ]


def _numbered(instrument: Instrument, form: str) -> list[tuple[int, Item]]:
    """The numbers of the printed form: files are numbered there too, words to read and consents are not."""
    numbers = {
        item.code: number
        for number, item in enumerate((one for one in instrument.form_items(form) if is_question(one)), 1)
    }
    return [(numbers.get(item.code, 0), item) for item in enterable(instrument, form)]


def _text(item: Item) -> str:
    stem = say(item.stem, _language()) if isinstance(item, LikertItem) else ""
    last = say(item.text, _language()).split("\n\n")[-1]
    return f"{stem} {last}".strip()


def _meaning(item: Item, token: Token) -> str:
    if token.text is not None:
        return say(token.text, _language())
    if isinstance(item, ConsentItem):
        return _("согласие отмечено")
    return opt_out_label(item, _language(), _)  # type: ignore[arg-type]  # only such items have a token without text


def _hint(item: Item) -> str:
    if isinstance(item, MultipleItem):
        return _("Номера всех отмеченных, например: 1 3")
    if isinstance(item, OrderingItem):
        return _("Место каждой строки, сверху вниз, например: 3 1 2")
    if isinstance(item, MatchingItem):
        prompts = "; ".join(say(one.text, _language()) for one in item.prompts)
        return _("Номер варианта для каждой строки, 0 — не заполнено. Строки: %(prompts)s", prompts=prompts)
    if isinstance(item, TableItem):
        return _("Числа строки через «;», строки через «/», пустая клетка — «-»")
    if isinstance(item, NumberItem):
        return _("Число, %(unit)s", unit=say(item.unit, _language())) if item.unit else _("Число")
    return ""


def _is_digit(item: Item) -> bool:
    found = tokens(item)
    several = isinstance(item, MultipleItem | OrderingItem | MatchingItem)
    return bool(found) and not several and all(len(one.typed) == 1 for one in found)


def _language() -> str:
    return str(get_locale() or "ru")

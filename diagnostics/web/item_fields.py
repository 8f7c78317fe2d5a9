"""Item type → form field: what its page shows, and what a form posted without script means.

A `Field` is the player's view of an item, built by naming what may be shown: text, options, unit. Keys,
weights and rationales stand in other documents and have no place here to end up in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from instruments.document import Item, LikertItem, MultipleItem, NumberItem, SingleItem, TextItem
from instruments.items import Answer, is_opt_out
from instruments.items.choice import opt_out_label
from instruments.texts import say

NAME = "answer"
OPT_OUT = "_opt_out"  # no code of an option may begin with an underscore
Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    value: str
    label: str
    checked: bool
    apart: bool = False  # «Затрудняюсь ответить»: set apart by a rule


@dataclass(frozen=True, slots=True)
class Field:
    """What a template needs to draw the answer of one item."""

    template: str
    hint: str = ""
    rows: tuple[Row, ...] = ()
    typed: str = ""
    unit: str = ""
    max_length: int | None = None
    inputmode: str = ""
    choose: int | None = None  # exactly so many rows


@dataclass(frozen=True, slots=True)
class ItemField:
    """`show` draws an item with what is answered so far; `read` takes a posted form for a raw answer."""

    show: Callable[[Item, object, str], Field]
    read: Callable[[Form], object]


def show(item: Item, given: object, language: str) -> Field:
    """The field of an item. `given`: a stored answer, or what was typed and refused."""
    return FIELDS[item.type].show(item, given, language)


def read_form(item: Item, form: Form) -> object:
    """The raw answer of a posted form, for `instruments.items.read`."""
    return FIELDS[item.type].read(form)


def _hint(item: Item, language: str, default: str) -> str:
    return say(item.hint, language) or default


def _opt_out(item: SingleItem | LikertItem, given: object, language: str) -> tuple[Row, ...]:
    if not item.opt_out:
        return ()
    return (Row(OPT_OUT, opt_out_label(item, language, _), is_opt_out(given), apart=True),)


def _show_single(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, SingleItem)  # noqa: S101 - the table below pairs them
    rows = tuple(Row(one.code, say(one.text, language), one.code == given) for one in item.options)
    hint = _hint(item, language, _("Выберите один ответ"))
    return Field("items/single.html", hint, rows + _opt_out(item, given, language))


def _show_multiple(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, MultipleItem)  # noqa: S101 - the table below pairs them
    chosen = given if isinstance(given, list) else []
    rows = tuple(Row(one.code, say(one.text, language), one.code in chosen) for one in item.options)
    exactly = (
        ngettext("Выберите ровно %(num)s ответ", "Выберите ровно %(num)s ответов", item.choose)
        if item.choose
        else _("Выберите все подходящие ответы")
    )
    return Field("items/multiple.html", _hint(item, language, exactly), rows, choose=item.choose)


def _show_likert(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, LikertItem)  # noqa: S101 - the table below pairs them
    is_mark = isinstance(given, int) and not isinstance(given, bool)
    rows = tuple(
        Row(str(one.value), say(one.text, language), is_mark and one.value == given) for one in item.scale
    )
    hint = _hint(item, language, _("Выберите один ответ"))
    return Field("items/likert.html", hint, rows + _opt_out(item, given, language))


def _show_number(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, NumberItem)  # noqa: S101 - the table below pairs them
    typed = "" if given is None else str(given)
    if isinstance(given, (int, float)):
        typed = typed.replace(".", ",") if language == "ru" else typed
    whole = item.decimals == 0 and item.minimum is not None and item.minimum >= 0
    return Field(
        "items/number.html",
        _hint(item, language, _number_hint(item)),
        typed=typed,
        unit=say(item.unit, language),
        inputmode="numeric" if whole else "decimal",
    )


def _number_hint(item: NumberItem) -> str:
    if item.minimum is not None and item.maximum is not None:
        words = _("Число от %(minimum)g до %(maximum)g", minimum=item.minimum, maximum=item.maximum)
    else:
        words = _("Введите число")
    return str(words)


def _show_text(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, TextItem)  # noqa: S101 - the table below pairs them
    limit = ngettext("Не больше %(num)s знака", "Не больше %(num)s знаков", item.max_length)
    return Field(
        "items/text.html",
        _hint(item, language, limit),
        typed="" if given is None else str(given),
        max_length=item.max_length,
    )


def _show_info(_item: Item, _given: object, _language: str) -> Field:
    return Field("items/info.html")


def _read_one(form: Form) -> object:
    chosen = form.getlist(NAME)
    if chosen == [OPT_OUT]:
        return {"opt_out": True}
    return chosen if len(chosen) > 1 else next(iter(chosen), None)


def _read_many(form: Form) -> object:
    return form.getlist(NAME)


def _read_typed(form: Form) -> object:
    return form.get(NAME)


def _read_nothing(_form: Form) -> Answer:
    return None


FIELDS: Mapping[str, ItemField] = {
    "single": ItemField(_show_single, _read_one),
    "multiple": ItemField(_show_multiple, _read_many),
    "likert": ItemField(_show_likert, _read_one),
    "number": ItemField(_show_number, _read_typed),
    "text": ItemField(_show_text, _read_typed),
    "info": ItemField(_show_info, _read_nothing),
}

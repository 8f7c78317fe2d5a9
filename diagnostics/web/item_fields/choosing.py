"""Fields of rows to choose: one, several, a mark on a scale, a level, a consent."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.web.item_fields.field import AGREED, NAME, OPT_OUT, Field, Form, Row, hint_of
from instruments.document import ConsentItem, Item, LevelItem, MultipleItem, ScaleItem, SingleItem
from instruments.items import is_opt_out
from instruments.items.choice import MayOptOut, opt_out_label
from instruments.texts import say


def show_single(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, SingleItem)  # noqa: S101 - the table pairs them
    rows = tuple(Row(one.code, say(one.text, language), one.code == given) for one in item.options)
    return Field("items/single.html", _one_hint(item, language), rows + _opt_out(item, given, language))


def show_multiple(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, MultipleItem)  # noqa: S101 - the table pairs them
    chosen = given if isinstance(given, list) else []
    rows = tuple(Row(one.code, say(one.text, language), one.code in chosen) for one in item.options)
    exactly = (
        ngettext("Выберите ровно %(num)s ответ", "Выберите ровно %(num)s ответов", item.choose)
        if item.choose
        else _("Выберите все подходящие ответы")
    )
    return Field("items/multiple.html", hint_of(item, language, exactly), rows, choose=item.choose)


def show_scale(item: Item, given: object, language: str) -> Field:
    """Likert, frequency, observation: words, never bare numbers."""
    assert isinstance(item, ScaleItem)  # noqa: S101 - the table pairs them
    is_mark = isinstance(given, int) and not isinstance(given, bool)
    rows = tuple(
        Row(str(one.value), say(one.text, language), is_mark and one.value == given) for one in item.scale
    )
    template = f"items/{item.type}.html"
    return Field(template, _one_hint(item, language), rows + _opt_out(item, given, language))


def show_level(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, LevelItem)  # noqa: S101 - the table pairs them
    rows = tuple(
        Row(one.code, f"{one.code}. {say(one.text, language)}", one.code == given) for one in item.levels
    )
    hint = hint_of(item, language, _("Выберите описание, которое подходит вам больше всего"))
    return Field("items/level.html", hint, rows + _opt_out(item, given, language))


def show_consent(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, ConsentItem)  # noqa: S101 - the table pairs them
    rows = (Row(AGREED, _("Да, я согласен (согласна)"), given == {"agreed": True}),)
    return Field("items/consent.html", hint_of(item, language, _("Без согласия ответы не отправить")), rows)


def read_one(form: Form) -> object:
    chosen = form.getlist(NAME)
    if chosen == [OPT_OUT]:
        return {"opt_out": True}
    return chosen if len(chosen) > 1 else next(iter(chosen), None)


def read_many(form: Form) -> object:
    return form.getlist(NAME)


def read_consent(form: Form) -> object:
    chosen = form.getlist(NAME)
    return {"agreed": True} if chosen == [AGREED] else chosen


def _one_hint(item: Item, language: str) -> str:
    return hint_of(item, language, _("Выберите один ответ"))


def _opt_out(item: MayOptOut, given: object, language: str) -> tuple[Row, ...]:
    if not item.opt_out:
        return ()
    return (Row(OPT_OUT, opt_out_label(item, language, _), is_opt_out(given), apart=True),)

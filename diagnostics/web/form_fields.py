"""Fields and helpers of forms, for every room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.fields.choices import SelectChoice

from diagnostics.errors import FieldRefused
from diagnostics.web.messages import sentence

FORMATS = ("%Y-%m-%d", "%d.%m.%Y")


class DayField(DateField):
    """A day by calendar or typed as 15.12.2026; 31.02 is said to be no day, and what was typed stays."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        for pattern in FORMATS:
            try:
                self.data = datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            return
        raise ValueError(_("Такого дня нет. Пишите, например, 15.12.2026"))


def choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def put_error(form: FlaskForm, refused: FieldRefused, fields: Mapping[str, str]) -> None:
    """The refusal of an action at the form's field; `fields` maps the action's names to the form's."""
    name = fields.get(refused.field, refused.field)
    field = form[name] if name in form else next(iter(form))
    field.errors = [*field.errors, sentence(refused.code, refused.parameters)]


def day(value: date | None) -> date:
    """A day that the form's validators have made sure of."""
    if value is None:
        raise ValueError("a required day is missing after validation")
    return value

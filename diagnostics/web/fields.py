"""Fields that several forms share."""

from __future__ import annotations

from markupsafe import Markup
from wtforms import StringField
from wtforms.widgets import TextInput


class CodeInput(TextInput):
    """Capitals on phones, no spelling help: what is typed stands on a card."""

    def __call__(self, field: StringField, **attributes: object) -> Markup:
        typing = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        found: Markup = super().__call__(field, **(typing | attributes))
        return found


class CodeField(StringField):
    """A code from paper; capitals and small letters are one, so the typed value comes out in capitals."""

    widget = CodeInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip().upper() if valuelist else ""

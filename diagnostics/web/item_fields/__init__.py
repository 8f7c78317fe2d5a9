"""Item type → form field: what its page shows, and what a form posted without script means.

A `Field` is the player's view of an item, built by naming what may be shown: text, options, unit. Keys,
weights and rationales stand in other documents and have no place here to end up in.
"""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics.web.item_fields.arranging import show_matching, show_ordering
from diagnostics.web.item_fields.choosing import (
    read_consent,
    read_many,
    read_one,
    show_consent,
    show_level,
    show_multiple,
    show_scale,
    show_single,
)
from diagnostics.web.item_fields.facts import read_file, read_table, show_file, show_table
from diagnostics.web.item_fields.field import NAME, OPT_OUT, Field, Form, ItemField, read_parts, read_typed
from diagnostics.web.item_fields.typed import show_long_text, show_number, show_text
from instruments.document import Item
from instruments.items import Answer

__all__ = ["FIELDS", "NAME", "OPT_OUT", "Field", "ItemField", "read_form", "show"]


def show(item: Item, given: object, language: str) -> Field:
    """The field of an item. `given`: a stored answer, or what was typed and refused."""
    return FIELDS[item.type].show(item, given, language)


def read_form(item: Item, form: Form) -> object:
    """The raw answer of a posted form, for `instruments.items.read`."""
    return FIELDS[item.type].read(form)


def _show_info(_item: Item, _given: object, _language: str) -> Field:
    return Field("items/info.html")


def _read_nothing(_form: Form) -> Answer:
    return None


FIELDS: Mapping[str, ItemField] = {
    "single": ItemField(show_single, read_one),
    "multiple": ItemField(show_multiple, read_many),
    "likert": ItemField(show_scale, read_one),
    "frequency": ItemField(show_scale, read_one),
    "observation": ItemField(show_scale, read_one),
    "level": ItemField(show_level, read_one),
    "matching": ItemField(show_matching, read_parts),
    "ordering": ItemField(show_ordering, read_parts),
    "number": ItemField(show_number, read_typed),
    "text": ItemField(show_text, read_typed),
    "long_text": ItemField(show_long_text, read_typed),
    "table": ItemField(show_table, read_table),
    "file": ItemField(show_file, read_file),
    "info": ItemField(_show_info, _read_nothing),
    "consent": ItemField(show_consent, read_consent),
}

"""What is asked: an instrument with its items and forms, as one frozen document.

The models fix the shape only. A draft may still lack a translation or name an unknown item:
`instruments.checking` tells all such mistakes at once.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from instruments.item_models import (
    LONGEST_ANSWER,
    AskedRow,
    Choice,
    Column,
    ConsentItem,
    FileItem,
    FrequencyItem,
    InfoItem,
    Item,
    ItemBase,
    LevelItem,
    LikertItem,
    LongTextItem,
    MatchingItem,
    Matrix,
    MultipleItem,
    NumberItem,
    ObservationItem,
    OptionItem,
    OrderingItem,
    Repeat,
    RowItem,
    ScaleItem,
    ScalePoint,
    SingleItem,
    Stimulus,
    TableItem,
    TableRow,
    TextItem,
    as_asked,
    is_free_text,
    is_opinion,
    is_question,
)
from instruments.texts import Code, Frozen, Language, RuleText, Texts, say

__all__ = [
    "LONGEST_ANSWER", "AskedRow", "Choice", "Code", "Column", "ConsentItem", "FileItem", "Form", "FrequencyItem", "InfoItem",
    "Instrument", "Item", "ItemBase", "LevelItem", "LikertItem", "LongTextItem", "MatchingItem", "Matrix",
    "MultipleItem", "NumberItem", "ObservationItem", "OptionItem", "OrderingItem", "Passport", "Repeat", "RowItem",
    "ScaleItem", "ScalePoint", "Section", "SingleItem", "Stimulus", "TableItem", "TableRow", "TextItem", "Texts",
    "anchors_between", "is_free_text", "is_opinion", "is_question", "say",
]  # fmt: skip

Minutes: TypeAlias = Annotated[int, Field(ge=1, le=600)]
Order: TypeAlias = Literal["free", "fixed"]
Shuffle: TypeAlias = Literal["none", "items", "options", "both"]


class Section(Frozen):
    """`order` and `shuffle` of its questions; without them, those of the instrument."""

    code: Code
    title: Texts
    text: Texts | None = None
    order: Order | None = None
    shuffle: Shuffle | None = None
    show_if: RuleText | None = None
    items: tuple[Code, ...]


class Form(Frozen):
    """One set of questions. A form for an audience of its own may speak to it in its own words."""

    code: Code
    title: Texts
    purpose: Texts | None = None
    instructions: Texts | None = None
    minutes: Minutes | None = None
    sections: tuple[Section, ...]

    @cached_property
    def item_codes(self) -> tuple[str, ...]:
        """Codes of the items in the order in which they are asked."""
        return tuple(code for section in self.sections for code in section.items)


class Passport(Frozen):
    authors: str
    licence: str
    year: Annotated[int, Field(ge=1900, le=2200)]
    sources: tuple[str, ...] = ()


class Instrument(Frozen):
    """`order` of the sections, and of the questions in those that name none (`instruments.order`).

    `shuffle`: what each sitting gets in an order of its own (`instruments.shuffling`). `time_limit`: minutes
    from the beginning of a sitting to its end; questionnaires have none.
    """

    kind: Literal["instrument"]
    code: Code
    title: Texts
    purpose: Texts
    instructions: Texts
    audience: Code
    minutes: Minutes
    languages: tuple[Language, ...]
    passport: Passport
    order: Order = "free"
    shuffle: Shuffle = "none"
    time_limit: Minutes | None = None
    forms_purpose: Literal["parallel", "audience"] = "parallel"
    forms: tuple[Form, ...]
    stimuli: tuple[Stimulus, ...] = ()
    matrices: tuple[Matrix, ...] = ()
    items: tuple[Item, ...]

    @property
    def asked_items(self) -> tuple[Item, ...]:
        """`items` as they are asked: rows of matrices have the scale and the stem of their matrix."""
        return self._asked_items

    @cached_property
    def _asked_items(self) -> tuple[Item, ...]:
        matrices = {matrix.code: matrix for matrix in self.matrices}
        return tuple(
            as_asked(item, matrices.get(item.matrix)) if isinstance(item, RowItem) else item
            for item in self.items
        )

    @cached_property
    def _items_by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.asked_items}

    @cached_property
    def _forms_by_code(self) -> dict[str, Form]:
        return {form.code: form for form in self.forms}

    @cached_property
    def _items_by_form(self) -> dict[str, tuple[Item, ...]]:
        return {}  # filled form by form: one broken form of a draft must not spoil the others

    @cached_property
    def _kept(self) -> dict[tuple[str, ...], Any]:
        return {}

    @property
    def kept(self) -> dict[tuple[str, ...], Any]:
        """What others have worked out of this document once and for all, by their own names for it."""
        return self._kept

    def item(self, code: str) -> Item:
        """Item with the code, as it is asked; KeyError when there is none."""
        return self._items_by_code[code]

    def form(self, code: str) -> Form:
        """Form with the code; KeyError when there is none."""
        return self._forms_by_code[code]

    def stimulus_of(self, item: ItemBase) -> Stimulus | None:
        """The case that the item is about; None where there is none, or a draft names an unknown one."""
        return next((one for one in self.stimuli if one.code == item.stimulus), None)

    def purpose_of(self, form: str) -> Texts:
        """What the people of this form are told about its purpose; KeyError for an unknown code."""
        return self.form(form).purpose or self.purpose

    def instructions_of(self, form: str) -> Texts:
        """What the people of this form read before they begin; KeyError for an unknown code."""
        return self.form(form).instructions or self.instructions

    def minutes_of(self, form: str) -> int:
        """Minutes that this form takes; KeyError for an unknown code."""
        return self.form(form).minutes or self.minutes

    def form_items(self, form: str) -> tuple[Item, ...]:
        """Items of the form in order as they are asked, in the form's own wording; KeyError for an unknown code."""
        if form not in self._items_by_form:
            codes = self.form(form).item_codes
            self._items_by_form[form] = tuple(_worded_for(self.item(code), form) for code in codes)
        return self._items_by_form[form]


def anchors_between(instrument: Instrument, first: str, second: str) -> tuple[str, ...]:
    """Codes of the items that two forms have in common, in the order of the first form."""
    others = set(instrument.form(second).item_codes)
    return tuple(code for code in instrument.form(first).item_codes if code in others)


def _worded_for(item: Item, form: str) -> Item:
    own = item.wording.get(form)
    return item if own is None else item.model_copy(update={"text": own})

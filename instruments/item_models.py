"""What may be asked: one frozen model an item type.

The models fix the shape only; `instruments.checking` tells what a methodologist must mend. A field that is
added later has a default, so documents written before keep their hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from instruments.pictures import Picture
from instruments.texts import Code, Frozen, RuleText, Texts

LONGEST_ANSWER = 30_000  # characters: Cyrillic takes two bytes each, and one save holds 64 KiB

Count: TypeAlias = Annotated[int, Field(ge=1)]
Decimals: TypeAlias = Annotated[int, Field(ge=0, le=9)]
Length: TypeAlias = Annotated[int, Field(ge=1, le=LONGEST_ANSWER)]
Limit: TypeAlias = Annotated[float, Field(allow_inf_nan=False)]


class Choice(Frozen):
    code: Code
    text: Texts


class ScalePoint(Frozen):
    value: int
    text: Texts


HOW_OFTEN = (
    ScalePoint(value=1, text={"ru": "Никогда", "en": "Never"}),
    ScalePoint(value=2, text={"ru": "Редко", "en": "Rarely"}),
    ScalePoint(value=3, text={"ru": "Иногда", "en": "Sometimes"}),
    ScalePoint(value=4, text={"ru": "Часто", "en": "Often"}),
    ScalePoint(value=5, text={"ru": "Всегда", "en": "Always"}),
)


class ItemBase(Frozen):
    """What items of all types have; `wording` replaces `text` in the forms it names.

    `stimulus`: code of the text (`Instrument.stimuli`) that this question and its neighbours are about.
    `show_if`: the condition of being asked (`instruments.rules`).
    """

    code: Code
    title: Texts
    text: Texts
    hint: Texts | None = None
    wording: Mapping[Code, Texts] = {}
    stimulus: Code | None = None
    show_if: RuleText | None = None


class OptionItem(ItemBase):
    options: tuple[Choice, ...]


class SingleItem(OptionItem):
    type: Literal["single"]
    opt_out: bool | Texts = False


class MultipleItem(OptionItem):
    """`choose`: exactly so many; without it, all that are right."""

    type: Literal["multiple"]
    choose: Count | None = None


class OrderingItem(OptionItem):
    """Options to put in order; the document tells them in another order than the right one."""

    type: Literal["ordering"]


class MatchingItem(OptionItem):
    """An option for each prompt. There may be more options than prompts, and one may serve twice."""

    type: Literal["matching"]
    prompts: tuple[Choice, ...]


class ScaleItem(ItemBase):
    """A mark on a scale of opinion or of observed behaviour: neither right nor wrong."""

    scale: tuple[ScalePoint, ...]
    opt_out: bool | Texts = False


class LikertItem(ScaleItem):
    """`stem`: words above the statement that all rows of one matrix share."""

    type: Literal["likert"]
    stem: Texts | None = None


class FrequencyItem(ScaleItem):
    """How often; the usual five marks where the author gives none."""

    type: Literal["frequency"]
    scale: tuple[ScalePoint, ...] = HOW_OFTEN


class ObservationItem(ScaleItem):
    """What an observer saw: four descriptors 0–3, and «не наблюдалось» unless the author takes it away."""

    type: Literal["observation"]
    opt_out: bool | Texts = True


class LevelItem(ItemBase):
    """One statement of several in rising order, A1…C2 or fewer."""

    type: Literal["level"]
    levels: tuple[Choice, ...]
    opt_out: bool | Texts = False


class RowItem(ItemBase):
    """One statement of a matrix (`Instrument.matrices`), whose scale and stem it takes."""

    type: Literal["row"]
    matrix: Code


class NumberItem(ItemBase):
    type: Literal["number"]
    unit: Texts | None = None
    minimum: Limit | None = None
    maximum: Limit | None = None
    decimals: Decimals | None = None


class TextItem(ItemBase):
    """`exact`: the key is compared letter by letter, not by the forgiving rules for short answers."""

    type: Literal["text"]
    max_length: Length = LONGEST_ANSWER
    exact: bool = False


class LongTextItem(ItemBase):
    """Words that an expert marks by a rubric. `lines`: how high the field is, also on paper."""

    type: Literal["long_text"]
    max_length: Length = LONGEST_ANSWER
    lines: Annotated[int, Field(ge=2, le=60)] = 8


class Column(Frozen):
    """A number asked in each row of a table."""

    code: Code
    title: Texts
    unit: Texts | None = None
    minimum: Limit | None = None
    maximum: Limit | None = None
    decimals: Decimals | None = None


class TableRow(Frozen):
    code: Code
    title: Texts


class Repeat(Frozen):
    """Rows that the person adds: how many at least and at most."""

    least: Annotated[int, Field(ge=0, le=200)] = 1
    most: Annotated[int, Field(ge=1, le=200)]


class TableItem(ItemBase):
    """Numbers in rows that the author names, or in rows that the person adds."""

    type: Literal["table"]
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...] = ()
    repeat: Repeat | None = None


class FileItem(ItemBase):
    type: Literal["file"]
    kinds: tuple[Literal["image", "document"], ...] = ("image", "document")
    most: Annotated[int, Field(ge=1, le=10)] = 1


class InfoItem(ItemBase):
    """Words to read between questions: nothing to answer, never counted in progress."""

    type: Literal["info"]


class ConsentItem(ItemBase):
    """A statement to agree with before the answers can be sent; never scored, never counted in progress."""

    type: Literal["consent"]


class Matrix(Frozen):
    """What the rows of a matrix share: the stem above each, the scale, the way out."""

    code: Code
    text: Texts
    scale: tuple[ScalePoint, ...]
    opt_out: bool | Texts = False


class AskedRow(LikertItem):
    """A row as it is asked: a mark on its matrix' scale, under its stem. Made by `Instrument`, never written."""

    matrix: Code


class Stimulus(Frozen):
    """A case: a text, perhaps with a picture, that several questions are about."""

    code: Code
    title: Texts
    text: Texts
    image: Picture | None = None


def as_asked(row: RowItem, matrix: Matrix | None) -> AskedRow:
    """The row with what its matrix gives; without scale and stem where a draft names no known matrix."""
    own = {name: getattr(row, name) for name in type(row).model_fields if name != "type"}
    return AskedRow(
        **own,
        type="likert",
        stem=matrix.text if matrix else None,
        scale=matrix.scale if matrix else (),
        opt_out=matrix.opt_out if matrix else False,
    )


def is_opinion(item: ItemBase) -> bool:
    """Whether an answer gives points and is neither right nor wrong."""
    return isinstance(item, ScaleItem | LevelItem)


def is_free_text(item: ItemBase) -> bool:
    """Whether the answer is in the person's own words, by which somebody might be known."""
    return isinstance(item, TextItem | LongTextItem)


_UNNUMBERED = (InfoItem, ConsentItem)


def is_question(item: ItemBase) -> bool:
    """Whether the item has a number and counts in progress: words to read and a consent do not."""
    return item.__class__ not in _UNNUMBERED


Item: TypeAlias = Annotated[
    SingleItem
    | MultipleItem
    | LikertItem
    | FrequencyItem
    | LevelItem
    | ObservationItem
    | MatchingItem
    | OrderingItem
    | NumberItem
    | TextItem
    | LongTextItem
    | TableItem
    | FileItem
    | RowItem
    | InfoItem
    | ConsentItem,
    Field(discriminator="type"),
]

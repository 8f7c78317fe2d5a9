"""What is wrong in a list: one mistake a row and place, or a file that cannot be read at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from diagnostics.errors import DomainError


class FileRefused(DomainError):  # noqa: N818 - reads as the answer it gives
    """The file cannot be read as a list of people; `code` names the sentence."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """`row` as the spreadsheet numbers it (from 1); `value` is what stands there, cut for showing."""

    row: int
    column: str
    code: str
    value: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something left aside that harms nothing: a column not used, formulas, links to other files."""

    code: str
    parameters: Mapping[str, object] = field(default_factory=dict)

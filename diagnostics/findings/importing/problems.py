from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from diagnostics.errors import Conflict, DomainError


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake; `row` as the spreadsheet numbers it (from 1), 0 = the file as a whole or its key."""

    row: int
    column: str
    code: str
    value: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)


class ImportRefused(DomainError):  # noqa: N818 - reads as the answer it gives
    """The file cannot be taken: every mistake with its row."""

    def __init__(self, problems: Sequence[Problem], code: str = "import_has_problems") -> None:
        super().__init__(code, number=len(problems))
        self.problems = tuple(problems)


class AlreadyImported(Conflict):
    """The same file was applied before; `campaign_id` leads to what it made."""

    def __init__(self, import_id: str, campaign_id: str | None) -> None:
        super().__init__("already_imported")
        self.import_id = import_id
        self.campaign_id = campaign_id


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: (one.row, one.column, one.code)))

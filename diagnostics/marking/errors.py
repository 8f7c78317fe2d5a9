from __future__ import annotations

from diagnostics.errors import Conflict, DomainError


class MarkRefused(Conflict):
    """`text_taken`, `results_given`, `text_replaced`: the text takes no such mark any more."""


class MarkStale(Conflict):
    """`mark_stale`: the expert has saved another mark of this text since, in another window."""


class MarkIncomplete(DomainError):  # noqa: N818 - reads as the answer it gives
    """`criteria_missing`: `missing` holds the criteria without a level."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("criteria_missing", number=len(missing))
        self.missing = missing


class ExpertRefused(DomainError):  # noqa: N818 - reads as the answer it gives
    """`not_an_expert`: the person does not hold the role at the place of the diagnosis."""

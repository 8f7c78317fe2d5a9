from __future__ import annotations

from diagnostics.errors import Conflict, DomainError
from instruments.problems import Problem


class DocumentRefused(DomainError):  # noqa: N818 - reads as the answer it gives
    """A document with mistakes: all of them, not the first only."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("document_has_problems", number=len(problems))
        self.problems = problems


class VersionFrozen(Conflict):
    def __init__(self) -> None:
        super().__init__("version_frozen")


class MoveRefused(Conflict):
    """The version is not in a state from which this move is allowed."""

    def __init__(self, to: str) -> None:
        super().__init__("version_move_refused", to=to)

from __future__ import annotations

from diagnostics.errors import Conflict, DomainError
from instruments.drafting.merging import Clash
from instruments.problems import Problem


class DocumentRefused(DomainError):  # noqa: N818 - reads as the answer it gives
    """A document with mistakes: all of them, not the first only."""

    def __init__(self, problems: list[Problem], *, parts: tuple[tuple[str, Problem], ...] = ()) -> None:
        super().__init__("document_has_problems", number=len(problems))
        self.problems = problems
        self.parts = parts  # of a draft: each with the name of the document it stands in


class VersionFrozen(Conflict):
    def __init__(self) -> None:
        super().__init__("version_frozen")


class MoveRefused(Conflict):
    """The version is not in a state from which this move is allowed."""

    def __init__(self, to: str) -> None:
        super().__init__("version_move_refused", to=to)


class ChangedMeanwhile(Conflict):
    """Another author has changed the same questions since they were read; both texts stand in `clashes`.

    What was refused stands in the log as step `kept` of the draft: the view that catches this answers 409 and
    its commit keeps it, so neither text is lost.
    """

    def __init__(self, clashes: tuple[Clash, ...], *, revision: int, kept: int | None = None) -> None:
        super().__init__("changed_meanwhile", number=len(clashes))
        self.clashes = clashes
        self.revision = revision
        self.kept = kept


class DraftMoveRefused(Conflict):
    """The draft is not in a state from which this is allowed."""

    def __init__(self, to: str) -> None:
        super().__init__("draft_move_refused", to=to)


class NothingToUndo(Conflict):
    """`code`: nothing_to_undo, nothing_to_redo, or undo_overwritten: a colleague has changed the same since."""

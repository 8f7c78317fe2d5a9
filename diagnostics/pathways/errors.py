"""Refusals of the stage."""

from __future__ import annotations

from diagnostics.errors import Conflict, DomainError


class RouteRefused(DomainError):  # noqa: N818 - reads as the answer it gives
    """A change that the rules of a route do not allow."""


class MoveRefused(Conflict):
    """The route or the step is not in a state from which this move is allowed."""


class BlocksWithoutLine(RouteRefused):
    """An officially high deficit has neither a step nor a signed reason; `blocks` names each."""

    def __init__(self, blocks: tuple[str, ...], titles: tuple[str, ...]) -> None:
        super().__init__("route_blocks_without_line", blocks=", ".join(f"«{title}»" for title in titles))
        self.blocks = blocks

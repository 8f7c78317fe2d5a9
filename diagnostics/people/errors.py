"""Refusals of the stage. `code` names the sentence."""

from __future__ import annotations

from diagnostics.errors import Conflict


class LastAdministrator(Conflict):
    """Nobody else could administer the place: somebody else must get the role first."""

    def __init__(self) -> None:
        super().__init__("last_administrator")

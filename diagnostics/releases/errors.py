from __future__ import annotations

from diagnostics.errors import Conflict, DomainError


class GroupTooSmall(DomainError):  # noqa: N818 - reads as the answer it gives
    """Fewer people with a valid result than a figure about a group needs."""

    def __init__(self, minimum: int) -> None:
        super().__init__("group_too_small", minimum=minimum)


class WouldReveal(Conflict):
    """Beside what is already released, the figures would single people out."""

    def __init__(self, least: int) -> None:
        super().__init__("would_reveal", least=least)


class MinimumLowered(Conflict):
    """The minimum group is only raised once answers exist."""

    def __init__(self, standing: int) -> None:
        super().__init__("minimum_lowered", standing=standing)

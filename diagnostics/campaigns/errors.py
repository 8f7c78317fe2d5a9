"""Refusals of the stage; `field` names what the person filled in wrongly, where there is one."""

from __future__ import annotations

from diagnostics.errors import Conflict, DomainError, Gone


class CampaignError(DomainError):
    """A change that the rules of the stage do not allow."""


class WaveNotReady(CampaignError):  # noqa: N818 - reads as the answer it gives
    """A wave cannot be opened: all reasons at once, as codes."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("wave_not_ready", number=len(reasons))
        self.reasons = reasons


class MoveRefused(Conflict):
    """The object is not in a state from which this move is allowed."""


class TokenGone(Gone):
    """A link or card whose time is over or that was revoked; `seat_id` for the page that says what to do."""

    def __init__(self, code: str, seat_id: str) -> None:
        super().__init__(code)
        self.seat_id = seat_id


class AlreadyImported(Conflict):
    """The same file was applied to the same list before; `import_id` leads to what it did."""

    def __init__(self, import_id: str) -> None:
        super().__init__("already_imported")
        self.import_id = import_id

from __future__ import annotations

from diagnostics.errors import Conflict, DomainError


class BackupUnreadable(DomainError):  # noqa: N818 - reads as the answer it gives
    """The file is not a whole backup of ours; nothing was written."""


class BaseNotEmpty(Conflict):
    """A restore goes into an empty base only: it never overwrites people's work."""

    def __init__(self) -> None:
        super().__init__("base_not_empty")

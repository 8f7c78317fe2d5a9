from __future__ import annotations

from diagnostics.errors import Conflict, DomainError


class FindingError(DomainError):
    """Answers or documents from which no finding can be made."""


class NotReady(Conflict):
    """The sitting, the wave or the scoring is not in the state that the step needs."""

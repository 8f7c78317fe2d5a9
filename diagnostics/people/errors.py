from __future__ import annotations

from diagnostics.errors import DomainError


class PeopleError(DomainError):
    pass

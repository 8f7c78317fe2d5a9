from __future__ import annotations

from diagnostics.errors import Conflict


class NothingToCompare(Conflict):
    """One of the two stages has no result yet."""

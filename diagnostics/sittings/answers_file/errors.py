from __future__ import annotations

from diagnostics.errors import DomainError


class FileRefused(DomainError):  # noqa: N818 - reads as the answer it gives
    """A file of answers of which nothing was taken."""

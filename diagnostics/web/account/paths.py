"""Where to go next: only addresses of this site, whatever the query says."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request, url_for

LONGEST = 500


def own(path: str | None) -> str:
    """The path when it leads to a page of ours, else the first page."""
    return path if path and _is_own(path) else url_for("home.index")


def came_from() -> str:
    """The page of ours that linked here, for the way back."""
    referrer = urlsplit(request.referrer or "")
    path = referrer.path + (f"?{referrer.query}" if referrer.query else "")
    return own(path) if referrer.netloc == request.host else url_for("home.index")


def _is_own(path: str) -> bool:
    # Browsers read «\» as «/» and drop control characters: «/\evil» and «/<tab>/evil» lead away.
    if len(path) > LONGEST or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return False
    if any(character.isspace() or not character.isprintable() for character in path):
        return False
    parts = urlsplit(path)
    return not parts.scheme and not parts.netloc

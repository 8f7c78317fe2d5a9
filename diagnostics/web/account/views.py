"""One's own account: the ways in and out, how pages look, what is held, help."""

from __future__ import annotations

from diagnostics.web.account import (
    beginning,
    consents,
    data,
    entering,
    guides,
    keeping,
    look,
    own,
    pages,
    recovering,
    second,
)
from diagnostics.web.account.blueprint import account

__all__ = [
    "account",
    "beginning",
    "consents",
    "data",
    "entering",
    "guides",
    "keeping",
    "look",
    "own",
    "pages",
    "recovering",
    "second",
]

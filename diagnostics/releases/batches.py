"""When a released figure may change: differences between two releases must not single people out."""

from __future__ import annotations

from collections.abc import Collection

#: People by whom two released groups differ, on each side: nobody, or at least so many (rules D5, D6).
LEAST_DIFFERENCE = 10


def reveals(new: Collection[str], old: Collection[str]) -> bool:
    """Whether subtracting one released group from the other leaves a group of fewer than ten."""
    first, second = set(new), set(old)
    return any(0 < len(side) < LEAST_DIFFERENCE for side in (first - second, second - first))


def may_replace(new: Collection[str], old: Collection[str], *, closing: bool) -> bool:
    """Whether a snapshot may follow another one of the same kind.

    At the close of the window the final figures come out once, whatever changed (rule D5); otherwise both
    one-sided differences are nobody or at least ten. The same people re-scored are no difference.
    """
    return closing or not reveals(new, old)

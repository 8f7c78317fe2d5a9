"""Refusals of the stage. `code` names the sentence; a refusal of one event also carries its `seq`."""

from __future__ import annotations

from diagnostics.errors import Conflict, DomainError, Missing


class EventRefused(DomainError):  # noqa: N818 - reads as the answer it gives
    """An event that cannot be stored; nothing of its batch was."""


class ItemMissing(Missing):
    """The item is not asked in this sitting."""


class SeqConflict(Conflict):
    """The number was already used for another event; `next_seq` is free."""


class OutOfOrder(Conflict):
    """The question is not open yet; `number` and `place` are those of the one to continue with."""

    def __init__(self, *, number: int, place: int, item: str) -> None:
        super().__init__("out_of_order", number=number, place=place, item=item)


class NotOnPath(Conflict):
    """The answers given so far do not lead to this question; `seq` is the event's."""

    def __init__(self, *, item: str, seq: int) -> None:
        super().__init__("not_on_path", item=item, seq=seq)


class SittingClosed(Conflict):
    """The sitting takes nothing now: sent, stopped, paused, or its time is over."""


class LateDecided(Conflict):
    """Late answers that cannot be decided as asked: decided before, grown meanwhile, or nobody's any more."""


class KeyNeeded(DomainError):  # noqa: N818 - reads as the answer it gives
    """No living key of the sitting in this browser; the person opens the link again."""

    status = 401

    def __init__(self) -> None:
        super().__init__("key_needed")


class GapsLeft(DomainError):  # noqa: N818 - reads as the answer it gives
    """Sending was refused because questions have no answer; `items` are their codes in order."""

    def __init__(self, code: str, items: tuple[str, ...]) -> None:
        super().__init__(code, items=list(items), number=len(items))
        self.items = items

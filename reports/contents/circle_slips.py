"""Slips for people who answer without a name: a one-time code each, or the same link for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleSlip:
    """`code` empty: the link is the same on every slip."""

    link: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleSheet:
    """The slips of one circle; a circle begins on a page of its own."""

    title: str
    school: str
    school_code: str
    whom: str  # «7А класс», «Родители»
    is_pupils: bool
    needed: int  # answers from which the group's results are shown
    address: str  # short address to type: «orientir.example/code»
    opens: date
    closes: date
    minutes: int
    slips: tuple[CircleSlip, ...]

"""Access cards: what a teacher gets on paper instead of a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessCard:
    """One seat; `link` is what the QR code opens, `code` what is typed by hand."""

    full_name: str
    school: str
    school_code: str
    code: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSheet:
    diagnosis: str
    address: str  # short address to type: «orientir.example/k»
    opens: date
    closes: date
    minutes: int | None
    contact: str
    cards: tuple[AccessCard, ...]

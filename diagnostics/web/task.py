from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Task:
    """One row; without an address it waits for others and says for what."""

    title: str
    why: str
    href: str = ""
    act: str = ""
    due: datetime | None = None
    opens: datetime | None = None  # for what waits: the day from which it can be done
    zone: str = "Europe/Moscow"
    status: str = ""
    kind: str = "outline"

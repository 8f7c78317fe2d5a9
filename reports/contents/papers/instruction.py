"""What a participant has to know and do."""

from __future__ import annotations

from dataclasses import dataclass

from reports.contents.papers.common import PaperHead
from reports.contents.person import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """`minutes` and `tasks` None where the results come from elsewhere; `address`: where a code is typed."""

    head: PaperHead
    works: tuple[str, ...]
    minutes: int | None
    tasks: int | None
    address: str
    visibility: Visibility
    contact: str

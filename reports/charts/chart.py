from __future__ import annotations

from dataclasses import dataclass

from reports.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A figure with the words and the table that say the same.

    title        the finding, in words
    subtitle     what is measured, in which unit, at which level the interval stands
    description  the text alternative
    """

    ident: str
    svg: str
    title: str
    subtitle: str
    description: str
    table: Table

from __future__ import annotations

from dataclasses import dataclass

from reports.charts.svg import Mark
from reports.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A figure with the words and the table that say the same.

    title        the finding, in words
    subtitle     what is measured, in which unit, at which level the interval stands
    description  the text alternative
    marks        what `svg` is made of, for renderers that draw pixels; `width`, `height` in CSS pixels
    """

    ident: str
    svg: str
    title: str
    subtitle: str
    description: str
    table: Table
    width: float
    height: float
    marks: tuple[Mark, ...]

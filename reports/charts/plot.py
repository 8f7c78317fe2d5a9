"""What every builder draws with: the drawing, its scale, the theme and the words."""

from __future__ import annotations

from dataclasses import dataclass

from reports.charts.chart import Chart
from reports.charts.scale import Scale
from reports.charts.svg import Drawing
from reports.charts.theme import Theme
from reports.tables import Table
from reports.wording.words import Words


@dataclass(frozen=True, slots=True)
class Plot:
    drawing: Drawing
    scale: Scale
    theme: Theme
    words: Words

    def finish(self, ident: str, *, title: str, subtitle: str, description: str, table: Table) -> Chart:
        """Close the drawing; its height must be set."""
        svg = self.drawing.finish(ident=ident, title=title, description=description, font=self.theme.font)
        return Chart(
            ident=ident,
            svg=svg,
            title=title,
            subtitle=subtitle,
            description=description,
            table=table,
            width=self.drawing.width,
            height=self.drawing.height,
            marks=tuple(self.drawing.marks),
        )

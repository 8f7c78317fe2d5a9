"""A drawing as marks, and a small SVG writer of them.

Presentation attributes only, so a strict content policy has nothing to block. The same marks become pixels in
`reports.render.png`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape


def _attribute(name: str, value: str | float) -> str:
    shown = value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
    return f' {name.rstrip("_").replace("_", "-")}="{escape(shown)}"'


def element(tag: str, content: str = "", **attributes: str | float | None) -> str:
    """One element; `content` is markup already made, attribute values are escaped."""
    said = "".join(_attribute(name, value) for name, value in attributes.items() if value is not None)
    return f"<{tag}{said}>{content}</{tag}>" if content else f"<{tag}{said}/>"


@dataclass(frozen=True, slots=True)
class Mark:
    """One shape or line of text; attributes as SVG names them with «_» for «-», `text` as the reader sees it."""

    tag: str
    attributes: Mapping[str, str | float | None]
    text: str = ""

    @property
    def svg(self) -> str:
        return element(self.tag, escape(self.text, quote=False), **self.attributes)

    def number(self, name: str, otherwise: float = 0.0) -> float:
        found = self.attributes.get(name)
        return otherwise if found is None else float(found)

    def word(self, name: str, otherwise: str = "") -> str:
        found = self.attributes.get(name)
        return otherwise if found is None else str(found)


@dataclass(slots=True)
class Drawing:
    """Marks in painting order; lengths in CSS pixels, the origin at the top left."""

    width: float
    height: float = 0
    marks: list[Mark] = field(default_factory=list)

    def add(self, tag: str, text: str = "", **attributes: str | float | None) -> None:
        self.marks.append(Mark(tag, attributes, text))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, color: str, width: float = 1,
        dash: str | None = None, opacity: float | None = None, cap: str | None = None,
    ) -> None:  # fmt: skip
        self.add(
            "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=color, stroke_width=width,
            stroke_dasharray=dash, stroke_opacity=opacity, stroke_linecap=cap,
        )  # fmt: skip

    def rect(
        self, x: float, y: float, width: float, height: float, *, fill: str, radius: float = 0,
        stroke: str | None = None, dash: str | None = None,
    ) -> None:  # fmt: skip
        self.add(
            "rect", x=x, y=y, width=max(width, 0), height=height, fill=fill, rx=radius or None,
            stroke=stroke, stroke_dasharray=dash,
        )  # fmt: skip

    def finish(self, *, ident: str, title: str, description: str, font: str) -> str:
        """The whole figure; `ident` must be unique on the page."""
        head = element("title", escape(title), id=f"{ident}-title") + element(
            "desc", escape(description), id=f"{ident}-desc"
        )
        return element(
            "svg",
            head + "".join(mark.svg for mark in self.marks),
            xmlns="http://www.w3.org/2000/svg",
            id=ident,
            class_="chart",
            role="img",
            aria_labelledby=f"{ident}-title {ident}-desc",
            viewBox=f"0 0 {self.width:g} {self.height:g}",
            width=self.width,
            height=self.height,
            font_family=font,
        )

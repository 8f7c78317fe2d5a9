"""Tables on a phone: each row becomes a small card, so each cell carries the name of its column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count

from markupsafe import Markup, escape

_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(?P<kind>t[dh])(?P<about>[^>]*)>(?P<inside>.*?)</(?P=kind)>", re.DOTALL)
#: A head cell: a word, or what `components/tables.html` takes for one.
Head = str | Mapping[str, object]


def folding(rows: str, head: Sequence[Head]) -> Markup:
    """`rows` (the `<tr>` of a table) with `data-label` in each cell that a narrow screen shows under its name.

    A unit that stands under the name (`under`) goes with it. The first named column is the title of the card and
    needs no name, unless it is a number; hidden columns (a tick, a button) have none.
    Cells that span columns stay as they are. Rows are markup of our templates: cells hold no tables.
    """
    labels = [_label(cell) for cell in head]
    named = next((place for place, label in enumerate(labels) if label), 0)
    first = head[named]
    if isinstance(first, str) or not first.get("number"):  # a bare number is no title: it keeps its name
        labels[named] = ""
    return Markup(_ROW.sub(lambda row: _row(row[0], labels, named), str(rows)))  # noqa: S704 - made of markup


def _label(cell: Head) -> str:
    if isinstance(cell, str):
        return cell
    if cell.get("hidden"):
        return ""
    return ", ".join(str(cell[key]) for key in ("label", "under") if cell.get(key))


def _row(row: str, labels: Sequence[str], title: int) -> str:
    places = count()

    def cell(found: re.Match[str]) -> str:
        place, about = next(places), found["about"]
        if "colspan" in about or place >= len(labels):
            return found[0]
        if place == title:
            about += ' data-title=""'
        if not labels[place] or not found["inside"].strip():
            return f"<{found['kind']}{about}>{found['inside']}</{found['kind']}>"
        label = escape(labels[place])
        return f'<{found["kind"]}{about} data-label="{label}"><div>{found["inside"]}</div></{found["kind"]}>'

    return _CELL.sub(cell, row)

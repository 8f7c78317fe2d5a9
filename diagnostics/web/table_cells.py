"""A table of a page as typed cells: numbers and dates are read back from the words that our filters write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from html.parser import HTMLParser

from babel import Locale

from reports.tables import Column, Kind, Table, Value

_NUMBER = re.compile(r"(?P<sign>[+−-]?)(?P<whole>\d[\d ]{0,18})(?:[.,](?P<digits>\d{1,6}))?(?P<percent> ?%)?")
_DATE = re.compile(
    r"(?:(?P<d>\d\d)\.(?P<m>\d\d)\.(?P<y>\d{4})|(?P<day>\d{1,2}) (?P<month>[^\W\d]+) (?P<year>\d{4})(?: г\.)?)"
    r"(?:,? (?P<hours>\d\d):(?P<minutes>\d\d))?"
)
_EXCEL_BEGINS = 1900  # the year before which a spreadsheet knows no dates
#: Controls and drawings are not data; the words of a label are, and stand outside its box.
_SILENT = frozenset({"button", "svg", "select", "textarea", "script", "style", "template"})
_BLOCKS = frozenset({"p", "div", "li", "br"})
_UNDER = frozenset({"under", "second"})  # classes of a second line inside a cell
_HIDDEN = "visually-hidden"
_VOID = frozenset({"br", "img", "input", "hr", "wbr", "use", "path", "rect", "line", "circle"})
_WIDE, _NARROWEST, _WIDEST = 14, 1.0, 5.0  # characters of one share; shares


@dataclass(slots=True)
class _Cell:
    spans: int = 1
    is_number: bool = False
    is_left_out: bool = False
    fills_row: bool = False  # «Никого»: said instead of rows
    seen: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is seen; where only a drawing is, the words that are read aloud."""
        return _lines(self.seen) or _lines(self.hidden)


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    digits: int
    has_percent: bool
    has_plus: bool


class _Reader(HTMLParser):
    """Caption, head and rows of the one table that is fed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.caption = _Cell()
        self.rows: list[list[_Cell]] = []
        self._cell: _Cell | None = None
        self._open: list[tuple[str, bool, bool]] = []  # tag, is silent, is hidden
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        classes = set(values.get("class", "").split())
        if tag == "tr":
            self.rows.append([])
        elif tag == "caption":
            self._cell = self.caption
        elif tag in {"td", "th"} and self.rows:
            self._cell = _Cell(
                spans=int(values["colspan"]) if values.get("colspan", "").isdecimal() else 1,
                is_number="number" in classes,
                is_left_out=values.get("data-excel") == "no",
                fills_row="table-none" in classes,
            )
            self.rows[-1].append(self._cell)
        if tag in _BLOCKS or classes & _UNDER:
            self._say("\n")
        if tag not in _VOID:
            self._open.append((tag, tag in _SILENT, _HIDDEN in classes and tag != "caption"))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._say("\n")
        if any(tag == one for one, *_ in self._open):
            while self._open.pop()[0] != tag:
                pass
        if tag in {"td", "th", "caption"}:
            self._cell = None

    def handle_data(self, data: str) -> None:
        self._say(data)

    def _say(self, words: str) -> None:
        if self._cell is None or any(silent for _tag, silent, _hidden in self._open):
            return
        is_hidden = any(hidden for _tag, _silent, hidden in self._open)
        (self._cell.hidden if is_hidden else self._cell.seen).append(words)


def table_of(html: str) -> Table:
    """The table that `html` is, without the columns that only a screen needs (ticks, buttons).

    A column is left out when its head is for ears only or says `data-excel="no"`. In columns of numbers
    each number is a number; dates and moments are what they are everywhere; the rest are texts.
    """
    read = _Reader(html)
    head, *body = read.rows or [[]]
    kept = [place for place, cell in enumerate(head) if _lines(cell.seen) and not cell.is_left_out]
    rows = [_texts(row, kept) for row in body if not any(cell.fills_row for cell in row)]
    columns = [
        _column(head[place].text, [row[at] for row in rows], is_number=head[place].is_number)
        for at, place in enumerate(kept)
    ]
    return Table(
        read.caption.text,
        tuple(column for column, _values in columns),
        tuple(zip(*(values for _column, values in columns), strict=True)),
    )


def value_of(text: str) -> Value:
    """`text` as the day or the moment that it names, else itself."""
    found = _DATE.fullmatch(text)
    if found is None:
        return text
    month = int(found["m"] or _months().get((found["month"] or "").casefold(), 0))
    with suppress(ValueError):
        day = date(int(found["y"] or found["year"]), month, int(found["d"] or found["day"]))
        if day.year < _EXCEL_BEGINS:
            return text
        if found["hours"] is None:
            return day
        return datetime(day.year, day.month, day.day, int(found["hours"]), int(found["minutes"]))  # noqa: DTZ001 - the clock on the wall of the place
    return text


@cache
def _months() -> dict[str, int]:
    """Names of months as dates write them in our languages."""
    return {
        name.casefold(): number
        for language in ("ru", "en")
        for number, name in Locale(language).months["format"]["wide"].items()
    }


def _lines(said: Sequence[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(said).split("\n"))
    return "\n".join(line for line in lines if line)


def _texts(row: Sequence[_Cell], kept: Sequence[int]) -> tuple[str, ...]:
    """Texts of the kept columns; a cell over several of them stands in the first."""
    texts, place = dict.fromkeys(kept, ""), 0
    for cell in row:
        mine = next((one for one in kept if place <= one < place + cell.spans), None)
        if mine is not None:
            texts[mine] = cell.text
        place += cell.spans
    return tuple(texts.values())


def _column(title: str, texts: Sequence[str], *, is_number: bool) -> tuple[Column, tuple[Value, ...]]:
    share = min(_WIDEST, max(_NARROWEST, max(map(_longest, texts), default=0) / _WIDE))
    numbers = [_number(text) if is_number else None for text in texts]
    sound = [one for one in numbers if one]
    if not sound or len({one.has_percent for one in sound}) > 1:
        return Column(title, share=share), tuple(value_of(text) for text in texts)
    values = (one.value if one else text for one, text in zip(numbers, texts, strict=True))
    return Column(title, _kind(sound), max(one.digits for one in sound), share), tuple(values)


def _kind(numbers: Sequence[_Number]) -> Kind:
    if numbers[0].has_percent:
        return Kind.PERCENT
    return Kind.CHANGE if any(one.has_plus for one in numbers) else Kind.NUMBER


def _number(text: str) -> _Number | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    digits = found["digits"] or ""
    value = float(f"{found['whole'].replace(' ', '')}.{digits or '0'}")
    minus = found["sign"] not in {"", "+"}
    return _Number(-value if minus else value, len(digits), bool(found["percent"]), found["sign"] == "+")


def _longest(text: str) -> int:
    return max(map(len, text.split("\n")))

"""Forms and sections → the columns «Раздел» and «Вариант работы», and the rows of «Разделы»."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from instruments.document import Instrument
from instruments.formats.vocabulary import ORDERS, SHUFFLES
from instruments.formats.workbook.cells import Named, is_plain, text_cells
from instruments.formats.workbook.sections import NOWHERE_ASKED


class Placing:
    """Where the items of an instrument stand."""

    def __init__(self, instrument: Instrument) -> None:
        self._codes = [item.code for item in instrument.items]
        self._forms = {form.code: form for form in instrument.forms}
        self._places: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for form in instrument.forms:
            for section in form.sections:
                for code in section.items:
                    self._places[code].append((form.code, section.code))

    def section(self, item: str) -> str:
        """The one section that the item stands in, in all of its forms; "" where there are several."""
        codes = {section for _, section in self._places[item]}
        return codes.pop() if len(codes) == 1 else ""

    def forms(self, item: str) -> str:
        """Forms of the item where not every form with its section has it."""
        section = self.section(item)
        if not section:
            return "" if self._places[item] else NOWHERE_ASKED
        having = [
            code for code, form in self._forms.items() if any(one.code == section for one in form.sections)
        ]
        mine = [form for form, _ in self._places[item]]
        return "" if set(mine) == set(having) else ", ".join(mine)

    def implied(self, form: str, section: str) -> list[str]:
        """Items that would stand in the section by their own columns alone."""
        return [
            code for code in self._codes
            if self.section(code) == section and (not self.forms(code) or form in self.forms(code).split(", "))
        ]  # fmt: skip


def section_rows(document: dict[str, Any], placing: Placing, words: str) -> list[Named]:
    """Rows of «Разделы»; what they cannot carry stays in the document's forms."""
    rows: list[Named] = []
    left = []
    for form in document.pop("forms"):
        code = form.pop("code")
        head: Named = {("form", ""): code} | text_cells(form, "title", "form_title")
        head |= text_cells(form, "purpose", "form_purpose")
        head |= text_cells(form, "instructions", "form_instructions")
        if "minutes" in form:
            head["form_minutes", ""] = form.pop("minutes")
        sections = form.pop("sections")
        own = [_row(section, code, placing, words) for section in sections] or [{}]
        rows += [head | row if number == 0 else {("form", ""): code} | row for number, row in enumerate(own)]
        rest = [section for section in sections if set(section) - {"code"}]
        more = form | ({"sections": rest} if rest else {})
        if more:
            left.append({"code": code} | more)
    if left:
        document["forms"] = left
    return rows


def _row(section: dict[str, Any], form: str, placing: Placing, words: str) -> Named:
    items = section.pop("items")
    row: Named = {("code", ""): section["code"]}
    row |= text_cells(section, "title") | text_cells(section, "text")
    for field, said in (("order", ORDERS), ("shuffle", SHUFFLES)):
        if field in section:
            row[field, ""] = said.said(section.pop(field), words)
    if is_plain(section.get("show_if")):
        row["show_if", ""] = section.pop("show_if")
    if items != placing.implied(form, section["code"]):
        row["items", ""] = ", ".join(items)
    return row

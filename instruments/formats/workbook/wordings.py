"""The columns «Свой текст: …» of «Вопросы» ↔ what an item says to the people of one form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from instruments.formats.arrived import INSTRUMENT, ITEM, Gathered, at
from instruments.formats.values import CODE
from instruments.formats.vocabulary import folded
from instruments.formats.workbook.cells import Named, are_plain, hold
from instruments.formats.workbook.headings import WORDING, Table
from instruments.texts import SOURCE_LANGUAGE


def read_wordings(table: Table, gathered: Gathered) -> None:
    """Fill the own wordings; the header names the form by its title or its code, so the forms come first."""
    forms: Any = gathered.instrument.get("forms", [])
    items: Any = gathered.instrument["items"]
    by_row = {row: code for code, row in gathered.rows.items()}
    by_code = {item["code"]: item for item in items}
    names = form_names({form["code"]: form.get("title", {}).get(SOURCE_LANGUAGE, "") for form in forms})
    for field, language in table.columns:
        if not field.startswith(WORDING):
            continue
        said = field.removeprefix(WORDING)
        form = names.get(folded(said)) or (said if CODE.fullmatch(said) else "")
        if not form:
            column = table.columns[field, language]
            gathered.problems.append(at(table.header(column), "form_unknown", form=said[:64]))
            continue
        hold(gathered, ITEM, WORDING + form, [language])
        for row in table.rows:
            code = by_row.get(row.number, "")
            gathered.mark(
                INSTRUMENT, f"items.{code}.wording.{form}.{language}", table.cell(row, field, language)
            )
            if (text := table.said(row, field, language)) and code in by_code:
                by_code[code].setdefault("wording", {}).setdefault(form, {})[language] = text


def form_names(titles: Mapping[str, str]) -> dict[str, str]:
    """Forms by what a header may call them: a title that no other form has, or the code."""
    named = {folded(title): code for code, title in titles.items() if title}
    doubled = len(named) < len([title for title in titles.values() if title])
    return ({} if doubled else named) | {folded(code): code for code in titles}


def wording_cells(item: dict[str, Any], names: Mapping[str, str]) -> Named:
    """Cells of the item's own wordings; `names`: what the headers call the forms."""
    own = item.pop("wording", {})
    carried = {form: texts for form, texts in own.items() if are_plain(texts)}
    if left := {form: texts for form, texts in own.items() if form not in carried}:
        item["wording"] = left
    return {
        (WORDING + names.get(form, form), language): text
        for form, texts in carried.items()
        for language, text in texts.items()
    }


def header_names(forms: list[dict[str, Any]]) -> dict[str, str]:
    """What a header calls each form: its title where «Разделы» carries it and it reads back, else its code."""
    carried = {form["code"]: form.get("title") for form in forms}
    titles = {form["code"]: form.get("title", {}).get(SOURCE_LANGUAGE, "") for form in forms}
    names = form_names(titles)
    return {
        code: title
        for code, title in titles.items()
        if are_plain(carried[code])
        and names.get(folded(title)) == code
        and "\n" not in title
        and not title.endswith((")", "]", "*"))
    }

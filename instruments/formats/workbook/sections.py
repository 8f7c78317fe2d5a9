"""Forms and their sections: the sheet «Разделы», or simply the order of the rows of «Вопросы»."""

from __future__ import annotations

from typing import Any

from instruments.formats.arrived import INSTRUMENT, SECTION, Cell, Gathered, at, notice
from instruments.formats.values import CODE, LATIN, LETTERS, list_of, number_of
from instruments.formats.workbook.cells import one_value
from instruments.formats.workbook.grid import Row
from instruments.formats.workbook.headings import Table
from instruments.formats.workbook.questions import Asked
from instruments.formats.workbook.settings import LEAST_MINUTES, MOST_MINUTES, code_from
from instruments.formats.workbook.sheets import SECTION_COLUMNS
from instruments.texts import SOURCE_LANGUAGE

NOWHERE_ASKED = "—"  # in «Вариант работы»: the item stands in no form
_ONE_VALUE = tuple(heading for heading in SECTION_COLUMNS if heading.field in ("order", "shuffle", "show_if"))
DEFAULT_FORM = {"code": "A", "title": {SOURCE_LANGUAGE: "Вариант А", "en": "Form A"}}
DEFAULT_SECTION = {"code": "ALL", "title": {SOURCE_LANGUAGE: "Задания", "en": "Questions"}}


def read_sections(table: Table | None, asked: list[Asked], gathered: Gathered) -> None:
    """Fill the forms. A section without a list of its own holds the items that name it, in their order."""
    languages: Any = gathered.instrument["languages"]
    forms: dict[str, dict[str, Any]] = {}
    if table is not None:
        for row in table.rows:
            _declared(table, row, forms, gathered)
        for column in table.fields:
            field = column.removeprefix("form_")
            gathered.held |= {(SECTION, field, language) for language in (*table.languages(column), "")}
    declared = bool(forms)
    if not declared:
        _from_items(asked, forms, languages)
    _fill(forms, asked, gathered)
    if any(item.section for item in asked) or declared:
        gathered.held.add((INSTRUMENT, "forms", ""))
    gathered.instrument["forms"] = list(forms.values())


def _declared(table: Table, row: Row, forms: dict[str, dict[str, Any]], gathered: Gathered) -> None:
    said = {field: table.said(row, field) for field in ("form", "code", "items")}
    form_code = section_code(said["form"]) or next(reversed(forms), "A")
    form = forms.setdefault(form_code, {"code": form_code, "title": {}, "sections": []})
    form["title"] |= table.texts(row, "form_title")
    gathered.mark(INSTRUMENT, f"forms.{form_code}", table.cell(row, "form"))
    _of_form(table, row, form, gathered)
    if not said["code"]:
        return
    code = section_code(said["code"])
    section: dict[str, Any] = {
        "code": code,
        "title": table.texts(row, "title"),
        "items": list_of(said["items"]),
    }
    if text := table.texts(row, "text"):
        section["text"] = text
    where = f"forms.{form_code}.sections.{code}"
    for heading in _ONE_VALUE:
        typed, cell = table.said(row, heading.field), table.cell(row, heading.field)
        value = one_value(heading, typed, cell, gathered) if typed else None
        if value is not None:
            section[heading.field] = value
        gathered.mark(INSTRUMENT, f"{where}.{heading.field}", cell)
    form["sections"].append(section)
    for language in table.languages("title"):
        gathered.mark(INSTRUMENT, f"{where}.title.{language}", table.cell(row, "title", language))
    gathered.mark(INSTRUMENT, where, table.cell(row, "code"))
    for item in section["items"]:
        gathered.mark(INSTRUMENT, f"forms.{form_code}.{item}", table.cell(row, "items"))


def _of_form(table: Table, row: Row, form: dict[str, Any], gathered: Gathered) -> None:
    """What a form says of itself, in whichever of its rows."""
    for name in ("purpose", "instructions"):
        if texts := table.texts(row, f"form_{name}"):
            form[name] = form.get(name, {}) | texts
    if said := table.said(row, "form_minutes"):
        minutes = number_of(said)
        if isinstance(minutes, int) and LEAST_MINUTES <= minutes <= MOST_MINUTES:
            form["minutes"] = minutes
        else:
            cell = table.cell(row, "form_minutes")
            gathered.problems.append(at(cell, "value_out_of_range", limit=f"{LEAST_MINUTES}…{MOST_MINUTES}"))


def section_code(said: str) -> str:
    """«А» and «Вариант» of a person as a code; "" stays."""
    if not said or CODE.fullmatch(said):
        return said
    place = LETTERS.find(said.upper()) if len(said) == 1 else -1
    return LATIN[place] if place >= 0 else code_from(said).upper()


def _from_items(asked: list[Asked], forms: dict[str, dict[str, Any]], languages: list[str]) -> None:
    codes = dict.fromkeys(section_code(form) for item in asked for form in item.forms)
    for code in codes or ("A",):
        title = (
            _said_in(DEFAULT_FORM["title"], languages)
            if code == "A"
            else {SOURCE_LANGUAGE: f"Вариант {code}"}
        )
        forms[code] = {"code": code, "title": title, "sections": []}
    named = dict.fromkeys(item.section for item in asked)
    for form in forms.values():
        for said in named:
            title = {SOURCE_LANGUAGE: said} if said else _said_in(DEFAULT_SECTION["title"], languages)
            form["sections"].append(
                {"code": section_code(said) or DEFAULT_SECTION["code"], "title": title, "items": []}
            )


def _said_in(texts: Any, languages: list[str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if language in (SOURCE_LANGUAGE, *languages)}


def _fill(forms: dict[str, dict[str, Any]], asked: list[Asked], gathered: Gathered) -> None:
    """Items that the lists leave out go to the end of the section that they name."""
    known = {item.code for item in asked}
    for code, form in forms.items():
        for section in form["sections"]:
            for gone in [item for item in section["items"] if item not in known]:
                cell = gathered.cell(INSTRUMENT, f"forms.{code}.{gone}")
                gathered.problems.append(notice(cell, "section_item_gone", item=gone[:64]))
            section["items"] = [item for item in section["items"] if item in known]
    listed = {code: _listed(form) for code, form in forms.items()}
    for item in asked:
        _place(forms, listed, item, gathered)
    for form in forms.values():
        if len(form["sections"]) > 1:
            form["sections"] = [
                one for one in form["sections"] if one["items"] or one.get("text") or one["title"]
            ]


def _listed(form: dict[str, Any]) -> set[str]:
    return {code for section in form["sections"] for code in section["items"]}


def _place(
    forms: dict[str, dict[str, Any]], listed: dict[str, set[str]], item: Asked, gathered: Gathered
) -> None:
    """`listed`: the items that stand in each form already."""
    if item.forms == (NOWHERE_ASKED,):
        return
    wanted = [code for code in map(section_code, item.forms) if code in forms] if item.forms else list(forms)
    is_listed = any(item.code in codes for codes in listed.values())
    if is_listed and not item.section:
        return
    placed = False
    for code in wanted:
        section = _section(forms[code], item.section)
        if section is None:
            continue
        placed = True
        if item.code not in listed[code]:
            section["items"].append(item.code)
            listed[code].add(item.code)
    if not placed and not is_listed:
        _told(item, forms, gathered)


def _section(form: dict[str, Any], said: str) -> dict[str, Any] | None:
    """The section that the item names, by code or by title; where it names none, the last."""
    sections = form["sections"]
    if not said:
        return sections[-1] if sections else None
    return next(
        (one for one in sections if one["code"] == section_code(said) or said in one["title"].values()), None
    )


def _told(item: Asked, forms: dict[str, dict[str, Any]], gathered: Gathered) -> None:
    known = ", ".join(dict.fromkeys(one["code"] for form in forms.values() for one in form["sections"]))
    cell: Cell = item.cell
    gathered.problems.append(
        at(cell, "word_unknown", f"items.{item.code}", known=known, value=item.section[:64])
    )

"""Fields of facts: numbers in a table, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import has_request_context, request
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.files.receiving import DOCUMENT, ENDINGS, IMAGE
from diagnostics.web.item_fields.field import Cell, Field, Form, GivenFile, TableColumn, TableRow, hint_of
from instruments.document import Column, FileItem, Item, TableItem
from instruments.items import number
from instruments.items.file import MOST_BYTES, files_of, size_words
from instruments.items.table import cells_of, row_name
from instruments.texts import say

CELL = "cell"
ROWS = "rows"  # in the address: how many rows of a repeat group the page shows
DROP = "drop:"  # value of the button «Убрать» before the code of a row or the id of a file
MEGABYTE = 1024 * 1024


def show_table(item: Item, given: object, language: str) -> Field:
    """All rows that the author names; of a repeat group those with numbers, and as many empty as asked for."""
    assert isinstance(item, TableItem)  # noqa: S101 - the table pairs them
    cells = cells_of(given)
    codes = [row.code for row in item.rows] if item.repeat is None else _numbers(item, cells)
    rows = tuple(
        _row(item, code, place, cells.get(code, {}), language) for place, code in enumerate(codes, 1)
    )
    return Field(
        "items/table.html",
        hint_of(item, language, _table_hint(item)),
        columns=tuple(TableColumn(say(one.title, language), say(one.unit, language)) for one in item.columns),
        table=rows,
        may_add=item.repeat is not None and len(rows) < item.repeat.most,
    )


def read_table(form: Form) -> object:
    """{"rows": […]} as `items.read` takes it; a row whose «Убрать» was pressed is left out."""
    rows: dict[str, dict[str, str]] = {}
    for name in form:
        kind, *place = name.split("|")
        if kind == CELL and len(place) == 2:  # noqa: PLR2004 - row and column
            rows.setdefault(place[0], {})[place[1]] = form[name]
    dropped = form.get("go", "").removeprefix(DROP)
    kept = [(code, cells) for code, cells in rows.items() if not (code.isdigit() and code == dropped)]
    is_added = bool(kept) and all(code.isdigit() for code, _cells in kept)
    return {
        "rows": [
            {"row": str(place) if is_added else code, "cells": cells}
            for place, (code, cells) in enumerate(kept, 1)
        ]
    }


def rows_after(form: Form, go: str) -> int | None:
    """How many rows the page shows after «Добавить строку» or «Убрать»; None after other buttons."""
    standing = len({name.split("|")[1] for name in form if name.startswith(f"{CELL}|")})
    if go == "row":
        return standing + 1
    return standing - 1 if standing and go.startswith(DROP) else None


def show_file(item: Item, given: object, language: str) -> Field:
    assert isinstance(item, FileItem)  # noqa: S101 - the table pairs them
    files = tuple(
        GivenFile(one["id"], one["name"], size_words(one["size"], language, _)) for one in files_of(given)
    )
    return Field(
        "items/file.html",
        hint_of(item, language, _file_hint(item)),
        files=files,
        may_add=len(files) < item.most,
        most=item.most - len(files),
        accept=",".join(sorted(_accepted(item))),
    )


def read_file(_form: Form) -> object:
    """Files come apart from the fields: who answers keeps them and says which they are."""
    return None


def _numbers(item: TableItem, cells: Mapping[str, object]) -> list[str]:
    repeat = item.repeat
    assert repeat is not None  # noqa: S101 - asked by the caller
    asked = request.args.get(ROWS, 0, type=int) if has_request_context() else 0
    shown = max(len(cells), repeat.least, min(asked, repeat.most), 1)
    return [str(place) for place in range(1, shown + 1)]


def _row(item: TableItem, code: str, place: int, cells: Mapping[str, object], language: str) -> TableRow:
    return TableRow(
        code=code,
        title=row_name(item, code, place, language, _),
        drop=f"{DROP}{code}" if item.repeat is not None else "",
        cells=tuple(
            _cell(
                column,
                f"{CELL}|{code}|{column.code}",
                f"answer-{place}-{index}",
                cells.get(column.code),
                language,
            )
            for index, column in enumerate(item.columns, 1)
        ),
    )


def _cell(column: Column, name: str, ident: str, value: object, language: str) -> Cell:
    typed = "" if value is None else str(value)
    if not isinstance(value, str) and language == "ru":
        typed = typed.replace(".", ",")
    whole = column.decimals == 0 and column.minimum is not None and column.minimum >= 0
    wrong = bool(number.read(column, value).problems)
    return Cell(name, ident, typed, "numeric" if whole else "decimal", wrong)


def _table_hint(item: TableItem) -> str:
    if item.repeat is None:
        return _("Впишите числа. Чего не знаете, оставьте пустым")
    least = item.repeat.least
    if least > 1:
        return str(
            ngettext(
                "Впишите числа, не меньше %(num)s строки", "Впишите числа, не меньше %(num)s строк", least
            )
        )
    return _("Впишите числа, по строке на каждый случай")


def _file_hint(item: FileItem) -> str:
    sizes = ngettext(
        "Необязательно. %(num)s файл до %(size)s МБ",
        "Необязательно. До %(num)s файлов, каждый до %(size)s МБ",
        item.most,
        size=MOST_BYTES // MEGABYTE,
    )
    return f"{_kinds(item)}. {sizes}"


def _kinds(item: FileItem) -> str:
    if DOCUMENT not in item.kinds:
        return str(_("Снимок"))
    if IMAGE not in item.kinds:
        return str(_("Документ (PDF, Word, Excel)"))
    return str(_("Снимок или документ (PDF, Word, Excel)"))


def _accepted(item: FileItem) -> Iterator[str]:
    for media_type, endings in ENDINGS.items():
        if (IMAGE if media_type.startswith("image/") else DOCUMENT) in item.kinds:
            yield from (media_type, endings[0])

"""What arrived as a file or as pasted text: kept with its owner, read with the fixes of the page, told row by row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from diagnostics.access import Permission, things
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.errors import Missing
from diagnostics.files import actions as files
from diagnostics.files import queries as stored
from diagnostics.people.models import Role
from diagnostics.web import guard
from diagnostics.web.authoring.editing.around import shortened
from diagnostics.web.authoring.editing.entry import Json
from instruments.formats.arrived import Cell, PlacedProblem, Read
from instruments.formats.fixing import Arrived, Place, fixable
from instruments.formats.workbook.headings import sheet_code
from instruments.framework import Framework
from instruments.problems import Severity
from instruments.texts import say
from instruments.versions import canonical_json

TEXT = "text/plain"
WORKBOOK = "application/octet-stream"
PURPOSE = "import"
DAYS = 7
MOST_ROWS = 200
MOST_FIXES = 400
MOST_REMARKS = 20
PREFIX = "fix"


@dataclass(frozen=True, slots=True)
class Fix:
    """One cell to type anew: its place, what stands there, what is wrong with it."""

    name: str
    place: str
    value: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One question of the file. `key`: what a tick accepts.

    state: new | changed | removed | same | wrong (read without the value that is wrong) | error (not read at all).
    """

    code: str
    label: str
    state: str
    key: str = ""
    ticked: bool = False
    details: tuple[str, ...] = ()


def keep(name: str, content: bytes, *, is_text: bool) -> str:
    """Store what arrived for a week; the id of its page."""
    row = files.store(
        guard.settings().files_dir,
        name=name,
        media_type=TEXT if is_text else WORKBOOK,
        content=content,
        purpose=PURPOSE,
        owner_id=guard.actor().person_id,
        days=DAYS,
    )
    return row.id


def arrived(file_id: str, fixes: Mapping[Place, str]) -> Arrived:
    """Missing for a stranger's file, and for one that was brought for something else."""
    guard.require(Permission.FILE_READ, things.file(file_id))
    found = stored.one(file_id)
    if found.purpose != PURPOSE:
        raise Missing
    content = stored.bytes_path(guard.settings().files_dir, file_id).read_bytes()
    return Arrived(found.name, content, found.media_type == TEXT, fixes)


def fixes_of(form: MultiDict[str, str]) -> dict[Place, str]:
    """Those of earlier readings and those typed now; a name that is no place is nothing."""
    found: dict[Place, str] = {}
    for name in form:
        place = _place(name)
        if place is not None and len(found) < MOST_FIXES:
            found[place] = form[name].replace("\r\n", "\n")
    return found


def name_of(place: Place) -> str:
    return f"{PREFIX}:{json.dumps(list(place), ensure_ascii=False)}"


def fixes_to_make(file: Arrived, problems: tuple[PlacedProblem, ...]) -> list[Fix]:
    """Cells with mistakes, in the order of the file, and those mended already: they may be mended again."""
    wrong = fixable(one for one in problems if one.severity is Severity.ERROR)
    places = {**wrong, **{place: [] for place in file.fixes if place not in wrong}}
    return [
        Fix(
            name_of(place),
            found[0].place(_) if found else place_words(place),
            file.value(place),
            tuple(one.sentence(_) for one in found),
        )
        for place, found in places.items()
    ]


def place_words(place: Place) -> str:
    return Cell(place.sheet, place.row).words(_)


def remarks_on(problems: tuple[PlacedProblem, ...]) -> list[tuple[str, int]]:
    """What a methodologist should look at later: each sentence once, with how often it is said."""
    said = Counter(one.sentence(_) for one in problems if one.severity is not Severity.ERROR)
    return said.most_common(MOST_REMARKS)


def rows_of(read: Read, language: str) -> list[Row]:
    """Every question that was read, the unread ones first."""
    items = {item.code: item for item in read.instrument.items} if read.instrument else {}
    unread = [Row(code, _("строка %(n)s", n=read.rows.get(code, "")), "error") for code in read.left_out]
    wrong = wrong_items(read)
    made = [
        Row(
            code,
            say(item.title, language) or shortened(say(item.text, language)),
            "wrong" if code in wrong else "new",
        )
        for code, item in items.items()
    ]
    return unread + made


def wrong_items(read: Read) -> set[str]:
    """Questions that were read although something in them is wrong: told at their row, line or path."""
    errors = [one for one in read.problems if one.severity is Severity.ERROR]
    paths = tuple(f"{one.path}." for one in errors)
    named = {code for code in read.rows if any(path.startswith(f"items.{code}.") for path in paths)}
    return named | {_at_row(one.cell, read.rows) for one in errors if one.cell.row}


def _at_row(cell: Cell, rows: Mapping[str, int]) -> str:
    """The question of a row of «Вопросы», or of the lines of a text down to the next one; "" elsewhere."""
    line = cell.row or 0
    if cell.sheet:
        is_questions = sheet_code(cell.sheet) in ("questions", None)  # the only sheet may have any name
        return next((code for code, row in rows.items() if is_questions and row == line), "")
    return max((code for code, row in rows.items() if row <= line), key=lambda code: rows[code], default="")


def frameworks() -> dict[str, Framework]:
    """The newest published one of each code."""
    found = {}
    for version in reversed(catalogue.published(VersionKind.FRAMEWORK)):
        found[version.code] = catalogue.framework(version.id)
    return found


def body_of(read: Read) -> Json | None:
    """{instrument, scoring} for a draft; None where nothing could be read."""
    if read.instrument is None:
        return None
    instrument: Json = json.loads(canonical_json(read.instrument))
    if read.scoring is not None:
        return {"instrument": instrument, "scoring": json.loads(canonical_json(read.scoring))}
    code = read.instrument.code
    scoring = {"kind": "scoring", "code": code, "instrument": code, "framework": "dpo", "preset": "levels3"}
    return {"instrument": instrument, "scoring": scoring | {"items": {}}}


def own_node() -> str:
    """The methodologist's own place: the draft belongs to it."""
    return min(one.node_id for one in guard.actor().roles if one.role is Role.METHODOLOGIST)


def _place(name: str) -> Place | None:
    prefix, _colon, rest = name.partition(":")
    if prefix != PREFIX:
        return None
    try:
        sheet, row, column = json.loads(rest)
    except (ValueError, TypeError, RecursionError):
        return None
    is_place = isinstance(sheet, str) and isinstance(row, int) and isinstance(column, int)
    return Place(sheet, row, column) if is_place else None

"""A sheet → people with their row numbers, and every mistake of every row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from diagnostics.campaigns.roster import columns as c
from diagnostics.campaigns.roster.mistakes import FileRefused, Mistake, Remark
from diagnostics.campaigns.roster.names import Name, read_full_name, read_name
from diagnostics.campaigns.roster.sheets import Sheet, read_sheets

LONGEST_TEXT = 200
LONGEST_SHOWN = 80
_PHONE_DIGITS = range(5, 16)


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the list as written; `school` is a name or a code."""

    row: int
    name: Name
    school: str
    position: str
    subject: str
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Roster:
    entries: tuple[Entry, ...]
    mistakes: tuple[Mistake, ...]
    remarks: tuple[Remark, ...]
    rows: int  # with anything in them, below the header
    schools_of_bad: tuple[
        tuple[int, str], ...
    ] = ()  # (row, school) of rows with mistakes: it is looked up too


def read_roster(content: bytes) -> Roster:
    """Read a list of people from an XLSX or CSV file; FileRefused when it is no such list.

    Of a workbook the first sheet that looks like a list counts: before it may stand one of explanations.
    """
    sheets = read_sheets(content)
    first_refusal: FileRefused | None = None
    for sheet in sheets:
        try:
            return _roster(sheet, *c.find_header(sheet.rows))
        except FileRefused as refused:
            first_refusal = _plainer(first_refusal, refused)
    raise first_refusal or FileRefused("file_empty")


def _plainer(standing: FileRefused | None, refused: FileRefused) -> FileRefused:
    """What to tell about several sheets: a wrong header says more than a missing one."""
    return refused if standing is None or standing.code == "header_missing" else standing


def _roster(sheet: Sheet, header: int, columns: Mapping[str, int], remarks: tuple[Remark, ...]) -> Roster:
    width = len(sheet.rows[header][1])
    entries: list[Entry] = []
    mistakes: list[Mistake] = []
    bad: list[tuple[int, str]] = []
    body = sheet.rows[header + 1 :]
    for number, cells in body:
        if any(cells[width:]):
            mistakes.append(Mistake(number, "", "row_too_long", cells[width]))
            continue
        texts = {field: cells[place] if place < len(cells) else "" for field, place in columns.items()}
        wrong, entry = _read_row(number, texts)
        mistakes += wrong
        if entry:
            entries.append(entry)
        elif school := _school(texts):
            bad.append((number, school))
    good, doubles = _without_doubles(entries)
    found = sorted([*mistakes, *doubles], key=lambda one: one.row)
    return Roster(good, tuple(found), sheet.remarks + remarks, len(body), tuple(bad))


def _read_row(number: int, texts: Mapping[str, str]) -> tuple[list[Mistake], Entry | None]:
    def wrong(field: str, code: str) -> Mistake:
        return Mistake(number, field, code, texts.get(field, "")[:LONGEST_SHOWN])

    mistakes = [
        wrong(field, "cell_bad_character" if _is_unprintable(text) else "text_too_long")
        for field, text in texts.items()
        if _is_unprintable(text) or len(text) > LONGEST_TEXT
    ]
    name = _name(texts)
    school = _school(texts)
    email, phone = texts.get(c.EMAIL, ""), texts.get(c.PHONE, "")
    if isinstance(name, str):
        mistakes.append(wrong(c.FULL_NAME if c.FULL_NAME in texts else c.SURNAME, name))
    if not school:
        mistakes.append(wrong(c.SCHOOL, "school_empty"))
    if email and not _is_address(email):
        mistakes.append(wrong(c.EMAIL, "email_bad"))
    if phone and sum(map(str.isdigit, phone)) not in _PHONE_DIGITS:
        mistakes.append(wrong(c.PHONE, "phone_bad"))
    if mistakes or isinstance(name, str):
        return mistakes, None
    position, subject = texts.get(c.POSITION, ""), texts.get(c.SUBJECT, "")
    return [], Entry(number, name, school, position, subject, email.lower() or None, phone or None)


def _school(texts: Mapping[str, str]) -> str:
    """The code when there is one, else the name."""
    return texts.get(c.SCHOOL_CODE, "") or texts.get(c.SCHOOL, "")


def _is_unprintable(text: str) -> bool:
    """Control and invisible characters, lone surrogates; a line break is only a blank."""
    return any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and not sign.isspace() for sign in text)


def _is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False, allow_smtputf8=True)
    except EmailNotValidError:
        return False
    return True


def _name(texts: Mapping[str, str]) -> Name | str:
    if c.FULL_NAME in texts:
        return read_full_name(texts[c.FULL_NAME]) if texts[c.FULL_NAME] else "name_incomplete"
    return read_name(texts[c.SURNAME], texts[c.GIVEN], texts.get(c.PATRONYMIC, ""))


def _without_doubles(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], list[Mistake]]:
    """The first of equal rows stays; the others are mistakes that name it."""
    people: dict[tuple[str, str], int] = {}
    emails: dict[str, int] = {}
    good: list[Entry] = []
    doubles: list[Mistake] = []
    for entry in entries:
        who = (entry.name.sort_name, c.plain(entry.school))
        if first := people.get(who):
            doubles.append(Mistake(entry.row, c.FULL_NAME, "double", entry.name.full, {"first": first}))
        elif entry.email and (first := emails.get(entry.email)):
            doubles.append(Mistake(entry.row, c.EMAIL, "email_repeated", entry.email, {"first": first}))
        else:
            people[who] = entry.row
            emails |= {entry.email: entry.row} if entry.email else {}
            good.append(entry)
    return tuple(good), doubles

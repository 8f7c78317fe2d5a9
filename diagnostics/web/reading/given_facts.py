"""What a work asked beside its tasks, as it was answered: tables of numbers and files. Read by who reads the result."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.catalogue import queries as catalogue
from diagnostics.errors import Missing
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView
from diagnostics.sittings import queries as sittings
from diagnostics.web import guard
from diagnostics.web.attachments import attachment
from diagnostics.web.guard import require, screen
from diagnostics.web.item_fields.field import GivenFile
from diagnostics.web.reading.blueprint import reading
from diagnostics.web.reading.journal import note_result_reading
from instruments.document import FileItem, TableItem
from instruments.items import Answer, describe
from instruments.items.file import files_of, size_words
from instruments.texts import say


@dataclass(frozen=True, slots=True)
class Fact:
    """One question; `words` of a table, `files` of a question about files."""

    title: str
    words: str
    files: tuple[GivenFile, ...]


def facts_of(view: FindingView, language: str) -> list[Fact]:
    """Answered tables and files in the order of the work; none where the results came from elsewhere."""
    if view.sitting_id is None or view.instrument_id is None:
        return []
    answers = sittings.answers(view.sitting_id)
    asked = catalogue.instrument(view.instrument_id).form_items(view.form)
    return [
        _fact(item, answers[item.code], language)
        for item in asked
        if isinstance(item, TableItem | FileItem) and item.code in answers
    ]


@reading.get("/me/results/<finding_id>/files/<file_id>")
@screen(Permission.RESULT_READ)
def given_file(finding_id: str, file_id: str) -> Response:
    """A file of the very answers that the result was made of; looks of others leave a trace."""
    require(Permission.RESULT_READ, things.finding(finding_id))
    view = findings.finding(finding_id)
    given = sittings.given_files(view.sitting_id).values() if view.sitting_id else ()
    if file_id not in {one["id"] for files in given for one in files}:
        raise Missing
    actor = guard.actor()
    if view.person_id != actor.person_id and view.seat_id != actor.link_seat_id:
        note_result_reading(view.id, "file")
    return attachment(file_id)


def _fact(item: TableItem | FileItem, answer: Answer, language: str) -> Fact:
    files = tuple(
        GivenFile(one["id"], one["name"], size_words(one["size"], language, _)) for one in files_of(answer)
    )
    words = "" if files else describe(item, answer, language, _)
    return Fact(say(item.title, language), words, files)

"""Files of a question: taken in, given out; and the pictures of cases."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request, session
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission, things
from diagnostics.catalogue import queries as catalogue
from diagnostics.errors import DomainError, Missing
from diagnostics.files.receiving import DOCUMENT, IMAGE, Received, TooLarge, UnsafeFile, receive
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.actions import Attachment, Saved
from diagnostics.sittings.errors import EventRefused, KeyNeeded
from diagnostics.sittings.queries import Writing
from diagnostics.web import guard
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.keys import COOKIE, enter
from diagnostics.web.attachments import attachment
from diagnostics.web.item_fields.facts import DROP
from instruments.document import FileItem, Item
from instruments.items.file import MOST_BYTES

FIELD = "file"
MOST_AT_ONCE = 10
YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class Uploads:
    """What came with a form; or why it cannot be taken, to be said on the question's own page."""

    received: tuple[Received, ...] = ()
    refused: DomainError | None = None


def uploads(sitting_id: str) -> Uploads:
    """The files of this request, made safe.

    Before anything is asked of the base: to draw a large picture anew takes a second, and on SQLite a request
    that has begun to write lets nobody else write. Of a browser that holds no key nothing is looked at.
    """
    given = [one for one in request.files.getlist(FIELD) if one.filename]
    if not given or sitting_id not in session.get(COOKIE, {}):
        return Uploads()
    if len(given) > MOST_AT_ONCE:
        return Uploads(refused=EventRefused("too_many_files", given=len(given), most=MOST_AT_ONCE))
    try:
        return Uploads(
            tuple(
                receive(
                    one.filename or "",
                    one.stream.read(MOST_BYTES + 1),
                    kinds=(IMAGE, DOCUMENT),
                    most_bytes=MOST_BYTES,
                )
                for one in given
            )
        )
    except (UnsafeFile, TooLarge) as refused:
        return Uploads(refused=refused)


def attach(writing: Writing, item: Item, uploaded: Uploads, *, base: int) -> Saved | None:
    """Keep what was given to a question about files and let go what was taken back; None for other questions."""
    if not isinstance(item, FileItem):
        return None
    if uploaded.refused is not None:
        raise uploaded.refused
    go = request.form.get("go", "")
    dropped = frozenset({go.removeprefix(DROP)} if go.startswith(DROP) else ())
    change = Attachment(item.code, base, uploaded.received, dropped)
    settings = guard.settings()
    return sittings.attach(writing, change, folder=settings.files_dir, limits=settings.limits)


@answering.get("/t/<sitting_id>/files/<file_id>")
@guard.screen(Permission.SITTING_WRITE, Permission.SEAT_ANSWER)
def given_file(sitting_id: str, file_id: str) -> Response | Redirect:
    """A file of one's own answer, before and after sending."""
    sitting = reading.one(sitting_id)
    if sitting is None:
        raise KeyNeeded
    if guard.may(Permission.SEAT_ANSWER, things.seat(sitting.seat_id)):
        guard.require(Permission.SEAT_ANSWER, things.seat(sitting.seat_id))
    elif isinstance(held := enter(sitting_id), Redirect):
        return held
    given = reading.given_files(sitting_id).values()
    if file_id not in {one["id"] for files in given for one in files}:
        raise Missing
    return attachment(file_id)


@answering.get("/t/<sitting_id>/cases/<code>")
@guard.screen(Permission.SITTING_WRITE, Permission.SEAT_ANSWER)
def case_picture(sitting_id: str, code: str) -> Response | Redirect:
    """The picture of a case; it is frozen with the document, so the browser may keep it."""
    writing = enter(sitting_id)
    if isinstance(writing, Redirect):
        return writing
    cases = catalogue.instrument(writing.instrument_id).stimuli
    image = next((case.image for case in cases if case.code == code), None)
    if image is None:
        raise Missing
    response = Response(image.content, mimetype=image.media_type)
    response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    return response

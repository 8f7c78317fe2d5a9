"""Files as answers: which file belongs to which question is told by the events of the sitting, nowhere else.

A file is stored together with the event that names it. What a browser says later may only name files that an
event of this very question has named before, so nobody's answer can point to the file of somebody else.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from diagnostics import clock
from diagnostics.campaigns.models import Privacy, Seat
from diagnostics.catalogue import queries as catalogue
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.files import actions as files
from diagnostics.files.receiving import DOCUMENT, IMAGE, Received, UnsafeFile
from diagnostics.sittings.actions.saving import Saved, save_form
from diagnostics.sittings.errors import EventRefused
from diagnostics.sittings.events import Event, stored_value
from diagnostics.sittings.models import EventKind
from diagnostics.sittings.queries.files import File, given_files, named_files
from diagnostics.sittings.queries.keys import Writing
from diagnostics.sittings.queries.sittings import standing_of
from instruments.document import FileItem
from instruments.items.file import files_of

PURPOSE = "answer"
UPLOADS_FOR_EACH = 10  # how often one file may be changed for another


@dataclass(frozen=True, slots=True)
class Attachment:
    """Files given to one question, and ids of those taken back."""

    item: str
    base: int  # the position that the page had shown
    given: Sequence[Received] = ()
    dropped: frozenset[str] = frozenset()


def attach(writing: Writing, change: Attachment, *, folder: Path, limits: Limits) -> Saved | None:
    """Store what was given and append the event that names it; None where nothing changes.

    Raises
    ------
    EventRefused
        `too_many_files`, `too_many_uploads`; nothing is stored.
    UnsafeFile
        `type_mismatch`: of a kind that the question does not ask for; `document_tells_author`: from a
        person who was promised to stay without a name.

    A sitting that takes no more answers with a refusal, as with other answers; but files are not kept for later.
    """
    refusal = writing.refusal(clock.now(), timedelta(seconds=limits.late_grace_seconds))
    if refusal is not None:
        return Saved((), clock.now(), refusal)
    standing = files_of(standing_of(writing.sitting_id).answers.get(change.item))
    kept = [one for one in standing if one["id"] not in change.dropped]
    _refuse_unasked(writing, change, len(kept))
    if not change.given and len(kept) == len(standing):
        return None
    made = [_stored(writing, one, len(kept) + place, folder) for place, one in enumerate(change.given, 1)]
    value = stored_value(
        catalogue.instrument(writing.instrument_id), writing.form, change.item, {"files": [*kept, *made]}, 0
    )
    kind = EventKind.CLEAR if value is None else EventKind.ANSWER
    event = Event(0, change.base, kind, change.item, value)
    saved = save_form(writing, [event], limits, new_files=[one["id"] for one in made])
    let_go_unused(writing.sitting_id)
    return saved


def let_go_unused(sitting_id: str) -> int:
    """Files that no answer of the sitting names any more go with the next clearing; returns how many.

    While two devices disagree, the files of both stay.
    """
    used = {one["id"] for given in given_files(sitting_id).values() for one in given}
    return files.let_go(set(named_files(sitting_id)) - used)


def _refuse_unasked(writing: Writing, change: Attachment, kept: int) -> None:
    item = catalogue.instrument(writing.instrument_id).item(change.item)
    if not isinstance(item, FileItem):
        raise EventRefused("wrong_shape")
    if any((IMAGE if one.is_image else DOCUMENT) not in item.kinds for one in change.given):
        raise UnsafeFile("type_mismatch")
    if kept + len(change.given) > item.most:
        raise EventRefused("too_many_files", given=kept + len(change.given), most=item.most)
    before = len(named_files(writing.sitting_id, change.item))
    if change.given and before + len(change.given) > UPLOADS_FOR_EACH * item.most:
        raise EventRefused("too_many_uploads", most=UPLOADS_FOR_EACH * item.most)


def _stored(writing: Writing, given: Received, place: int, folder: Path) -> File:
    nameless = writing.privacy is Privacy.ANONYMOUS
    if nameless:
        given = _without_author(given, place)
    row = files.store(
        folder,
        name=given.name,
        media_type=given.media_type,
        content=given.content,
        purpose=PURPOSE,
        owner_id=None if nameless else session.get_one(Seat, writing.seat_id).respondent_id,
        days=None,
    )
    if nameless:  # neither the row nor the folder tells the minute
        row.created_at = clock.hour(row.created_at)
        os.utime(folder / row.id, (row.created_at.timestamp(),) * 2)
        session.flush()
    return {"id": row.id, "name": row.name, "size": row.size}


def _without_author(given: Received, place: int) -> Received:
    """A picture was drawn anew already; its name may be a person's, and a document carries its author."""
    if not given.is_image:
        raise UnsafeFile("document_tells_author")
    return replace(given, name=f"photo-{place}{Path(given.name).suffix}")

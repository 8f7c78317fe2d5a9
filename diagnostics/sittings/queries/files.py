"""Which files a sitting's events name: the only place where a file and a question are tied together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from diagnostics import database
from diagnostics.sittings.core import EVENT
from diagnostics.sittings.queries.sittings import standing_of
from diagnostics.sittings.standing import Standing
from instruments.items import Answer
from instruments.items.file import files_of

File = dict[str, Any]  # id, name, size: as it stands in an answer


def named_files(sitting_id: str, item: str | None = None) -> dict[str, File]:
    """Every file that an event of the sitting (of one question) has ever named, by id."""
    query = sa.select(EVENT.c.value).where(EVENT.c.sitting_id == sitting_id)
    if item is not None:
        query = query.where(EVENT.c.item == item)
    values = database.connection().execute(query.order_by(EVENT.c.position)).scalars()
    return {one["id"]: one for value in values for one in files_of(value)}


def given_files(sitting_id: str) -> dict[str, list[File]]:
    """Files of the standing answers by item; of two that devices gave apart, both."""
    standing = standing_of(sitting_id)
    items = {*standing.answers, *standing.conflicts}
    found = {item: _files(_values(standing, item)) for item in items}
    return {item: files for item, files in found.items() if files}


def _values(standing: Standing, item: str) -> list[Answer]:
    waiting = [given.value for given in standing.conflicts.get(item, ())]
    return [standing.answers.get(item), *waiting]


def _files(values: Iterable[Answer]) -> list[File]:
    return list({one["id"]: one for value in values for one in files_of(value)}.values())

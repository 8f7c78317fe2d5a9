"""Stored files, given out."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, send_file

from diagnostics.files import queries as files
from diagnostics.web import guard


def attachment(file_id: str) -> Response:
    """Always an attachment under its cleaned name: nothing stored is ever run by the browser.

    The caller has asked whether the reader may have it.
    """
    found = files.one(file_id)
    path = files.bytes_path(guard.settings().files_dir, file_id)
    response = send_file(path, mimetype=found.media_type, max_age=0)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return response

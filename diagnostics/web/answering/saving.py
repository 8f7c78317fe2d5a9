"""Saving by script: a batch of events in, what became of each out."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, NoReturn

from flask import Response, g, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from diagnostics.access import Permission
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import compact_json
from diagnostics.errors import DomainError
from diagnostics.sittings import actions as sittings
from diagnostics.sittings.actions import Saved
from diagnostics.sittings.errors import EventRefused
from diagnostics.sittings.events import Asked, read_events
from diagnostics.sittings.queries import Writing
from diagnostics.sittings.queries.drawn import drawn_items
from diagnostics.sittings.queries.keys import last_seq
from diagnostics.web import guard
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.keys import hold
from diagnostics.web.answering.pausing import PAUSED
from diagnostics.web.answering.proofs import client_of
from diagnostics.web.messages import sentence


class BadJson(DomainError):  # noqa: N818 - reads as the answer it gives
    status = 400

    def __init__(self) -> None:
        super().__init__("bad_json")


class NotJson(DomainError):  # noqa: N818 - reads as the answer it gives
    status = 415

    def __init__(self) -> None:
        super().__init__("http_415")


@answering.post("/t/<sitting_id>/events")
@guard.direct
@guard.screen(Permission.SITTING_WRITE)
def events(sitting_id: str) -> Response:
    body = json_body()
    limits = guard.settings().limits
    writing = _in_whose_name(hold(sitting_id, is_page=False), body.pop("proof", None))
    asked = Asked(
        catalogue.instrument(writing.instrument_id),
        writing.form,
        writing.last_position,
        writing.last_seq,
        writing.seed,
        partial(drawn_items, sitting_id),
    )
    return _told(sittings.save_events(writing, read_events(body, asked, limits), limits))


def _in_whose_name(writing: Writing, proof: object) -> Writing:
    """The key that gave the events: this one, or an earlier one of the same sitting whose answers waited.

    So an answer that had arrived under the earlier key is recognised, and not stored under both.
    """
    if proof is None:
        return writing
    client = client_of(writing.sitting_id, proof) if isinstance(proof, str) else None
    if client is None:
        raise EventRefused("proof_unknown")
    if client == writing.client:
        return writing
    return writing._replace(client=client, last_seq=last_seq(writing.sitting_id, client))


def _told(saved: Saved) -> Response:
    results = [{"seq": one.seq, "position": one.position, "status": one.status} for one in saved.results]
    body: dict[str, Any] = {"results": results, "saved_at": saved.saved_at.isoformat()}
    if saved.refusal is None:
        return Response(compact_json(body), mimetype="application/json")
    # A refusal that must be committed: what came late is kept, so this is an answer and not an error.
    said_alike = saved.kept or saved.refusal == PAUSED
    title = sentence(saved.refusal if said_alike else f"{saved.refusal}_not_kept")
    body |= {"code": saved.refusal, "title": title, "status": 409, "kept": saved.kept}
    response = jsonify(body | {"request": g.get("request_id")})
    response.status_code, response.content_type = 409, "application/problem+json"
    return response


def json_body() -> dict[str, Any]:
    """The posted object; 415, 413 or 400 before anything of it is looked at."""
    if request.mimetype != "application/json":
        raise NotJson
    limit = guard.settings().limits.save_body_bytes
    request.max_content_length = limit
    if (request.content_length or 0) > limit:
        raise RequestEntityTooLarge
    try:
        body = json.loads(request.get_data().decode(), object_pairs_hook=_unique, parse_constant=_refuse)
    except (ValueError, RecursionError) as wrong:
        raise BadJson from wrong
    if not isinstance(body, dict):
        raise BadJson
    return body


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJson
    return found


def _refuse(_constant: str) -> NoReturn:
    raise BadJson

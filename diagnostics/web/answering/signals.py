"""Counts of leaving the page and of pasting, told by the script where the diagnosis said that it counts."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response

from diagnostics.access import Permission
from diagnostics.sittings.actions.signals import count_signals
from diagnostics.web import guard
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.keys import hold
from diagnostics.web.answering.saving import json_body


@answering.post("/t/<sitting_id>/signals")
@guard.screen(Permission.SITTING_WRITE)
def signals(sitting_id: str) -> Response:
    """`{"leave": 3, "paste": 1}`: the browser's whole counts; taken or not, the script has nothing more to do."""
    writing = hold(sitting_id, is_page=False)
    count_signals(writing, json_body())
    return Response(status=HTTPStatus.NO_CONTENT)

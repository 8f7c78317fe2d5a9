"""A sign-in stays alive while its browser is in use."""

from __future__ import annotations

from flask import request

from diagnostics.database import Busy
from diagnostics.people.actions import signing
from diagnostics.web import guard
from diagnostics.web.account.blueprint import account

# A save of an answer is known by its sitting's own key: it asks nothing of the sign-in.
UNTOUCHED = {None, "static", "answering.events"}


@account.before_app_request
def _touch() -> None:
    """On a connection of its own, at most once a minute, while the session holds no write lock."""
    if request.endpoint in UNTOUCHED:
        return
    me = guard.viewer()
    if me is None:
        return
    try:
        signing.touch(me.facts.sign_in_id, me.facts.seen_at, guard.settings().limits)
    except Busy:  # a full queue of writers: the next request will touch
        return

"""The sitting key of this browser: a secret in the signed cookie, apart from signing in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import after_this_request, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from diagnostics.access import Actor, Permission, Thing, things
from diagnostics.identifiers import new_secret
from diagnostics.sittings import actions
from diagnostics.sittings import queries as sittings
from diagnostics.sittings.actions import Started
from diagnostics.sittings.errors import KeyNeeded
from diagnostics.sittings.queries import Writing
from diagnostics.web import guard

COOKIE = "sittings"  # {sitting id: secret}, the newest last
MOST_KEYS = 4  # of one browser: keeps the cookie small
DEVICE_SHORTEST, DEVICE_LONGEST = 20, 64  # characters; anything else was not set by us
DEVICE_DAYS = 90  # longer than any stage lasts


def begin(*, seat_id: str, token_id: str | None, person_id: str | None, language: str = "ru") -> Started:
    """Begin or resume the sitting of a seat with this browser's key, which is kept in its cookie.

    Raises
    ------
    SittingClosed
        As `start`.
    """
    started = actions.start(
        seat_id=seat_id, token_id=token_id, person_id=person_id, language=language, device=device()
    )
    remember(started)
    return started


def device() -> str:
    """The random mark of this browser; it opens nothing by itself and outlives the session.

    Who has to open the link again with it gets the same key, so that answers sent again are recognised.
    """
    kept = g.get("device") or request.cookies.get(_device_cookie())
    if not isinstance(kept, str) or not DEVICE_SHORTEST <= len(kept) <= DEVICE_LONGEST:
        kept = new_secret()
    if "device" not in g:
        g.device = kept
        after_this_request(_keep_device)
    return kept


def forget_device() -> None:
    """After nameless answers were sent: nothing in this browser tells any longer that it was here."""
    g.pop("device", None)

    @after_this_request
    def _forget(response: Response) -> Response:
        response.delete_cookie(_device_cookie(), secure=guard.settings().secure_cookies, httponly=True)
        return response


def _keep_device(response: Response) -> Response:
    if "device" in g:
        response.set_cookie(
            _device_cookie(),
            g.device,
            max_age=timedelta(days=DEVICE_DAYS),
            secure=guard.settings().secure_cookies,
            httponly=True,
            samesite="Lax",
        )
    return response


def _device_cookie() -> str:
    return "__Host-device" if guard.settings().secure_cookies else "device"


def remember(started: Started) -> None:
    """Put a new key into the cookie; the oldest gives way."""
    kept = {key: value for key, value in session.get(COOKIE, {}).items() if key != started.sitting_id}
    newest = list(kept.items())[-(MOST_KEYS - 1) :]
    session[COOKIE] = {**dict(newest), started.sitting_id: started.secret}


def hold(sitting_id: str, *, is_page: bool = True) -> Writing:
    """The key's right to this sitting, required and granted.

    Who holds a key is nobody else here: a save asks neither for roles nor for the sign-in, so that one
    answer costs three statements.

    Raises
    ------
    KeyNeeded
        No key, an unknown or a revoked one: the same for a sitting that does not exist.
    """
    secret = session.get(COOKIE, {}).get(sitting_id)
    writing = sittings.writing(sitting_id, secret) if isinstance(secret, str) else None
    if writing is None:
        raise KeyNeeded
    g.actor = _holder(sitting_id) if is_page else Actor(sitting_id=sitting_id)
    guard.require(Permission.SITTING_WRITE, Thing(kind="sitting", id=sitting_id, sitting_id=sitting_id))
    return writing


def _holder(sitting_id: str) -> Actor:
    """Who is signed in stays who they are; to anybody else the key is enough, the link is not asked again."""
    if "actor" in g or guard.viewer() is not None:
        return replace(guard.actor(), sitting_id=sitting_id)
    return Actor(sitting_id=sitting_id)


def holds(sitting_id: str) -> bool:
    """Whether this browser has a living key of the sitting."""
    secret = session.get(COOKIE, {}).get(sitting_id)
    return isinstance(secret, str) and sittings.writing(sitting_id, secret) is not None


def enter(sitting_id: str) -> Writing | Response:
    """For pages: without a key, those who may answer the seat are led to its door; others get KeyNeeded."""
    try:
        return hold(sitting_id)
    except KeyNeeded:
        found = sittings.one(sitting_id)
        seat = things.seat(found.seat_id) if found is not None else None
        if found is None or seat is None or not guard.may(Permission.SEAT_ANSWER, seat):
            raise
        guard.require(Permission.SEAT_ANSWER, seat)
        return redirect(url_for("answering.seat", seat_id=found.seat_id))

"""From a proved password to a session: at once, or by the second step where there is one or must be one.

Between the two the browser holds a signed note of who waits; it opens nothing but the pages of the second step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import redirect, url_for
from flask import session as cookie
from flask_login import login_user
from werkzeug.wrappers import Response

from diagnostics import clock
from diagnostics.people.actions import accounts, second_step, signing
from diagnostics.people.queries import second_step as reads
from diagnostics.people.queries.accounts import account as read_account
from diagnostics.people.queries.actors import signed_in
from diagnostics.web import guard
from diagnostics.web.account import paths
from diagnostics.web.guard import Viewer

NOTE = "second_step"
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who has proved the password and not the second step; where they want to go."""

    person_id: str
    next: str


def admit(person_id: str, next_path: str) -> Response:
    """The password is proved: in, or on to the second step."""
    setting = guard.settings().second_step
    state = reads.state(person_id, setting=setting)
    if state.since is None and not state.required:
        begin_session(person_id)
        return redirect(next_path)
    _forget_all_but_language()
    cookie[NOTE] = {"person": person_id, "at": clock.now().isoformat(), "next": next_path}
    if state.since is not None:
        return redirect(url_for("account.second"))
    second_step.begin(person_id)
    return redirect(url_for("account.second_set_up"))


def waiting() -> Waiting | None:
    """Of this browser; None when nobody waits, ten minutes are over, or the password was changed meanwhile."""
    note = cookie.get(NOTE)
    if not isinstance(note, dict) or not {"person", "at", "next"} <= note.keys():
        return None
    at = datetime.fromisoformat(note["at"])
    found = read_account(note["person"])
    if found is None or not at <= clock.now() <= at + PATIENCE:
        return None
    changed = found.password_changed_at
    if changed is not None and changed > at:
        return None
    return Waiting(note["person"], paths.own(note["next"]))


def begin_session(person_id: str) -> None:
    """A new session of the browser: nothing of the one before is carried over but the chosen language."""
    opened = signing.begin(person_id, guard.settings().limits)
    language = cookie.get("lang")
    cookie.clear()
    facts = signed_in(opened.secret)
    if facts is None:
        message = "a sign-in that has just begun is not found"
        raise RuntimeError(message)
    if language in accounts.LANGUAGES and language != facts.language:
        accounts.set_language(opened.person_id, language)
        cookie["lang"] = language
    login_user(Viewer(opened.secret, facts))


def _forget_all_but_language() -> None:
    language = cookie.get("lang")
    cookie.clear()
    if language in accounts.LANGUAGES:
        cookie["lang"] = language

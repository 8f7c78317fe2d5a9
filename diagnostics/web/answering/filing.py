"""«Отправить файл с ответами»: the last resort of who had no connection; the right comes from the file's own proofs."""

from __future__ import annotations

from http import HTTPStatus

from flask import render_template, url_for

from diagnostics.access import Permission
from diagnostics.errors import TooMany
from diagnostics.sittings import actions as sittings
from diagnostics.sittings.answers_file.sealing import public_key
from diagnostics.web import guard
from diagnostics.web.answering import keys
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answers_file import AnswersFileForm, letter_of, put_refusal, take
from diagnostics.web.network import network

ATTEMPT = "answers file"


@answering.get("/code/file")
@guard.screen(Permission.PUBLIC, of_object=False)
def answers_file() -> str:
    return _page(AnswersFileForm())


@answering.post("/code/file")
@guard.screen(Permission.PUBLIC, of_object=False)
def answers_file_sent() -> str | tuple[str, int]:
    """Sent twice it adds nothing: each event is recognised by its number."""
    form = AnswersFileForm()
    attempt = sittings.attempt_keys(ATTEMPT, "", network())
    try:
        sittings.refuse_if_throttled(attempt, guard.settings().limits)
    except TooMany as slowed:
        put_refusal(form, slowed)
        return _page(form), slowed.status
    letter = letter_of(form)
    told = None if letter is None else take(form, letter)
    if told is None:
        sittings.note_failure(attempt)
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    onward = url_for("answering.review", sitting_id=told.sitting_id) if keys.holds(told.sitting_id) else None
    return render_template("answering/file_taken.html", told=told, onward=onward)


@answering.context_processor
def _answers_key() -> dict[str, str]:
    """What the player seals its file with: `data-answers-key` of its page."""
    return {"answers_key": public_key(guard.settings().secret_key)}


def _page(form: AnswersFileForm) -> str:
    return render_template("answering/file.html", form=form)

"""The one sign that no text may carry: PostgreSQL keeps no NUL, so it is refused before anybody looks it up."""

from __future__ import annotations

from flask import Flask, request

from diagnostics.errors import DomainError, Missing

NUL = "\x00"
# The player itself says it at the question and keeps what was typed.
OWN_WORDS = frozenset({"answering.answer"})


def install(app: Flask) -> None:
    @app.before_request
    def _refuse_nul() -> None:
        if NUL in request.path:
            raise Missing
        if request.query_string and any(
            NUL in text for pair in request.args.items(multi=True) for text in pair
        ):
            raise DomainError("hidden_character")
        if request.method != "GET" and request.endpoint not in OWN_WORDS and not request.is_json:
            _check_form()


def _check_form() -> None:
    for name, value in request.form.items(multi=True):
        if NUL in name or NUL in value:
            raise DomainError("hidden_character", field=name.replace(NUL, ""))
    for name, upload in request.files.items(multi=True):
        if NUL in name or NUL in (upload.filename or ""):
            raise DomainError("hidden_character", field=name.replace(NUL, ""))

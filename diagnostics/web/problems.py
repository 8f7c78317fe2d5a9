"""Errors as pages for people and as problem+json for machines: right status, stable code, one sentence."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from diagnostics.database import Busy, session
from diagnostics.errors import DomainError
from diagnostics.web import guard
from diagnostics.web.messages import page_title, sentence

log = logging.getLogger("orientir.web")


def wants_json() -> bool:
    return (
        request.is_json
        or request.path.endswith(".json")
        or "application/json" in request.accept_mimetypes.values()
    )


def answer(code: str, status: int, **parameters: object) -> Response:
    """The error `code` with its sentence, as a page or as problem+json."""
    text = sentence(code, parameters)
    if wants_json():
        body = {"code": code, "title": text, "status": status, "request": g.get("request_id")}
        response = jsonify(body | {"parameters": parameters} if parameters else body)
        response.content_type = "application/problem+json"
    else:
        page = render_template(
            "home/problem.html",
            code=code,
            text=text,
            title=page_title(status),
            status=status,
            lost=g.get("request_id"),
        )
        response = Response(page, mimetype="text/html")
    response.status_code = status
    return response


def install(app: Flask) -> None:
    @app.errorhandler(DomainError)
    def _domain(error: DomainError) -> Response:
        if isinstance(error, guard.NotSignedIn) and not wants_json():
            return guard.to_sign_in()  # type: ignore[return-value]  # werkzeug's response is Flask's base
        return answer(error.code, error.status, **error.parameters)

    @app.errorhandler(CSRFError)
    def _csrf(_error: CSRFError) -> Response:
        return answer("csrf", 403)

    @app.errorhandler(Busy)
    def _busy(_error: Busy) -> Response:
        response = answer("busy", 503)
        response.headers["Retry-After"] = "2"
        return response

    @app.errorhandler(RequestEntityTooLarge)
    def _large(_error: RequestEntityTooLarge) -> Response:
        return answer("too_large", 413)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        status = error.code or 500
        return answer(f"http_{status}", status)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> Response:
        session.rollback()
        log.error("unexpected", exc_info=error, extra={"facts": {"request": g.get("request_id")}})
        if app.config.get("TESTING"):
            raise error
        return answer("unexpected", 500)

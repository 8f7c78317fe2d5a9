"""Errors as pages for people and as problem+json for machines: right status, stable code, one sentence."""

from __future__ import annotations

import json
import logging
from contextlib import suppress

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask import session as cookie
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from diagnostics.database import Busy, session
from diagnostics.database.away import why
from diagnostics.errors import DomainError
from diagnostics.web import guard
from diagnostics.web.context import asset
from diagnostics.web.language import LANGUAGES
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


def without_base(code: str) -> Response:
    """503 for who may send the same again; said without the base, which cannot even be asked who is there."""
    asked = cookie.get("lang")
    with force_locale(asked if asked in LANGUAGES else LANGUAGES[0]):
        text, title = sentence(code), _("Сейчас сохранить нельзя")
        if wants_json():
            body = {"code": code, "title": text, "status": 503, "request": g.get("request_id")}
            response = Response(json.dumps(body, ensure_ascii=False), content_type="application/problem+json")
        else:
            page = current_app.jinja_env.get_template("home/away.html")
            words = {
                "language": str(get_locale()),
                "title": title,
                "text": text,
                "lost": g.get("request_id"),
                "asset": asset,
            }
            response = Response(page.render(words), mimetype="text/html")
    response.status_code = 503
    response.headers["Retry-After"] = "5"
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

    app.register_error_handler(Exception, _unexpected)
    app.register_error_handler(sa.exc.DBAPIError, _away)


def _away(error: sa.exc.DBAPIError) -> Response:
    code = why(error)
    if code is None:
        return _unexpected(error)
    log.warning("base %s", code, extra={"facts": {"request": g.get("request_id")}})
    with suppress(sa.exc.SQLAlchemyError):
        session.rollback()
    return without_base(code)


def _unexpected(error: Exception) -> Response:
    session.rollback()
    log.error("unexpected", exc_info=error, extra={"facts": {"request": g.get("request_id")}})
    if current_app.config.get("TESTING"):
        raise error
    return answer("unexpected", 500)

from __future__ import annotations

from flask import has_request_context, request, session

from diagnostics.web.guard import viewer

LANGUAGES = ("ru", "en")


def choose() -> str:
    """The interface language: asked for in the address, remembered in the session, the person's own, Russian."""
    if not has_request_context():
        return "ru"
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        if session.get("lang") != asked:
            session["lang"] = asked
        return asked
    remembered = session.get("lang")
    if remembered in LANGUAGES:
        return str(remembered)
    me = viewer()
    return me.facts.language if me is not None and me.facts.language in LANGUAGES else "ru"

"""The doors of the demo: «Кем войти?», its tours, reset, and the way to real work.

Every screen demands Permission.DEMO: a base that is marked demo, served on loopback.
"""

from __future__ import annotations

from typing import Protocol

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import login_user
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.errors import Conflict
from diagnostics.people.actions import signing
from diagnostics.people.queries.actors import signed_in
from diagnostics.upkeep.demo.visitors import Visitor, holding, visitors
from diagnostics.web import guard
from diagnostics.web.guard import Viewer, screen
from diagnostics.web.home.roles import cards, stops
from diagnostics.web.home.views import home


class Switch(Protocol):
    """What the serving process offers while the demo stands in a file of its own."""

    def reset(self) -> None: ...

    def remove(self) -> str: ...


@home.get("/who")
@screen(Permission.DEMO, of_object=False)
def who() -> str:
    everybody = visitors()
    return render_template("home/who.html", cards=cards(everybody), holding=holding())


@home.get("/demo/tour/<role>")
@screen(Permission.DEMO, of_object=False)
def demo_tour(role: str) -> str:
    visitor = _visitor(role)
    here = guard.actor().person_id == visitor.person_id
    card = cards((visitor,))[0]
    return render_template("home/tour.html", card=card, stops=list(stops(visitor.role, holding())), here=here)


@home.post("/demo/enter")
@screen(Permission.DEMO, of_object=False)
def demo_enter() -> Response:
    """Play a role: what was signed in before is signed out."""
    visitor = _visitor(request.form.get("role", ""))
    before = guard.viewer()
    if before is not None:
        signing.sign_out(before.facts.sign_in_id, actor_id=before.facts.person_id)
    opened = signing.begin(visitor.person_id, guard.settings().limits)
    facts = signed_in(opened.secret)
    if facts is None:
        abort(404)
    language = cookie.get("lang")
    cookie.clear()
    if language:
        cookie["lang"] = language  # chosen on «Кем войти?», it stays whoever is played
    login_user(Viewer(opened.secret, facts))
    if request.form.get("tour"):
        return redirect(url_for("home.demo_tour", role=visitor.role.value))
    return redirect(url_for("home.index"))


@home.post("/demo/reset")
@screen(Permission.DEMO, of_object=False)
def demo_reset() -> Response:
    _switch().reset()
    cookie.clear()
    flash(_("Демо снова такое, каким было вначале. Кем войти?"), "ok")
    return redirect(url_for("home.who"))


@home.get("/demo/remove")
@screen(Permission.DEMO, of_object=False)
def demo_remove() -> str:
    return render_template("home/remove.html", possible=_found_switch() is not None)


@home.post("/demo/remove")
@screen(Permission.DEMO, of_object=False)
def demo_remove_now() -> str:
    secret = _switch().remove()
    cookie.clear()
    return render_template("home/removed.html", secret=secret)


def _visitor(role: str) -> Visitor:
    found = next((one for one in visitors() if one.role.value == role), None)
    if found is None:
        abort(404)
    return found


def _found_switch() -> Switch | None:
    found: Switch | None = current_app.extensions.get("demo")
    return found


def _switch() -> Switch:
    found = _found_switch()
    if found is None:
        raise Conflict("demo_not_switchable")
    return found


__all__ = ["home"]

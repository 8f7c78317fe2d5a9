"""The edge's doors: who asks, what a screen demands, and that every screen demands something."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import UserMixin, current_user
from werkzeug.wrappers import Response

from diagnostics import access, clock
from diagnostics.access import Actor, Permission, Thing
from diagnostics.access.decide import NOTHING
from diagnostics.campaigns.queries.links import link_holder
from diagnostics.config import Config
from diagnostics.errors import DomainError, Missing
from diagnostics.extensions import login
from diagnostics.people.queries.actors import SignedIn, roles_of, signed_in
from diagnostics.upkeep import marks

P = ParamSpec("P")
R = TypeVar("R")
LINK = "link"  # key of the signed cookie: id of the seat token that opened this session

SIGNED = "_user_id"  # Flask-Login's own key


class NotSignedIn(DomainError):  # noqa: N818 - reads as the answer it gives
    """Nobody asks for what only somebody may: pages lead to the sign-in, machines get 401."""

    status = 401

    def __init__(self) -> None:
        super().__init__("http_401")


class Viewer(UserMixin):
    """A signed-in person as Flask-Login and the templates see them."""

    def __init__(self, secret: str, facts: SignedIn) -> None:
        self.secret = secret
        self.facts = facts
        self.name = facts.name

    def get_id(self) -> str:
        return self.secret


@login.user_loader
def _load(secret: str) -> Viewer | None:
    facts = signed_in(secret)
    return Viewer(secret, facts) if facts else None


def settings() -> Config:
    config: Config = current_app.extensions["orientir"]
    return config


def viewer() -> Viewer | None:
    """Who is signed in; nobody is looked up for a session that nobody signed in."""
    return current_user if SIGNED in session and current_user.is_authenticated else None


def _is_demo() -> bool:
    """Whether the base is the demo, on a machine that only its own people reach."""
    return settings().is_loopback and marks.is_demo()


def shows_demo() -> bool:
    """For pages; whoever holds the key of a sitting is asked nothing of the demo until a page is made."""
    who = actor()
    return who.demo or (who.sitting_id is not None and _is_demo())


def actor() -> Actor:
    """Who asks, once a request."""
    if "actor" not in g:
        g.actor = _make_actor()
    found: Actor = g.actor
    return found


def _make_actor() -> Actor:
    me = viewer()
    demo = _is_demo()
    if me is not None:
        roles = roles_of(me.facts.person_id, clock.now().date())
        return Actor(person_id=me.facts.person_id, roles=roles, demo=demo)
    holder = link_holder(session[LINK]) if LINK in session else None
    if holder is None:
        return Actor(demo=demo)
    return Actor(
        link_seat_id=holder.seat_id,
        link_person_id=holder.person_id,
        link_campaign_id=holder.campaign_id,
        demo=demo,
    )


def screen(
    *permissions: Permission, of_object: bool = True
) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Declare what a view demands; stands directly above the view, below its routes.

    With `of_object` the view must itself call `require(permission, thing)` for the object it loads: a view
    that forgot is answered with an error, not with the page. Screens without an object set it to False and
    are decided here.
    """

    def decorate(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **keywords: P.kwargs) -> R | Response:
            g.permissions_asked = set()
            if not of_object:
                for permission in permissions:
                    if not access.allowed(actor(), permission) and not _somebody():
                        raise NotSignedIn
                    access.require(actor(), permission)
                    g.permissions_asked.add(permission)
            try:
                result = view(*args, **keywords)
            except (Missing, access.Forbidden):
                # To a stranger whatever exists and whatever does not look alike: sign in first.
                if of_object and not _somebody():
                    raise NotSignedIn from None
                raise
            if not g.permissions_asked & set(permissions):
                message = f"{request.endpoint} answered without asking for {permissions}"
                raise RuntimeError(message)
            return result

        guarded.permissions = permissions  # type: ignore[attr-defined]  # read by install and by the tests
        return guarded

    return decorate


def direct(view: Callable[P, R]) -> Callable[P, R]:
    """The view's transaction goes without the ORM; stands above `screen`."""
    view.direct = True  # type: ignore[attr-defined]  # read by the application
    return view


def require(permission: Permission, thing: Thing = NOTHING) -> None:
    """May the asker do this to that? Strangers who are not signed in are sent to sign in by the error page."""
    access.require(actor(), permission, thing)
    if "permissions_asked" in g:
        g.permissions_asked.add(permission)


def may(permission: Permission, thing: Thing = NOTHING) -> bool:
    """For templates and queries: is the button worth showing?"""
    return access.allowed(actor(), permission, thing)


def reading() -> dict[str, str]:
    """How pages look for who asks: kept in the account, or in the cookie of who is not signed in."""
    me = viewer()
    kept = me.facts.reading if me is not None else session.get("reading")
    return kept if isinstance(kept, dict) else {}


def to_sign_in() -> Response:
    return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))


def _somebody() -> bool:
    who = actor()
    return who.person_id is not None or who.link_seat_id is not None or who.sitting_id is not None


def install(app: Flask) -> None:
    @app.before_request
    def _deny_by_default() -> None:
        view: Any = app.view_functions.get(request.endpoint or "")
        if view is None or request.endpoint == "static":
            return
        if not getattr(view, "permissions", ()):
            message = f"{request.endpoint} declares no permission"
            raise RuntimeError(message)

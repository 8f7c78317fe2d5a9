"""Who asks about which route, and refusals told on the page one came from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission, Thing, things
from diagnostics.database import session
from diagnostics.errors import DomainError, FieldRefused, Missing
from diagnostics.pathways.queries import views
from diagnostics.pathways.queries.views import RouteView
from diagnostics.web import guard
from diagnostics.web.guard import require
from diagnostics.web.messages import sentence

TOLD = {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}


def me() -> str:
    """The person who acts: signed in, or known by the link."""
    actor = guard.actor()
    found = actor.person_id or actor.link_person_id
    if found is None:
        raise Missing
    return found


def own() -> Thing:
    """One's own route that may not exist yet."""
    actor = guard.actor()
    return Thing(
        kind="route",
        id="",
        person_id=actor.person_id or actor.link_person_id,
        campaign_id=actor.link_campaign_id,
    )


def own_route_id() -> str | None:
    """The newest living route of the asker; a link reaches only the route of its own diagnosis."""
    actor = guard.actor()
    if actor.person_id is not None:
        return views.newest_of(actor.person_id)
    if actor.link_person_id is not None:
        return views.newest_of(actor.link_person_id, campaign_id=actor.link_campaign_id)
    return None


def asked_route(permission: Permission, route_id: str) -> RouteView:
    """The route, when the asker may do this to it."""
    require(permission, things.route(route_id))
    return views.route(route_id)


def asked_step(permission: Permission, step_id: str) -> str:
    """The id of the step's route, when the asker may do this to it."""
    route_id = views.step_place(step_id)
    require(permission, things.route(route_id))
    return route_id


def to_route(route_id: str, anchor: str = "") -> Redirect:
    """Back to where one acts: a place of this room named by the form, or the route itself."""
    return redirect(url_for("coaching.route", route_id=route_id, _anchor=anchor or None))


@contextmanager
def told() -> Iterator[None]:
    """A refusal of the rules is said on the page; nothing of the refused change stays.

    A refusal of one field goes on to the form that asked.
    """
    try:
        yield
    except FieldRefused:
        session.rollback()
        raise
    except DomainError as refused:
        if refused.status not in TOLD or request.is_json:
            raise
        session.rollback()
        flash(sentence(refused.code, refused.parameters), "error")

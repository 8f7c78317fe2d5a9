"""`orientir user add | role | invite | administrator | second-step-off`: people from the console, for the first hours of a base."""

from __future__ import annotations

import json

import click
import sqlalchemy as sa
from flask import Flask

from diagnostics.cli.keeping import opened
from diagnostics.config import Config
from diagnostics.database import session
from diagnostics.people.actions import accounts, persons, places, roles, second_step, tokens
from diagnostics.people.models import NodeKind, OrgNode, Person, Role
from diagnostics.people.queries.accounts import person_of_login

PLACE_HELP = "Code or id of the place; the topmost one when left out."


@click.group(epilog="Example: orientir user administrator anna@example.org Белова Анна --region «Область»")
def user() -> None:
    """People, roles and invitations from the console."""


@user.command(epilog="Example: orientir user add Соколова Анна --place 0012 --position учитель")
@click.argument("surname")
@click.argument("given_name")
@click.option("--patronymic", default="")
@click.option("--email")
@click.option("--place", help=PLACE_HELP)
@click.option("--position", default="")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def add(
    surname: str,
    given_name: str,
    *,
    patronymic: str,
    email: str | None,
    place: str | None,
    position: str,
    as_json: bool,
) -> None:
    """Add a person who works at a place."""
    with opened(writing=True):
        person_id = persons.add_working(
            surname=surname,
            given_name=given_name,
            patronymic=patronymic,
            email=email,
            node_id=found_place(place),
            position=position,
            actor_id=None,
        ).id
    _say(as_json, f"added: {person_id}", person=person_id)


@user.command(epilog="Example: orientir user role anna@example.org trainer --place 0012")
@click.argument("who")
@click.argument("name", type=click.Choice([one.value for one in Role if one is not Role.ANONYMOUS]))
@click.option("--place", help=PLACE_HELP)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def role(who: str, name: str, *, place: str | None, as_json: bool) -> None:
    """Give WHO (login or id) a role at a place; it reaches everything below."""
    with opened(writing=True):
        person_id = found_person(who)
        roles.grant(person_id=person_id, role=Role(name), node_id=found_place(place), actor_id=None)
    _say(as_json, f"{name}: {person_id}", person=person_id, role=name)


@user.command(epilog="Example: orientir user invite c0ffee12345678 --email anna@example.org")
@click.argument("who")
@click.option("--email", help="The login of somebody who has no account yet.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def invite(who: str, *, email: str | None, as_json: bool) -> None:
    """Print a one-time link for WHO (login or id) to choose a password; earlier links end."""
    with opened(writing=True) as (app, config):
        person_id = found_person(who)
        if email:
            accounts.open_account(person_id=person_id, login=email, actor_id=None)
        link = _link(person_id, app, config)
    _say(as_json, link, person=person_id, link=link)


@user.command(epilog="Example: orientir user administrator anna@example.org Белова Анна --region «Область»")
@click.argument("email")
@click.argument("surname", required=False)
@click.argument("given_name", required=False)
@click.option("--patronymic", default="")
@click.option("--region", help="Name of the region, in a base that has no places yet.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def administrator(
    email: str,
    surname: str | None,
    given_name: str | None,
    *,
    patronymic: str,
    region: str | None,
    as_json: bool,
) -> None:
    """Make EMAIL an administrator of everything and print a one-time link; new people are added by name."""
    with opened(writing=True) as (app, config):
        top = _top() or _new_region(region)
        person_id = person_of_login(email)
        if person_id is None:
            if not surname or not given_name:
                raise click.UsageError(f"nobody signs in as {email}: give SURNAME and GIVEN_NAME too")
            person_id = persons.add_working(
                surname=surname,
                given_name=given_name,
                patronymic=patronymic,
                email=email,
                node_id=top,
                actor_id=None,
            ).id
            accounts.open_account(person_id=person_id, login=email, actor_id=None)
        roles.grant(person_id=person_id, role=Role.ADMINISTRATOR, node_id=top, actor_id=None)
        link = _link(person_id, app, config)
    _say(as_json, link, person=person_id, link=link)


@user.command(name="second-step-off", epilog="Example: orientir user second-step-off anna@example.org")
@click.argument("who")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def second_step_off(who: str, *, as_json: bool) -> None:
    """Let WHO (login or id) sign in by the password alone again: a lost telephone, a new secret key."""
    with opened(writing=True):
        person_id = found_person(who)
        was_on = second_step.turn_off(person_id, actor_id=None)
    said = "second step off" if was_on else "the second step was not on"
    _say(as_json, f"{said}: {person_id}", person=person_id, second_step="off")


def found_person(who: str) -> str:
    found = person_of_login(who) or session.scalar(sa.select(Person.id).where(Person.id == who))
    if found is None:
        raise click.UsageError(f"nobody has the login or id {who!r}")
    return found


def found_place(code: str | None) -> str:
    """Id of an open place by its code or id."""
    query = sa.select(OrgNode.id).where(
        sa.or_(OrgNode.code == code, OrgNode.id == code), OrgNode.closed_on.is_(None)
    )
    found = session.scalar(query) if code else _top()
    if found is None:
        raise click.UsageError(
            f"no open place with the code or id {code!r}" if code else "there is no place yet"
        )
    return found


def _top() -> str | None:
    return session.scalar(
        sa.select(OrgNode.id)
        .where(OrgNode.parent_id.is_(None), OrgNode.closed_on.is_(None))
        .order_by(OrgNode.created_at)
        .limit(1)
    )


def _new_region(name: str | None) -> str:
    if not name:
        raise click.UsageError("the base has no places yet: give --region NAME")
    return places.create(kind=NodeKind.REGION, parent_id=None, name=name, actor_id=None).id


def _link(person_id: str, app: Flask, config: Config) -> str:
    secret = tokens.invite(person_id=person_id, limits=config.limits, actor_id=None)
    # Not url_for: it needs a request or SERVER_NAME, and the console has neither.
    return config.public_url + app.url_map.bind("").build("account.invitation", {"secret": secret})


def _say(as_json: bool, words: str, **facts: str) -> None:  # noqa: FBT001 - the flag of every command
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else words)

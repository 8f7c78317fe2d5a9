"""What is done on a person's card: places of work, roles, the way in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.errors import Conflict, FieldRefused
from diagnostics.outbox import actions as outbox
from diagnostics.people.actions import accounts, memberships, roles, second_step, tokens
from diagnostics.people.models import Role
from diagnostics.people.queries import directory
from diagnostics.upkeep.leaving import leave_everywhere
from diagnostics.web import guard
from diagnostics.web.admin import scope
from diagnostics.web.admin.card import ROLE, WORK, card_page
from diagnostics.web.admin.forms import InvitationForm, MembershipForm, RoleForm
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import require, screen

Page = str | Response | tuple[str, int]


def install(admin: Blueprint) -> None:
    """Bind these screens to the room's blueprint."""
    for end, view in (
        ("place", person_place),
        ("leave", person_leave),
        ("role", person_role),
        ("role/end", person_role_end),
        ("invite", person_invite),
        ("second-off", person_second_off),
    ):
        admin.add_url_rule(f"/admin/people/<person_id>/{end}", view.__name__, view, methods=["POST"])


@screen(Permission.ADMIN_PEOPLE)
def person_place(person_id: str) -> Page:
    form = MembershipForm(prefix=WORK)
    return _filled(
        person_id,
        form,
        lambda: memberships.join(
            person_id=person_id,
            node_id=form.place.data,
            position=form.position.data or "",
            subject=form.subject.data or "",
            since=form.since.data,
            actor_id=_me(),
        ),
        _("Место работы записано."),
    )


@screen(Permission.ADMIN_PEOPLE)
def person_role(person_id: str) -> Page:
    form = RoleForm(prefix=ROLE)
    return _filled(
        person_id,
        form,
        lambda: roles.grant(
            person_id=person_id, role=Role(form.role.data), node_id=form.place.data, actor_id=_me()
        ),
        _("Роль дана: она действует со следующего щелчка."),
    )


@screen(Permission.ADMIN_PEOPLE)
def person_leave(person_id: str) -> Page:
    require(Permission.ADMIN_PEOPLE, things.person(person_id))
    where = {work.membership_id: work.node_id for work in directory.card(person_id).works}
    if chosen := _chosen("membership", where):
        memberships.leave(chosen, actor_id=_me())
    return _back(person_id, _("Место работы закрыто сегодняшним днём."))


@screen(Permission.ADMIN_PEOPLE)
def person_role_end(person_id: str) -> Page:
    require(Permission.ADMIN_PEOPLE, things.person(person_id))
    where = {grant.grant_id: grant.node_id for grant in directory.card(person_id).grants}
    if chosen := _chosen("grant", where):
        roles.end(chosen, actor_id=_me())
    return _back(person_id, _("Роль снята."))


@screen(Permission.PERSON_ENTRY)
def person_invite(person_id: str) -> Page:
    """The link goes by letter and is shown once: where there is no mail, it is handed over."""
    require(Permission.PERSON_ENTRY, things.person(person_id))
    form = InvitationForm()
    if not form.validate_on_submit():
        return card_page(person_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    config = guard.settings()
    try:
        accounts.open_account(person_id=person_id, login=form.email.data, actor_id=_me())
    except (FieldRefused, Conflict) as refused:
        return _refused(person_id, form, refused)
    secret = tokens.invite(person_id=person_id, limits=config.limits, actor_id=_me())
    link = config.public_url + url_for("account.invitation", secret=secret)
    days = config.limits.invitation_days
    outbox.write(
        to_address=form.email.data,
        subject=_("Приглашение в систему «Ориентир»"),
        text=render_template("admin/letters/invitation.txt", link=link, days=days),
        about="invitation",
        to_person_id=person_id,
        sender_id=_me(),
        readable_until=clock.now() + timedelta(days=days),
    )
    return render_template("admin/invited.html", card=directory.card(person_id), link=link, days=days)


@screen(Permission.PERSON_ENTRY)
def person_second_off(person_id: str) -> Page:
    """A lost telephone: the password alone is enough once more, and every browser is signed out."""
    require(Permission.PERSON_ENTRY, things.person(person_id))
    if second_step.turn_off(person_id, actor_id=_me()):
        leave_everywhere(person_id, actor_id=_me())
    return _back(person_id, _("Второй шаг входа выключен. Пусть человек включит его заново."))


def _filled(person_id: str, form: MembershipForm | RoleForm, act: Callable[[], object], words: str) -> Page:
    """A form with a place: both the person and the place must be within reach."""
    require(Permission.ADMIN_PEOPLE, things.person(person_id))
    scope.fill(form.place)
    if not form.validate_on_submit():
        return card_page(person_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    require(Permission.ADMIN_PEOPLE, things.node(form.place.data))
    try:
        act()
    except (FieldRefused, Conflict) as refused:
        return _refused(person_id, form, refused)
    return _back(person_id, words)


def _refused(person_id: str, form: FlaskForm, refused: FieldRefused | Conflict) -> Page:
    named = refused if isinstance(refused, FieldRefused) else FieldRefused(refused.code, field="email")
    put_error(form, named, {"login": "email"})
    return card_page(person_id, form), refused.status


def _chosen(field: str, where: Mapping[str, str]) -> str | None:
    """The posted id when it is one of this card's; its place must be within reach as well."""
    chosen = request.form.get(field, "")
    if chosen not in where:
        return None
    require(Permission.ADMIN_PEOPLE, things.node(where[chosen]))
    return chosen


def _me() -> str | None:
    return guard.actor().person_id


def _back(person_id: str, words: str) -> Response:
    flash(words, "ok")
    return redirect(url_for("admin.person", person_id=person_id))

"""People: found by name, added, one person's card with places, roles, invitation and erasure."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.errors import DomainError
from diagnostics.outbox import actions as outbox
from diagnostics.people.actions import accounts, memberships, persons, roles, tokens
from diagnostics.people.models import Role
from diagnostics.people.names import fold
from diagnostics.people.queries import directory
from diagnostics.upkeep import erasing
from diagnostics.web import guard
from diagnostics.web.admin import scope
from diagnostics.web.admin.forms import ErasureForm, InvitationForm, MembershipForm, PersonForm, RoleForm
from diagnostics.web.admin.words import REMOVED, SEES
from diagnostics.web.guard import require, screen
from diagnostics.web.rail import TITLES

Page = str | Response | tuple[str, int]
# Two forms of a card have a field of the same name: prefixes keep their ids apart.
WORK, ROLE = "work", "role"


def install(admin: Blueprint) -> None:
    """Bind these screens to the room's blueprint."""
    admin.add_url_rule("/admin/people", "people", people)
    admin.add_url_rule("/admin/people/new", "person_new", person_new, methods=["GET", "POST"])
    admin.add_url_rule("/admin/people/<person_id>", "person", person)
    admin.add_url_rule("/admin/people/<person_id>/place", "person_place", person_place, methods=["POST"])
    admin.add_url_rule("/admin/people/<person_id>/leave", "person_leave", person_leave, methods=["POST"])
    admin.add_url_rule("/admin/people/<person_id>/role", "person_role", person_role, methods=["POST"])
    admin.add_url_rule(
        "/admin/people/<person_id>/role/end", "person_role_end", person_role_end, methods=["POST"]
    )
    admin.add_url_rule("/admin/people/<person_id>/invite", "person_invite", person_invite, methods=["POST"])
    admin.add_url_rule(
        "/admin/people/<person_id>/erase", "person_erase", person_erase, methods=["GET", "POST"]
    )


@screen(Permission.ADMIN_LIST, of_object=False)
def people() -> str:
    asked = request.args.get("q", "").strip()
    page = request.args.get("page", 1, type=int)
    found = directory.search(
        scope.paths(), asked, page=page, maximum=guard.settings().limits.search_characters
    )
    return render_template(
        "admin/people.html", found=found, asked=asked, places=scope.reachable(), depth=scope.depth
    )


@screen(Permission.ADMIN_LIST, of_object=False)
def person_new() -> Page:
    form = PersonForm()
    scope.fill(form.place)
    if not form.validate_on_submit():
        return render_template("admin/person_new.html", form=form), _status(form.errors)
    require(Permission.ADMIN_PEOPLE, things.node(form.place.data))
    me = guard.actor().person_id
    made = persons.add(
        surname=form.surname.data,
        given_name=form.given_name.data,
        patronymic=form.patronymic.data or "",
        email=form.email.data or None,
        actor_id=me,
    )
    memberships.join(
        person_id=made.id,
        node_id=form.place.data,
        position=form.position.data or "",
        subject=form.subject.data or "",
        since=clock.now().date(),
        actor_id=me,
    )
    flash(_("Человек добавлен. Дайте роль и пригласите, если нужен вход."), "ok")
    return redirect(url_for("admin.person", person_id=made.id))


@screen(Permission.ADMIN_PEOPLE)
def person(person_id: str) -> Page:
    require(Permission.ADMIN_PEOPLE, things.person(person_id))
    return _card(person_id)


@screen(Permission.ADMIN_PEOPLE)
def person_place(person_id: str) -> Page:
    require(Permission.ADMIN_PEOPLE, things.person(person_id))
    form = MembershipForm(prefix=WORK)
    scope.fill(form.place)
    if not form.validate_on_submit():
        return _card(person_id, membership=form), HTTPStatus.UNPROCESSABLE_ENTITY
    require(Permission.ADMIN_PEOPLE, things.node(form.place.data))
    memberships.join(
        person_id=person_id,
        node_id=form.place.data,
        position=form.position.data or "",
        subject=form.subject.data or "",
        since=form.since.data,
        actor_id=guard.actor().person_id,
    )
    return _back(person_id, _("Место работы записано."))


@screen(Permission.ADMIN_PEOPLE)
def person_leave(person_id: str) -> Page:
    require(Permission.ADMIN_PEOPLE, things.person(person_id))
    mine = {work.membership_id for work in directory.card(person_id).works}
    if request.form.get("membership") in mine:
        memberships.leave(request.form["membership"], actor_id=guard.actor().person_id)
    return _back(person_id, _("Место работы закрыто сегодняшним днём."))


@screen(Permission.ADMIN_PEOPLE)
def person_role(person_id: str) -> Page:
    require(Permission.ADMIN_PEOPLE, things.person(person_id))
    form = RoleForm(prefix=ROLE)
    scope.fill(form.place)
    if not form.validate_on_submit():
        return _card(person_id, role=form), HTTPStatus.UNPROCESSABLE_ENTITY
    require(Permission.ADMIN_PEOPLE, things.node(form.place.data))
    roles.grant(
        person_id=person_id,
        role=Role(form.role.data),
        node_id=form.place.data,
        actor_id=guard.actor().person_id,
    )
    return _back(person_id, _("Роль дана: она действует со следующего щелчка."))


@screen(Permission.ADMIN_PEOPLE)
def person_role_end(person_id: str) -> Page:
    require(Permission.ADMIN_PEOPLE, things.person(person_id))
    held = {grant.grant_id for grant in directory.card(person_id).grants}
    if request.form.get("grant") in held:
        roles.end(request.form["grant"], actor_id=guard.actor().person_id)
    return _back(person_id, _("Роль снята."))


@screen(Permission.ADMIN_PEOPLE)
def person_invite(person_id: str) -> Page:
    """The link goes by letter and is shown once: where there is no mail, it is handed over."""
    require(Permission.ADMIN_PEOPLE, things.person(person_id))
    form = InvitationForm()
    if not form.validate_on_submit():
        return _card(person_id, invitation=form), HTTPStatus.UNPROCESSABLE_ENTITY
    config, me = guard.settings(), guard.actor().person_id
    accounts.open_account(person_id=person_id, login=form.email.data, actor_id=me)
    secret = tokens.invite(person_id=person_id, limits=config.limits, actor_id=me)
    link = config.public_url + url_for("account.invitation", secret=secret)
    outbox.write(
        to_address=form.email.data,
        subject=_("Приглашение в систему «Ориентир»"),
        text=render_template("admin/letters/invitation.txt", link=link, days=config.limits.invitation_days),
        about="invitation",
        to_person_id=person_id,
        sender_id=me,
    )
    return render_template("admin/invited.html", card=directory.card(person_id), link=link)


@screen(Permission.PERSON_ERASE)
def person_erase(person_id: str) -> Page:
    """A check page first: what goes, what stays; the surname is typed to confirm."""
    require(Permission.PERSON_ERASE, things.person(person_id))
    card = directory.card(person_id)
    form = ErasureForm()
    if not form.validate_on_submit():
        return render_template("admin/erase.html", card=card, form=form), _status(form.errors)
    if fold(form.surname.data) != fold(card.full_name.split()[0]):
        raise DomainError("name_not_repeated")
    act = erasing.erase(
        person_id,
        actor_id=guard.actor().person_id,
        files_dir=guard.settings().files_dir,
        journal=guard.settings().erased_log,
    )
    return render_template("admin/erased.html", act=act, names=REMOVED)


def _card(person_id: str, **wrong: object) -> str:
    membership = wrong.get("membership") or MembershipForm(
        formdata=None, prefix=WORK, since=clock.now().date()
    )
    role = wrong.get("role") or RoleForm(formdata=None, prefix=ROLE)
    for form in (membership, role):
        scope.fill(form.place)  # type: ignore[attr-defined]  # both forms have a place
    card = directory.card(person_id)
    invitation = wrong.get("invitation") or InvitationForm(formdata=None, email=card.login or card.email)
    return render_template(
        "admin/person.html",
        card=card,
        membership=membership,
        role=role,
        invitation=invitation,
        mistaken=next(iter(wrong.values()), None),
        titles=TITLES,
        sees=SEES,
        today=clock.now().date(),
    )


def _back(person_id: str, words: str) -> Response:
    flash(words, "ok")
    return redirect(url_for("admin.person", person_id=person_id))


def _status(errors: object) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK

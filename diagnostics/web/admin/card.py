"""One person's card with its three forms; the mistaken one keeps what was typed."""

from __future__ import annotations

from flask import render_template
from flask_wtf import FlaskForm

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.people.queries import directory, second_step
from diagnostics.upkeep import erasing
from diagnostics.web import guard
from diagnostics.web.admin import scope
from diagnostics.web.admin.forms import InvitationForm, MembershipForm, RoleForm
from diagnostics.web.admin.words import SEES
from diagnostics.web.rail import TITLES

# Two forms of a card have a field of the same name: prefixes keep their ids apart.
WORK, ROLE = "work", "role"


def card_page(person_id: str, mistaken: FlaskForm | None = None) -> str:
    card = directory.card(person_id)
    today = clock.now().date()
    membership = MembershipForm(formdata=None, prefix=WORK, since=today)
    role = RoleForm(formdata=None, prefix=ROLE)
    invitation = InvitationForm(formdata=None, email=card.login or card.email)
    forms = {type(form): form for form in (membership, role, invitation, mistaken) if form is not None}
    for kind in (MembershipForm, RoleForm):
        scope.fill(forms[kind].place)
    return render_template(
        "admin/person.html",
        card=card,
        membership=forms[MembershipForm],
        role=forms[RoleForm],
        invitation=forms[InvitationForm],
        mistaken=mistaken,
        titles=TITLES,
        sees=SEES,
        today=today,
        within={one.id for one in scope.reachable()},
        hold=erasing.hold_of(person_id),
        second=second_step.state(person_id, setting=guard.settings().second_step),
        may_enter=guard.may(Permission.PERSON_ENTRY, things.person(person_id)),
    )

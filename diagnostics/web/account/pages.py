"""Help and accessibility: answers by role, what we promise, whom to ask."""

from __future__ import annotations

from flask import render_template

from diagnostics.access import Permission
from diagnostics.people.queries.contacts import contact_for
from diagnostics.web import guard
from diagnostics.web.account.blueprint import account
from diagnostics.web.guard import screen


@account.get("/help")
@screen(Permission.PUBLIC, of_object=False)
def help_page() -> str:
    actor = guard.actor()
    contact = contact_for(actor.person_id or actor.link_person_id)
    return render_template(
        "account/help.html", contact=contact, roles={one.role.value for one in actor.roles}
    )


@account.get("/accessibility")
@screen(Permission.PUBLIC, of_object=False)
def accessibility() -> str:
    actor = guard.actor()
    return render_template(
        "account/accessibility.html", contact=contact_for(actor.person_id or actor.link_person_id)
    )

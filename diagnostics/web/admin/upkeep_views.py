"""State of the system, the audit journal, letters on the screen."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from diagnostics.access import Permission
from diagnostics.audit import queries as audit
from diagnostics.errors import DomainError
from diagnostics.outbox import queries as outbox
from diagnostics.people.models import Role
from diagnostics.upkeep import health as system
from diagnostics.web import guard
from diagnostics.web.admin.audit_words import act_words, object_words
from diagnostics.web.admin.tables import audit_table
from diagnostics.web.admin.words import HEALTH, LETTER_STATES
from diagnostics.web.guard import screen
from diagnostics.web.spreadsheets import spreadsheet

MOST_ROWS = 10_000


def install(admin: Blueprint) -> None:
    """Bind these screens to the room's blueprint."""
    admin.add_url_rule("/admin/health", "health", health)
    admin.add_url_rule("/admin/audit", "audit", audit_journal)
    admin.add_url_rule("/admin/audit.xlsx", "audit_xlsx", audit_xlsx)
    admin.add_url_rule("/outbox", "outbox", outbox_on_screen)


@screen(Permission.ADMIN_HEALTH, of_object=False)
def health() -> str:
    lines = system.lines(guard.settings().data_dir)
    return render_template(
        "admin/health.html", lines=lines, names=HEALTH, well=all(line.well for line in lines)
    )


@screen(Permission.AUDIT_READ, of_object=False)
def audit_journal() -> str:
    asked = _asked()
    return render_template(
        "admin/audit.html",
        lines=audit.lines(about=asked or None),
        asked=asked,
        act_words=act_words,
        object_words=object_words,
    )


@screen(Permission.AUDIT_READ, of_object=False)
def audit_xlsx() -> Response:
    """The newest rows, as many as a person can work through in a spreadsheet."""
    return spreadsheet(
        audit_table(audit.lines(about=_asked() or None, limit=MOST_ROWS)), _("Журнал действий")
    )


@screen(Permission.OUTBOX_READ, of_object=False)
def outbox_on_screen() -> str:
    """An administrator sees every letter, others those that they caused."""
    actor = guard.actor()
    sender = None if actor.has(Role.ADMINISTRATOR) else actor.person_id
    return render_template(
        "admin/outbox.html",
        letters=outbox.letters(sender_id=sender),
        states=LETTER_STATES,
        mail=bool(guard.settings().mail_url),
    )


def _asked() -> str:
    asked, most = request.args.get("id", "").strip(), guard.settings().limits.search_characters
    if len(asked) > most:
        raise DomainError("search_too_long", maximum=most)
    return asked

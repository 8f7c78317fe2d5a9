"""Who can check a draft: methodologists and experts at its place or above it who wrote none of it."""

from __future__ import annotations

from diagnostics.access import things
from diagnostics.campaigns.queries.audience import name_of
from diagnostics.people.models import Role
from diagnostics.people.queries.actors import holders_at
from diagnostics.web.authoring.life.opened import Opened


def reviewers_at(opened: Opened) -> list[str]:
    """Names; empty where the authors are the only ones."""
    people = holders_at(things.draft(opened.id).path, (Role.METHODOLOGIST, Role.EXPERT))
    return [name_of(one) for one in people if one not in opened.view.line.authors]

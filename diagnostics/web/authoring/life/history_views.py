"""«История»: every step of a draft, who made it and what it changed; what was put aside is not lost."""

from __future__ import annotations

from flask import render_template

from diagnostics.access import Permission
from diagnostics.catalogue.draft_models import StepKind
from diagnostics.catalogue.queries import drafts as reading
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.life.changes import places_of
from diagnostics.web.authoring.life.opened import Opened, language, me, names_of
from diagnostics.web.authoring.life.words import DRAFT_STATES, STEPS
from diagnostics.web.guard import screen
from diagnostics.web.listing import page_of

MOST_STEPS = 1000


@authoring.get("/instruments/drafts/<draft_id>/history")
@screen(Permission.INSTRUMENT_REVIEW)
def draft_history(draft_id: str) -> str:
    opened = Opened.to_read(draft_id)
    shown = page_of(reading.steps(draft_id, limit=MOST_STEPS))
    steps = [
        (one, places_of(one.patch, language()) if one.kind is not StepKind.CREATED else [])
        for one in shown.items
    ]
    return render_template(
        "authoring/life/history.html",
        opened=opened,
        line=opened.view.line,
        state=DRAFT_STATES[opened.state],
        steps=steps,
        shown=shown,
        names=names_of(one.person_id for one in shown.items),
        words=STEPS,
        unsettled=reading.unsettled(draft_id, me()) if opened.may_write else [],
    )

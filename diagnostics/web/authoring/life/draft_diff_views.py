"""A draft against the version before it, before anybody else has met the draft."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _

from diagnostics.access import Permission
from diagnostics.catalogue import comparing
from diagnostics.catalogue.draft_models import Draft, DraftKind
from diagnostics.catalogue.models import Comparability
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.life.compared import effect_on, groups_of, is_milder, shown, side_of
from diagnostics.web.authoring.life.opened import Opened
from diagnostics.web.authoring.life.words import CLASSES, DRAFT_STATES
from diagnostics.web.guard import screen
from diagnostics.web.terms import WAVE_NAMES
from instruments.versions import Side


@authoring.get("/instruments/drafts/<draft_id>/diff")
@screen(Permission.INSTRUMENT_REVIEW)
def draft_diff(draft_id: str) -> str:
    """Of works and of mended keys; differences of a framework stand on the page of its check."""
    opened = Opened.to_read(draft_id)
    if opened.kind is DraftKind.FRAMEWORK:
        raise Missing
    old, new = side_of(opened.before) if opened.before else None, _side(opened)
    both = (old, new) if old and new else None
    claim = opened.view.wanted.get("claim")
    found = comparing.found_against(session.get_one(Draft, draft_id), opened.checked) if both else None
    return render_template(
        "authoring/life/draft_diff.html",
        opened=opened,
        line=opened.view.line,
        state=DRAFT_STATES[opened.state],
        readable=new is not None,
        found=found,
        claim=Comparability(claim) if claim else None,
        milder=is_milder(Comparability(claim) if claim else None, found),
        reason=opened.view.wanted.get("reason", ""),
        classes=CLASSES,
        effect=effect_on(opened.before.id, *both)
        if opened.before and both and opened.checked.sound
        else None,
        wave_names=WAVE_NAMES,
        translate=_,
        **shown(groups_of(*both) if both else []),
    )


def _side(opened: Opened) -> Side | None:
    """The draft's documents; None while they cannot be read."""
    asked = opened.checked.instrument
    return Side(asked, opened.checked.scoring) if asked else None

"""Words of nameless respondents: moved apart from the other answers when the sitting is sent."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from diagnostics.campaigns.models import Seat
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.sittings.models import AnswerEvent, FreeText, Sitting
from diagnostics.sittings.standing import Standing
from instruments.document import is_free_text


def texts_apart(sitting_id: str, standing: Standing) -> Standing:
    """Store the words by circle only, delete their events, and return the standing without them.

    Must run before the sitting is sent: afterwards its events are frozen.
    """
    sitting = session.get_one(Sitting, sitting_id)
    circle_id = session.get_one(Seat, sitting.seat_id).circle_id
    asked = catalogue.instrument(sitting.instrument_id).form_items(sitting.form)
    codes = [item.code for item in asked if is_free_text(item)]
    if circle_id is None or not codes:
        return standing
    said = {code: standing.answers[code] for code in codes if code in standing.answers}
    session.add_all(FreeText(circle_id=circle_id, item=code, text=str(text)) for code, text in said.items())
    session.execute(
        sa.delete(AnswerEvent).where(AnswerEvent.sitting_id == sitting_id, AnswerEvent.item.in_(codes))
    )
    session.flush()
    return replace(
        standing, answers={code: value for code, value in standing.answers.items() if code not in said}
    )

"""What the pages of an organiser say of a paused collection; shared by diagnoses and self-assessments."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length, Optional

from diagnostics.campaigns.actions.pausing import LONGEST_REASON
from diagnostics.web.words import day_at_end, day_time


class PauseForm(FlaskForm):
    reason = StringField(
        lazy_gettext("Причина"),
        [
            Optional(),
            Length(max=LONGEST_REASON, message=lazy_gettext("Причина длиннее %(max)d знаков")),
        ],
    )


def paused_words(paused_at: datetime, zone: str) -> str:
    """«Сбор приостановлен с 22 ноября, 14:05»."""
    return _("Сбор приостановлен с %(since)s", since=day_time(paused_at, zone))


def now_paused() -> str:
    """Told to the organiser who has just paused."""
    return _("Сбор приостановлен. Сохранённые ответы на месте; люди видят, что надо подождать.")


def now_resumed(closes_at: datetime, zone: str) -> str:
    """Told to the organiser who has just resumed: the end did not move by itself."""
    return _(
        "Сбор возобновлён. Последний день прежний: %(day)s. Если времени осталось мало, продлите.",
        day=day_at_end(closes_at, zone),
    )

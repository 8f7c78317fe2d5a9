"""Forms of more time: how much, and why, from a short list; no words of one's own, so nobody's diagnosis is written."""

from __future__ import annotations

from typing import Self

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField

from diagnostics.campaigns.actions import extra_time as reasons
from diagnostics.web.form_fields import choices
from diagnostics.web.sentences.common import N_

FACTORS = (
    ("1", N_("Как у всех")),
    ("1.25", N_("Больше на четверть")),
    ("1.5", N_("Больше в полтора раза")),
    ("2", N_("Вдвое больше")),
)
REASON_WORDS = {
    reasons.AGREED: N_("особые условия согласованы заранее"),
    reasons.ASKED: N_("по просьбе участника"),
    reasons.LANGUAGE: N_("язык работы не родной"),
    reasons.DEVICE: N_("отвечает с вспомогательными средствами"),
}
PROLONG_WORDS = {
    reasons.LINK: N_("не было связи"),
    reasons.BROKEN: N_("сбой устройства"),
    reasons.INTERRUPTED: N_("работу прервали не по вине участника"),
    reasons.FORGOTTEN: N_("условие согласовали, но не внесли до начала"),
}
CHOOSE = ("", lazy_gettext("Выберите причину"))


class ExtraTimeForm(FlaskForm):
    """Before the work begins."""

    factor = SelectField(
        lazy_gettext("Время на работу"),
        choices=choices([(value, lazy_gettext(words)) for value, words in FACTORS]),
    )
    reason = SelectField(
        lazy_gettext("Причина"),
        choices=choices([CHOOSE, *((code, lazy_gettext(words)) for code, words in REASON_WORDS.items())]),
    )

    @classmethod
    def of(cls, factor: float) -> Self:
        form = cls()
        form.factor.data = f"{factor:g}"
        return form


class ProlongForm(ExtraTimeForm):
    """While the work goes on: only more than there is."""

    factor = SelectField(
        lazy_gettext("Продлить время"),
        choices=choices([(value, lazy_gettext(words)) for value, words in FACTORS[1:]]),
    )
    reason = SelectField(
        lazy_gettext("Почему"),
        choices=choices([CHOOSE, *((code, lazy_gettext(words)) for code, words in PROLONG_WORDS.items())]),
    )

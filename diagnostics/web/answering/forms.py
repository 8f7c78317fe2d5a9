from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from diagnostics.web.fields import CodeField

LONGEST_NAME = 100
LONGEST_CODE = 40


class SurnameForm(FlaskForm):
    """«Это вы?»: the first use of a link or a card."""

    surname = StringField(
        lazy_gettext("Фамилия"),
        [
            InputRequired(lazy_gettext("Введите фамилию")),
            Length(max=LONGEST_NAME, message=lazy_gettext("Фамилия слишком длинная")),
        ],
    )


class CodeForm(FlaskForm):
    school = CodeField(
        lazy_gettext("Код школы"),
        [
            InputRequired(lazy_gettext("Введите код школы")),
            Length(max=LONGEST_CODE, message=lazy_gettext("Код школы слишком длинный")),
        ],
    )
    code = CodeField(
        lazy_gettext("Ваш код"),
        [
            InputRequired(lazy_gettext("Введите код с карточки")),
            Length(max=LONGEST_CODE, message=lazy_gettext("Код слишком длинный")),
        ],
    )


class ConsentForm(FlaskForm):
    agree = BooleanField(lazy_gettext("Даю согласие на обработку персональных данных"))

    def validate_agree(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(
                _("Без согласия начать нельзя. Отметьте его или выберите «Не даю согласия».")
            )

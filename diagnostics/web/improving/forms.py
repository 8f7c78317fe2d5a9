from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from diagnostics.campaigns.actions.assessments import PARENT, SHEET, TEACHER, Asked
from diagnostics.campaigns.actions.circles import MOST_EXPECTED
from diagnostics.campaigns.actions.drafting import LONGEST_TITLE
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.web.form_fields import DayField, choices
from diagnostics.web.improving.classes import read_classes

REQUIRED_DAY = InputRequired(lazy_gettext("Укажите день"))


class NumberField(IntegerField):
    """How many people: a whole number; what was typed wrongly stays in the field and is said in words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].replace(" ", "").replace("\u00a0", "") if valuelist else ""
        self.data = None
        if not text:
            return
        if not text.isdecimal() or int(text) > MOST_EXPECTED:
            raise ValueError(_("Число — от 0 до %(most)s", most=MOST_EXPECTED))
        self.data = int(text)


class LaunchForm(FlaskForm):
    """A self-assessment on one page, filled in beforehand."""

    work = SelectField(lazy_gettext("Анкеты"), [InputRequired(lazy_gettext("Выберите анкеты"))])
    title = StringField(
        lazy_gettext("Название"),
        [
            InputRequired(lazy_gettext("Напишите название")),
            Length(max=LONGEST_TITLE, message=lazy_gettext("Название слишком длинное")),
        ],
    )
    first_day = DayField(lazy_gettext("Первый день"), [REQUIRED_DAY])
    last_day = DayField(lazy_gettext("Последний день"), [REQUIRED_DAY])
    sheet = BooleanField(lazy_gettext("Заполняем лист администрации"))
    teachers = NumberField(lazy_gettext("Сколько учителей"), [Optional()])
    teachers_way = RadioField(
        lazy_gettext("Как входят учителя"),
        choices=choices(
            [
                ("link", lazy_gettext("По общей ссылке")),
                ("codes", lazy_gettext("По одноразовым кодам на бумаге")),
            ]
        ),
    )
    classes = TextAreaField(lazy_gettext("Классы и число учеников"), [Length(max=4000), Optional()])
    parents = NumberField(lazy_gettext("Сколько родителей"), [Optional()])

    def asked(self) -> list[Asked]:
        """The circles of a valid form; parents left empty are as many as pupils. FieldRefused: `classes`."""
        pupils = read_classes(self.classes.data or "")
        parents = self.parents.data
        if parents is None:
            parents = min(sum(one.expected for one in pupils), MOST_EXPECTED)
        return [
            Asked(SHEET, 1 if self.sheet.data else 0, CircleWay.SHEET),
            Asked(TEACHER, self.teachers.data or 0, CircleWay(self.teachers_way.data)),
            *pupils,
            Asked(PARENT, parents, CircleWay.LINK),
        ]


class LastDayForm(FlaskForm):
    last_day = DayField(lazy_gettext("Последний день"), [REQUIRED_DAY])


class ExpectedForm(FlaskForm):
    expected = NumberField(
        lazy_gettext("Сколько человек ждём"), [InputRequired(lazy_gettext("Укажите число"))]
    )

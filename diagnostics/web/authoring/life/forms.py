"""Forms of the life of a draft."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

LONGEST_TITLE = 200


class NewForm(FlaskForm):
    title = StringField(
        lazy_gettext("Название"),
        [Length(max=LONGEST_TITLE, message=lazy_gettext("Слишком длинное название"))],
    )
    way = RadioField(
        lazy_gettext("С чего начать"),
        [InputRequired(lazy_gettext("Выберите, с чего начать"))],
        validate_choice=True,
    )
    source = SelectField(lazy_gettext("Какую работу взять"), validate_choice=False)
    node = SelectField(lazy_gettext("Чья работа"))


class SubmitForm(FlaskForm):
    revision = IntegerField(widget=HiddenInput())
    to = RadioField(lazy_gettext("Что будет после проверки"), validate_choice=False)
    claim = RadioField(lazy_gettext("Что изменилось по сравнению с прежней версией"), validate_choice=False)
    anchors = SelectMultipleField(
        lazy_gettext("Общие задания с прежней версией"),
        option_widget=CheckboxInput(),
        widget=ListWidget(),
        validate_choice=False,
    )
    reason = TextAreaField(lazy_gettext("Что изменено и почему"), [Length(max=1000)])


class ApproveForm(FlaskForm):
    revision = IntegerField(widget=HiddenInput())
    checklist = SelectMultipleField(
        lazy_gettext("Что проверено"),
        option_widget=CheckboxInput(),
        widget=ListWidget(),
        validate_choice=False,
    )
    note = TextAreaField(lazy_gettext("Заключение"), [Length(max=1000)])


class ReturnForm(FlaskForm):
    note = TextAreaField(lazy_gettext("Что исправить"), [Length(max=1000)], id="return-note")


class CommentForm(FlaskForm):
    place = HiddenField()
    answers = HiddenField()
    body = TextAreaField(
        lazy_gettext("Замечание"), [DataRequired(lazy_gettext("Напишите замечание.")), Length(max=4000)]
    )

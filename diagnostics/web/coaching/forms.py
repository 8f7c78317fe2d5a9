"""Forms of routes; the rules stand in the actions, a form only reads and keeps what was typed."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from diagnostics.reporting.route_words import FORMATS, MODES
from diagnostics.web.form_fields import DayField, choices
from reports.wording.numbers import capitalised

MOST_TEXT = 4000


class HoursField(DecimalField):
    """Hours with a comma or a point; a whole number is shown without ,0."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([valuelist[0].strip().replace(",", ".")] if valuelist else [])
        except ValueError as wrong:
            raise ValueError(_("Напишите число, например 2,5")) from wrong
        if self.data is not None and not self.data.is_finite():  # Decimal reads «NaN» and «Infinity» too
            raise ValueError(_("Напишите число, например 2,5"))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:g}".replace(".", ",") if self.data is not None else ""


def _many(label: str, titles: dict[str, str]) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        choices=lambda: choices((code, capitalised(_(title))) for code, title in titles.items()),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


def _day(label: str) -> DayField:
    return DayField(label, [InputRequired(_l("Укажите день"))])


def _words(label: str, *, required: str = "") -> TextAreaField:
    first = InputRequired(required) if required else Optional()
    return TextAreaField(label, [first, Length(max=MOST_TEXT, message=_l("Слишком длинный текст"))])


class LimitsForm(FlaskForm):
    hours = HoursField(_l("Сколько часов всего"), [InputRequired(_l("Укажите часы"))])
    ends_on = _day(_l("Последний день маршрута"))
    max_steps = IntegerField(
        _l("Сколько шагов, вместе с итоговой диагностикой"), [InputRequired(_l("Укажите число шагов"))]
    )
    formats = _many(_l("Какие формы подходят (не отмечено — любые)"), FORMATS)
    modes = _many(_l("Как удобно участвовать (не отмечено — любым способом)"), MODES)


class OwnStepForm(FlaskForm):
    title = StringField(_l("Что вы сделаете"), [InputRequired(_l("Назовите шаг"))])
    content = _words(_l("Подробнее"))
    competence = SelectField(_l("К какому блоку относится"), [Optional()])
    hours = HoursField(_l("Часы"), [InputRequired(_l("Укажите часы"))])
    due_on = _day(_l("До какого дня"))
    evidence = StringField(_l("Чем подтвердите"), [Optional(), Length(max=200)])


class SendForm(FlaskForm):
    goal = StringField(_l("Цель одной фразой"), [Optional(), Length(max=300)])


class EvidenceForm(FlaskForm):
    text = _words(_l("Чем подтверждаете"), required=_l("Опишите результат хотя бы одной фразой"))
    file = FileField(_l("Файл"))


class LessonForm(FlaskForm):
    text = _words(_l("Что изменилось"), required=_l("Напишите хотя бы одну фразу"))


class PauseForm(FlaskForm):
    until = _day(_l("До какого дня"))


class ReturnForm(FlaskForm):
    phrase = SelectField(_l("Начать с готовой фразы"), [Optional()])
    reason = _words(_l("Что поправить"))


class WaiveForm(FlaskForm):
    phrase = SelectField(_l("Готовая причина"), [Optional()])
    reason = _words(_l("Своими словами"))


class ClarifyForm(FlaskForm):
    outcome = RadioField(
        _l("Подтвердился ли вывод"),
        [InputRequired(_l("Выберите решение"))],
        choices=[
            SelectChoice("shown", _l("Да, есть что развивать: шаги остаются")),
            SelectChoice("not_shown", _l("Нет: шаги по этим блокам отложить")),
        ],
    )
    text = _words(_l("На чём основано решение"), required=_l("Напишите, на чём основано решение"))


class RemarkForm(FlaskForm):
    text = _words(_l("Ответ учителю"))


class CompleteForm(FlaskForm):
    text = _words(_l("Заключение и рекомендации"), required=_l("Напишите заключение: оно войдёт в документ"))


def with_phrases(form: ReturnForm | WaiveForm, phrases: tuple[str, ...]) -> None:
    form.phrase.choices = [SelectChoice("", _l("Без готовой фразы"))] + [
        SelectChoice(text, _l(text)) for text in phrases
    ]


def said(form: ReturnForm | WaiveForm) -> str:
    """The phrase and one's own words together."""
    return " ".join(part for part in (form.phrase.data or "", form.reason.data or "") if part)

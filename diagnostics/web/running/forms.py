from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from diagnostics.campaigns.actions.drafting import LONGEST_TITLE
from diagnostics.campaigns.windows import window
from diagnostics.errors import FieldRefused
from diagnostics.people.queries.places import DEFAULT_ZONE
from diagnostics.web.form_fields import DayField, choices, day, put_error
from diagnostics.web.running.words import SEES

LONGEST_BASIS = 200
CLARIFY_MOST = (3, 6, 9, 12)
REQUIRED_DAY = InputRequired(lazy_gettext("Укажите день"))


TITLE_LENGTH = Length(max=LONGEST_TITLE, message=lazy_gettext("Название слишком длинное"))


def _title() -> StringField:
    needed = InputRequired(lazy_gettext("Напишите название"))
    return StringField(lazy_gettext("Название"), [needed, TITLE_LENGTH])


class GroupForm(FlaskForm):
    title = _title()
    tutor = SelectField(lazy_gettext("Тьютор"), [Optional()])


class RulesForm(FlaskForm):
    """What can be mended in a standing diagnosis."""

    title = _title()
    tutor = SelectField(lazy_gettext("Тьютор"), [Optional()])
    sees = RadioField(
        lazy_gettext("Кто увидит личный результат"),
        choices=choices((code, lazy_gettext(title)) for code, (title, _told) in SEES.items()),
    )
    preset_basis = StringField(
        lazy_gettext("Чем утверждена шкала уровней"), [Length(max=LONGEST_BASIS), Optional()]
    )

    clarify_most = SelectField(
        lazy_gettext("Уточняющие задания после основной части"),
        [Optional()],
        coerce=int,
        default=0,
        choices=choices(
            [
                ("0", lazy_gettext("Не предлагать")),
                *((str(most), lazy_gettext("До %(most)s заданий", most=most)) for most in CLARIFY_MOST),
            ]
        ),
    )
    watch = BooleanField(lazy_gettext("Считать уходы со страницы и вставки текста"))


class DiagnosisForm(RulesForm):
    """A new diagnosis on one page; all is filled in beforehand but the work. Without a title, the work's own."""

    title = StringField(lazy_gettext("Название"), [Optional(), TITLE_LENGTH])
    work = SelectField(
        lazy_gettext("Диагностическая работа"), [InputRequired(lazy_gettext("Выберите работу"))]
    )
    group = SelectField(lazy_gettext("Кого приглашаем"), [Optional()])
    entry_first = DayField(lazy_gettext("Первый день входной диагностики"), [REQUIRED_DAY])
    entry_last = DayField(lazy_gettext("Последний день входной диагностики"), [REQUIRED_DAY])
    exit_first = DayField(lazy_gettext("Первый день итоговой диагностики"), [Optional()])
    exit_last = DayField(lazy_gettext("Последний день итоговой диагностики"), [Optional()])
    plan = RadioField(
        lazy_gettext("Варианты работы"),
        choices=choices(
            [
                ("turn", lazy_gettext("На входе первый вариант, на выходе второй")),
                ("random", lazy_gettext("На входе варианты поровну по жребию, на выходе у каждого другой")),
                ("same", lazy_gettext("На входе и на выходе один и тот же вариант")),
            ]
        ),
    )
    preset = SelectField(lazy_gettext("Шкала уровней"), [InputRequired()])

    def validate(self, extra_validators: object = None) -> bool:
        """Both periods must be possible, and the exit after the entry: all mistakes at once."""
        sound = bool(super().validate(extra_validators))
        ends = [self._period("entry")]
        if self.exit_first.data or self.exit_last.data:
            ends.append(self._exit_period())
        if all(ends) and self.has_exit and day(self.exit_first.data) <= day(self.entry_last.data):
            refused = FieldRefused("exit_before_entry", field="exit_first")
            put_error(self, refused, {})
            return False
        return sound and all(ends)

    @property
    def has_exit(self) -> bool:
        return self.exit_first.data is not None and self.exit_last.data is not None

    def _exit_period(self) -> bool:
        for field in (self.exit_first, self.exit_last):
            if field.data is None and not field.errors:
                field.errors = [_("Укажите оба дня или оставьте оба пустыми")]
                return False
        return self._period("exit")

    def _period(self, kind: str) -> bool:
        first, last = self[f"{kind}_first"], self[f"{kind}_last"]
        if first.data is None or last.data is None:
            return False
        try:
            window(first.data, last.data, DEFAULT_ZONE)
        except FieldRefused as refused:
            put_error(self, refused, {"first_day": first.name, "last_day": last.name})
            return False
        return True


class DatesForm(FlaskForm):
    first_day = DayField(lazy_gettext("Первый день"), [REQUIRED_DAY])
    last_day = DayField(lazy_gettext("Последний день"), [REQUIRED_DAY])


class FilterForm(FlaskForm):
    """Whom to show, by place of work and subject; sent by GET, changes nothing."""

    class Meta:
        csrf = False

    schools = SelectMultipleField(lazy_gettext("Школы"), option_widget=CheckboxInput())
    subject = SelectField(lazy_gettext("Предмет"), [Optional()])


class UploadForm(FlaskForm):
    file = FileField(lazy_gettext("Файл Excel или CSV"))


class CardsForm(FlaskForm):
    school = SelectField(lazy_gettext("Школа"), [Optional()])
    unfinished = BooleanField(lazy_gettext("Только тем, кто ещё не прошёл"))


class LateForm(FlaskForm):
    """Why late answers are taken in or left out; the decision itself is the button."""

    reason = TextAreaField(lazy_gettext("Причина решения"))

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, Optional, ValidationError

from diagnostics.people.models import NodeKind, Role
from diagnostics.web.admin.words import KINDS
from diagnostics.web.form_fields import DayField, choices
from diagnostics.web.rail import TITLES

GRANTED = tuple(role for role in TITLES if role is not Role.ANONYMOUS)
#: What an administrator adds below their own place: the region stands already.
ADDED = (NodeKind.SCHOOL, NodeKind.MUNICIPALITY, NodeKind.INSTITUTE)
SHORT, LONG = 200, 2000


class PersonForm(FlaskForm):
    surname = StringField(_l("Фамилия"), [InputRequired(_l("Напишите фамилию")), Length(max=60)])
    given_name = StringField(_l("Имя"), [InputRequired(_l("Напишите имя")), Length(max=60)])
    patronymic = StringField(_l("Отчество"), [Optional(), Length(max=60)])
    email = EmailField(_l("Почта"), [Optional(), Email(_l("Проверьте адрес почты: нужен вид имя@место"))])
    place = SelectField(_l("Организация"), [InputRequired(_l("Выберите организацию"))])
    position = StringField(_l("Должность"), [Optional(), Length(max=SHORT)])
    subject = StringField(_l("Предмет"), [Optional(), Length(max=SHORT)])


class MembershipForm(FlaskForm):
    place = SelectField(_l("Организация"), [InputRequired(_l("Выберите организацию"))])
    position = StringField(_l("Должность"), [Optional(), Length(max=SHORT)])
    subject = StringField(_l("Предмет"), [Optional(), Length(max=SHORT)])
    since = DayField(_l("С какого дня"), [InputRequired(_l("Укажите день"))])


class RoleForm(FlaskForm):
    role = SelectField(
        _l("Роль"),
        [InputRequired(_l("Выберите роль"))],
        choices=choices((r.value, _l(TITLES[r])) for r in GRANTED),
    )
    place = SelectField(_l("Где"), [InputRequired(_l("Выберите организацию"))])


class InvitationForm(FlaskForm):
    email = EmailField(
        _l("Почта для входа"),
        [InputRequired(_l("Напишите почту")), Email(_l("Проверьте адрес почты: нужен вид имя@место"))],
    )


class ErasureForm(FlaskForm):
    surname = StringField(_l("Чтобы подтвердить, напишите фамилию"), [InputRequired(_l("Напишите фамилию"))])


class HoldForm(FlaskForm):
    """`lift` is its second button: then the reason does not matter."""

    reason = StringField(_l("Причина"), [Length(max=300)])
    until = DayField(_l("Последний день запрета"), [Optional()])
    lift = BooleanField()

    def validate_reason(self, field: StringField) -> None:
        if not self.lift.data and not (field.data or "").strip():
            raise ValidationError(_("Назовите причину: её увидит тот, кто захочет удалить данные"))


class PlaceForm(FlaskForm):
    kind = SelectField(_l("Что это"), choices=choices((one.value, _l(KINDS[one])) for one in ADDED))
    parent = SelectField(_l("Куда входит"), [InputRequired(_l("Выберите, куда входит организация"))])
    name = StringField(_l("Полное название"), [InputRequired(_l("Напишите название")), Length(max=SHORT)])
    short_name = StringField(_l("Короткое название"), [Optional(), Length(max=60)])
    code = StringField(_l("Код"), [Optional(), Length(max=20)])
    zone = StringField(_l("Часовой пояс"), [Optional(), Length(max=60)])
    operator_name = StringField(_l("Как называется в документах"), [Optional(), Length(max=LONG)])
    operator_address = TextAreaField(_l("Адрес"), [Optional(), Length(max=LONG)])
    operator_inn = StringField(_l("ИНН"), [Optional(), Length(max=12)])
    operator_ogrn = StringField(_l("ОГРН"), [Optional(), Length(max=15)])
    director = StringField(_l("Руководитель: И. О. Фамилия"), [Optional(), Length(max=SHORT)])
    operator_contact = StringField(
        _l("Как связаться по вопросам персональных данных"), [Optional(), Length(max=SHORT)]
    )

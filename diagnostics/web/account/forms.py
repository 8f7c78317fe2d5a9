from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from diagnostics.web.form_fields import choices

LONGEST_EMAIL = 254
LONGEST_CODE = 40


class SignInForm(FlaskForm):
    email = StringField(
        _l("Электронная почта"),
        [InputRequired(_l("Введите почту")), Length(max=LONGEST_EMAIL, message=_l("Почта слишком длинная"))],
    )
    password = PasswordField(_l("Пароль"), [InputRequired(_l("Введите пароль"))])
    next = HiddenField()


class ForgotForm(FlaskForm):
    email = StringField(
        _l("Электронная почта"),
        [InputRequired(_l("Введите почту")), Length(max=LONGEST_EMAIL, message=_l("Почта слишком длинная"))],
    )


class NewPasswordForm(FlaskForm):
    """One field: a mistyped password is mended by «Показать пароль» of the browser or by a new link."""

    password = PasswordField(_l("Новый пароль"), [InputRequired(_l("Придумайте пароль"))])


class FirstForm(FlaskForm):
    region = StringField(_l("Регион или организация"), [InputRequired(_l("Назовите регион или организацию"))])
    surname = StringField(_l("Фамилия"), [InputRequired(_l("Введите фамилию"))])
    given_name = StringField(_l("Имя"), [InputRequired(_l("Введите имя"))])
    patronymic = StringField(_l("Отчество"))
    email = StringField(
        _l("Электронная почта"),
        [InputRequired(_l("Введите почту")), Length(max=LONGEST_EMAIL, message=_l("Почта слишком длинная"))],
    )
    password = PasswordField(_l("Пароль"), [InputRequired(_l("Придумайте пароль"))])


class ChangePasswordForm(FlaskForm):
    current = PasswordField(_l("Нынешний пароль"), [InputRequired(_l("Введите нынешний пароль"))])
    password = PasswordField(_l("Новый пароль"), [InputRequired(_l("Придумайте пароль"))])


class LanguageForm(FlaskForm):
    language = RadioField(_l("Язык страниц"), choices=choices([("ru", "Русский"), ("en", "English")]))


class ReadingForm(FlaskForm):
    size = RadioField(
        _l("Размер текста"),
        choices=choices(
            [("normal", _l("обычный")), ("large", _l("крупный")), ("largest", _l("самый крупный"))]
        ),
    )
    spacing = RadioField(
        _l("Промежутки"), choices=choices([("normal", _l("обычные")), ("wide", _l("увеличенные"))])
    )
    contrast = RadioField(
        _l("Контраст"), choices=choices([("normal", _l("обычный")), ("high", _l("высокий, чёрное на белом"))])
    )
    next = HiddenField()


class SecondStepForm(FlaskForm):
    """A code of the application, or a recovery code where the telephone is not at hand: one of the two."""

    code = StringField(_l("Код из приложения"), [Length(max=LONGEST_CODE, message=_l("Код слишком длинный"))])
    recovery = StringField(
        _l("Код восстановления"), [Length(max=LONGEST_CODE, message=_l("Код слишком длинный"))]
    )


class AuthenticatorForm(FlaskForm):
    code = StringField(
        _l("Код из приложения"),
        [InputRequired(_l("Введите код")), Length(max=LONGEST_CODE, message=_l("Код слишком длинный"))],
    )

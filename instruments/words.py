"""Every sentence of the pure documents, as Russian msgids. Nothing else here speaks to a person.

A rule returns a stable code and parameters; `sentence` looks the code up, translates and fills it in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Translate: TypeAlias = Callable[[str], str]


def N_(msgid: str) -> str:  # noqa: N802  the gettext keyword that marks a msgid for extraction
    return msgid


def unchanged(msgid: str) -> str:
    """Translate into the source language."""
    return msgid


OPT_OUT = N_("Затрудняюсь ответить")
NO_ANSWER = N_("Нет ответа")

ANSWER_PROBLEMS: Mapping[str, str] = {
    "wrong_shape": N_("Ответ записан не так, как ожидает это задание."),
    "not_answerable": N_("Здесь отвечать не нужно."),
    "option_unknown": N_("В этом задании нет варианта «%(option)s»."),
    "option_repeated": N_("Вариант «%(option)s» отмечен дважды."),
    "too_many_choices": N_("Отмечено вариантов: %(chosen)d, а можно не больше %(most)d."),
    "too_few_choices": N_("Отмечено вариантов: %(chosen)d, а нужно %(least)d."),
    "opt_out_not_offered": N_("В этом задании нет ответа «Затрудняюсь ответить»."),
    "not_a_number": N_("Введите число цифрами, например 12 или 12,5."),
    "out_of_range_low": N_("Число должно быть не меньше %(minimum)s."),
    "out_of_range_high": N_("Число должно быть не больше %(maximum)s."),
    "too_many_decimals": N_("Знаков после запятой может быть не больше %(decimals)d."),
    "not_on_scale": N_("На шкале нет отметки «%(value)s»."),
    "too_long": N_("Ответ длиннее, чем можно: %(length)d знаков, а помещается %(most)d."),
    "bad_character": N_("В ответе есть недопустимый символ на месте %(position)d. Удалите его."),
}


def sentence(code: str, params: Mapping[str, object], table: Mapping[str, str], translate: Translate) -> str:
    """Sentence of the table with the parameters filled in. KeyError for a code that is not in the table."""
    return translate(table[code]) % params

"""What a changed field is called, and why its change has its class: Russian msgids."""

from __future__ import annotations

from collections.abc import Mapping

from instruments.versions.classes import Change
from instruments.words import N_, Translate

_FIELDS: Mapping[str, str] = {
    "text": N_("текст"), "title": N_("название"), "type": N_("вид задания"), "hint": N_("подсказка"), "unit": N_("единица"),
    "options": N_("вариант ответа"), "prompts": N_("строка для соотнесения"), "levels": N_("уровень"), "scale": N_("отметка шкалы"),
    "columns": N_("столбец таблицы"), "rows": N_("строка таблицы"), "wording": N_("формулировка для анкеты"),
    "opt_out": N_("ответ «затрудняюсь»"), "show_if": N_("условие показа"), "stimulus": N_("кейс"), "matrix": N_("матрица"),
    "choose": N_("сколько отметить"), "image": N_("рисунок"),
    "key": N_("ключ"), "points": N_("баллы"), "competences": N_("компетенция"), "rationale": N_("пояснение ключа"),
    "mistakes": N_("ошибка за вариантом"), "reverse": N_("направление шкалы"), "cognitive": N_("вид деятельности"),
    "purpose": N_("назначение"), "instructions": N_("инструкция"), "minutes": N_("время, мин"), "passport": N_("паспорт"),
    "asks": N_("задания варианта"), "section_title": N_("название раздела"),
    "section_text": N_("текст раздела"), "section_show_if": N_("условие показа раздела"), "section_order": N_("порядок в разделе"),
    "section_shuffle": N_("случайный порядок в разделе"),
    "blocks": N_("по каким компетенциям сообщают"), "anchors": N_("общие задания"), "preset": N_("шкала уровней"),
    "framework": N_("модель компетенций"), "languages": N_("языки"), "order": N_("порядок разделов"), "shuffle": N_("случайный порядок"),
    "time_limit": N_("ограничение времени"), "critical": N_("критические задания"), "importance": N_("вопросы о важности"),
    "audience": N_("для кого"), "forms_purpose": N_("зачем варианты"),
    "forms_order": N_("порядок вариантов работы"), "items_order": N_("порядок записи заданий"),
    "stimuli_order": N_("порядок записи текстов"), "matrices_order": N_("порядок записи таблиц"),
    "options_order": N_("порядок вариантов ответа"), "prompts_order": N_("порядок строк"), "levels_order": N_("порядок уровней"),
    "scale_order": N_("порядок отметок"), "columns_order": N_("порядок столбцов"), "rows_order": N_("порядок строк"),
}  # fmt: skip
_OTHER = N_("настройки")
YES, NO = N_("да"), N_("нет")
_SHUFFLES: Mapping[str, str] = {
    "none": N_("нет"), "items": N_("заданий"), "options": N_("вариантов ответа"), "both": N_("заданий и вариантов ответа"),
}  # fmt: skip
_ORDERS: Mapping[str, str] = {"free": N_("свободный"), "fixed": N_("по очереди")}
#: Words of a closed list, by field.
VALUES: Mapping[str, Mapping[str, str]] = {
    "type": {
        "single": N_("один ответ"), "multiple": N_("несколько ответов"), "likert": N_("шкала мнений"),
        "frequency": N_("шкала частоты"), "level": N_("один из уровней"), "observation": N_("наблюдение 0–3"),
        "matching": N_("соответствие"), "ordering": N_("порядок"), "number": N_("число"), "text": N_("краткий ответ"),
        "long_text": N_("развёрнутый ответ"), "table": N_("таблица чисел"), "file": N_("файл или снимок"),
        "row": N_("строка матрицы"), "info": N_("текст для чтения"), "consent": N_("согласие"),
    },
    "shuffle": _SHUFFLES, "section_shuffle": _SHUFFLES, "order": _ORDERS, "section_order": _ORDERS,
    "cognitive": {"knowing": N_("знание"), "applying": N_("применение"), "reasoning": N_("рассуждение")},
    "forms_purpose": {"parallel": N_("параллельные"), "audience": N_("для разных людей")},
    "critical": {"zero_parent": N_("балл станет нулём"), "cap_level": N_("уровень будет не лучше, чем")},
}  # fmt: skip
_ENGLISH = N_("%(label)s (английский)")

#: What decides: the field where it says more than the class.
REASONS: Mapping[tuple[Change, str], str] = {
    (Change.NONE, ""): N_("ничего не изменилось"),
    (Change.COSMETIC, ""): N_("отвечающий этого не видит или не заметит, на балл не влияет"),
    (Change.EQUIVALENT, ""): N_("слова или порядок вокруг задания: само задание то же"),
    (Change.BREAKING, ""): N_("это уже другое задание: прежние ответы с новыми не сравнить"),
    (Change.BREAKING, "text"): N_("слова задания другие: спрашивает ли оно о том же, решает человек"),
    (Change.BREAKING, "options"): N_("выбирают из другого: и угадать, и ошибиться можно иначе"),
    (Change.BREAKING, "scale"): N_("отметки значат другое"),
    (Change.BREAKING, "key"): N_("тот же ответ получит другой балл"),
    (Change.BREAKING, "points"): N_("тот же ответ получит другой балл"),
    (Change.BREAKING, "reverse"): N_("тот же ответ получит другой балл"),
    (Change.BREAKING, "competences"): N_("балл идёт в другую компетенцию"),
    (Change.BREAKING, "show_if"): N_("задание получат другие люди"),
    (Change.BREAKING, "section_show_if"): N_("раздел получат другие люди"),
    (Change.BREAKING, "asks"): N_("в варианте другой набор заданий: сумма баллов значит другое"),
    (Change.BREAKING, "time_limit"): N_("при другом времени та же работа труднее или легче"),
    (Change.BREAKING, "critical"): N_("вывод по тем же баллам будет другим"),
    (Change.BREAKING, "preset"): N_("вывод по тем же баллам будет другим"),
    (Change.EQUIVALENT, "blocks"): N_("баллы те же, сообщают о других компетенциях"),
    (Change.EQUIVALENT, "anchors"): N_("сами задания те же, сравнивают по другим"),
}


def label(field: str, language: str, translate: Translate) -> str:
    """What the field is called; a text in English says so."""
    words = translate(_FIELDS.get(field, _OTHER))
    return translate(_ENGLISH) % {"label": words} if language == "en" else words


def reason(change: Change, field: str, translate: Translate) -> str:
    return translate(REASONS.get((change, field)) or REASONS[change, ""])

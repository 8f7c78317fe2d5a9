"""States, classes of change and points of the check as methodologists read them."""

from __future__ import annotations

from diagnostics.catalogue.draft_models import DraftKind, DraftState, StepKind
from diagnostics.catalogue.models import Comparability, LifeState
from diagnostics.web.sentences.common import N_

DRAFT_STATES: dict[DraftState, tuple[str, str]] = {
    DraftState.DRAFT: (N_("черновик"), "work"),
    DraftState.REVIEW: (N_("на проверке"), "attention"),
    DraftState.RETURNED: (N_("с замечаниями"), "attention"),
    DraftState.APPROVED: (N_("одобрен"), "done"),
    DraftState.DROPPED: (N_("убран"), "outline"),
}
VERSION_STATES: dict[LifeState, tuple[str, str]] = {
    LifeState.DRAFT: (N_("не опубликована"), "outline"),
    LifeState.REVIEW: (N_("на проверке"), "attention"),
    LifeState.PILOT: (N_("апробация"), "work"),
    LifeState.PUBLISHED: (N_("опубликована"), "done"),
    LifeState.RETIRED: (N_("снята"), "outline"),
}
KINDS: dict[DraftKind, str] = {
    DraftKind.INSTRUMENT: N_("работа"),
    DraftKind.FRAMEWORK: N_("модель компетенций"),
    DraftKind.SCORING: N_("исправление ключа"),
}
CLASSES: dict[Comparability, str] = {
    Comparability.NONE: N_("ничего не изменилось"),
    Comparability.COSMETIC: N_("опечатки и оформление: результаты продолжают прежний ряд"),
    Comparability.EQUIVALENT: N_("формулировки вокруг заданий: результаты сравнимы, но осторожно"),
    Comparability.BREAKING: N_("другие задания или ключи: сравнивать только по общим заданиям"),
}
#: Of frameworks: their nodes stand in the place of questions.
MODEL_CLASSES: dict[Comparability, str] = {
    Comparability.NONE: N_("ничего не изменилось"),
    Comparability.COSMETIC: N_("только слова: результаты продолжают прежний ряд"),
    Comparability.EQUIVALENT: N_("добавлены компетенции: прежние результаты сравнимы"),
    Comparability.BREAKING: N_("другие компетенции или границы уровней: результаты не сравнивают"),
}
CHECKLIST: dict[str, tuple[str, str]] = {
    "content": (N_("Содержание"), N_("задания о заявленной компетенции, ключ верен, пояснения точны")),
    "fairness": (
        N_("Справедливость"),
        N_("никто не получает преимущества из-за предмета, села или города, стажа"),
    ),
    "language": (N_("Язык"), N_("формулировки однозначны, нет двойных отрицаний и лишних слов")),
    "access": (N_("Доступность"), N_("понятно без картинок и цвета, читается с телефона, времени хватает")),
}
STEPS: dict[StepKind, str] = {
    StepKind.CREATED: N_("Черновик создан"),
    StepKind.SAVED: N_("Изменено"),
    StepKind.UNDONE: N_("Отменён шаг"),
    StepKind.REDONE: N_("Возвращён шаг"),
    StepKind.REFUSED: N_("Отложено: то же изменил другой автор"),
    StepKind.CHOSEN: N_("Решено, чей текст остаётся"),
}
#: A field of a question, of its key, of a work or of a framework → what has changed in it.
FIELDS: dict[str, str] = {
    "text": N_("текст"),
    "title": N_("название"),
    "type": N_("вид задания"),
    "hint": N_("подсказка"),
    "options": N_("варианты ответа"),
    "prompts": N_("что соотнести"),
    "levels": N_("уровни"),
    "scale": N_("шкала"),
    "wording": N_("формулировка для анкеты"),
    "show_if": N_("условие показа"),
    "stimulus": N_("общий текст"),
    "key": N_("ключ"),
    "points": N_("баллы"),
    "competences": N_("компетенция"),
    "rationale": N_("пояснение ключа"),
    "mistakes": N_("ошибки за вариантами"),
    "reverse": N_("направление шкалы"),
    "purpose": N_("назначение"),
    "instructions": N_("инструкция"),
    "minutes": N_("время"),
    "passport": N_("паспорт"),
    "forms": N_("варианты и разделы"),
    "blocks": N_("блоки"),
    "anchors": N_("общие задания"),
    "preset": N_("шкала уровней"),
    "framework": N_("модель компетенций"),
    "languages": N_("языки"),
    "order": N_("порядок"),
    "shuffle": N_("случайный порядок"),
    "time_limit": N_("ограничение времени"),
    "critical": N_("критические задания"),
    "importance": N_("вопросы о важности"),
    "stimuli": N_("кейсы"),
    "matrices": N_("матрицы"),
    "matrix": N_("матрица"),
    "cognitive": N_("вид деятельности"),
    "choose": N_("сколько отметить"),
    "unit": N_("единица"),
    "opt_out": N_("ответ «затрудняюсь»"),
    "columns": N_("столбцы"),
    "rows": N_("строки"),
    "parent": N_("место в дереве"),
    "description": N_("описание"),
    "scales": N_("границы уровней"),
    "crosswalks": N_("связи с другими моделями"),
    "targets": N_("целевые уровни"),
}
OTHER_FIELD = N_("настройки")

"""Words of analyses: codes of models, remarks about tasks, and why a figure is not given."""

from __future__ import annotations

from reports.contents.analysis import CalibratedLine, DifLine, Estimate, ItemLine
from reports.wording.numbers import DASH, interval, number
from reports.wording.words import Words, mark

MODELS = {
    "rasch": mark("модель Раша"),
    "pcm": mark("модель частичных баллов"),
    "rsm": mark("модель шкалы оценок"),
    "1pl": mark("модель с одним наклоном"),
    "2pl": mark("двухпараметрическая модель"),
    "grm": mark("модель упорядоченных ответов"),
    "gpcm": mark("обобщённая модель частичных баллов"),
}
METHODS = {
    "conditional_likelihood": mark("условное правдоподобие: о людях ничего не предполагается"),
    "marginal_likelihood": mark("маргинальное правдоподобие, EM"),
    "map": mark("маргинальное правдоподобие с априорными распределениями, EM"),
}
ZEROS = {
    "thresholds_sum_zero": mark("ноль шкалы — средняя трудность всех шагов"),
    "population_standard_normal": mark("ноль шкалы — средняя способность людей, единица — её разброс"),
}
EXCLUDED = {
    "no_answers": mark("никто не ответил"),
    "all_highest": mark("у всех высший балл"),
    "all_lowest": mark("у всех низший балл"),
    "constant": mark("у всех, кто различает задания, один и тот же балл"),
    "not_rising": mark("ответы не растут вместе с остальными: проверьте ключ"),
}
FLAGS = {
    "too_easy": mark("слишком лёгкое"),
    "too_hard": mark("слишком трудное"),
    "low_discrimination": mark("не различает"),
    "unseen_category": mark("есть балл, которого никто не получил"),
    "disordered": mark("шаги идут не по порядку"),
    "weak": mark("почти не различает"),
}
REASONS = {
    "counts_only": mark("ответов мало"),
    "provisional": mark("предварительно"),
    "too_few_persons": mark("мало людей"),
    "too_few_items": mark("мало заданий"),
    "no_variance": mark("все итоги равны"),
    "incomplete": mark("все задания сразу не видел почти никто"),
    "negative_alpha": mark("коэффициент отрицателен: задания не измеряют одно и то же"),
    "unreversed_items": mark("часть заданий идёт против остальных"),
    "constant_items": mark("есть задание с одним и тем же баллом у всех"),
    "not_converged": mark("расчёт не сошёлся"),
    "improper": mark("у одного из заданий не остаётся собственной погрешности"),
    "mixed_signs": mark("часть заданий идёт против остальных"),
    "too_few_pairs": mark("меньше пяти человек прошли оба этапа"),
    "one_cluster": mark("все люди из одного места"),
    "no_overlap": mark("нет людей с равным результатом в обеих группах"),
    "one_sided": mark("решала или ошибалась только одна группа"),
    "no_pairs": mark("ни у одной работы нет двух отметок"),
    "too_few_works": mark("меньше двух работ с отметками всех"),
}


def reason(code: str | None, words: Words) -> str:
    return words.say(REASONS[code]) if code in REASONS else ""


def estimate(value: Estimate, words: Words, decimals: int = 2) -> str:
    """«0,84, от 0,78 до 0,89», or «не даём: мало людей»."""
    if value.value is None:
        why = reason(value.reason, words)
        return words.say("не даём: %(why)s", why=why) if why else DASH
    said = number(value.value, words, decimals)
    return f"{said}, {interval(value.interval, words, decimals)}" if value.interval else said


def item_remark(one: ItemLine, words: Words) -> str:
    return ", ".join(
        [*(words.say(FLAGS[flag]) for flag in one.flags), *filter(None, [reason(one.reason, words)])]
    )


def calibrated_remark(one: CalibratedLine, words: Words) -> str:
    return ", ".join(words.say(FLAGS[flag]) for flag in one.flags)


def dif_remark(one: DifLine, words: Words) -> str:
    """Small groups are told once, above the table."""
    return "" if one.delta.reason == "too_few_persons" else reason(one.delta.reason, words)


def people(n: int, words: Words) -> str:
    return words.count(n, "%(n)d человек", "%(n)d человека", "%(n)d человек")


def tasks(n: int, words: Words) -> str:
    return words.count(n, "%(n)d задание", "%(n)d задания", "%(n)d заданий")

"""Sentences of analyses: what was found, in a line or two, and how to read the figures."""

from __future__ import annotations

from reports.contents.analysis import (
    AgreementAnalysis,
    CalibrationAnalysis,
    DifAnalysis,
    Estimate,
    GrowthAnalysis,
    ItemChange,
    ItemsAnalysis,
    Misfits,
)
from reports.wording.analysis import METHODS, MODELS, ZEROS, estimate, people, reason, tasks
from reports.wording.numbers import capitalised, interval, number, percent, signed
from reports.wording.words import Words

_MOST_NAMES = 8


def named(names: tuple[str, ...], words: Words) -> str:
    """The first names, and how many more."""
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    return words.say(
        "%(names)s и ещё %(n)d", names=", ".join(names[:_MOST_NAMES]), n=len(names) - _MOST_NAMES
    )


def described(rows: list[tuple[str, Estimate]], words: Words) -> str:
    """The figure for those who do not see it."""
    return "; ".join(f"{name}: {estimate(one, words)}" for name, one in rows)


def items_main(of: ItemsAnalysis, words: Words) -> str:
    flagged = tuple(one.name for one in of.items if one.flags)
    lines = [
        words.say(
            "Ответили: %(people)s, на все задания — %(whole)s; всего %(tasks)s.",
            people=people(of.origin.n, words), whole=people(of.n_complete, words), tasks=tasks(len(of.items), words),
        ),
        words.say("Надёжность (альфа): %(alpha)s.", alpha=estimate(of.alpha, words)),
    ]  # fmt: skip
    if of.unreversed:
        lines.append(
            words.say(
                "Против остальных идут задания: %(names)s. Проверьте ключ или переверните шкалу.",
                names=named(of.unreversed, words),
            )
        )
    lines.append(
        words.say("Замечания есть к заданиям: %(names)s.", names=named(flagged, words))
        if flagged
        else words.say("Замечаний к заданиям нет.")
    )
    return " ".join(lines)


def items_reading(words: Words) -> tuple[str, ...]:
    return (
        words.say("Решаемость — какую долю возможных баллов за задание получили в среднем."),
        words.say("Связь с остальными — корреляция задания с итогом без него; ниже 0,2 задание почти не различает людей."),
        words.say("Альфа и омега говорят, насколько задания измеряют одно и то же; интервал показывает, насколько это известно."),
        words.say("Пустой кружок — ответов мало, вывод предварительный."),
    )  # fmt: skip


def calibration_main(of: CalibrationAnalysis, words: Words) -> str:
    known = [(one.b.value, one.name) for one in of.items if one.b.value is not None]
    text = words.say(
        "%(model)s: %(people)s, %(tasks)s.",
        model=capitalised(words.say(MODELS[of.model])), people=people(of.origin.n, words),
        tasks=tasks(len(of.items), words),
    )  # fmt: skip
    if known:
        text += " " + words.say(
            "Самое лёгкое задание — %(easy)s, самое трудное — %(hard)s.",
            easy=min(known)[1],
            hard=max(known)[1],
        )
    if of.provisional:
        text += " " + words.say("Людей меньше ста: трудности предварительные.")
    return text


def calibration_facts(of: CalibrationAnalysis, words: Words) -> tuple[str, ...]:
    facts = [
        words.say("Способ: %(method)s", method=words.say(METHODS[of.method])),
        words.say("%(zero)s; логиты, D = 1", zero=capitalised(words.say(ZEROS[of.identification]))),
        words.say(
            "Логарифм правдоподобия %(loglik)s, параметров %(parameters)d, шагов счёта %(steps)d",
            loglik=number(of.loglik, words, 2), parameters=of.n_parameters, steps=of.iterations,
        ),
        words.say("О заданиях говорят ответы: %(people)s", people=people(of.n_informative, words)),
        words.say("Надёжность оценок людей: %(value)s", value=number(of.reliability, words, 2)),
    ]  # fmt: skip
    if of.collapsed:
        facts.append(
            words.say(
                "Есть баллы, которых никто не получил, у заданий: %(names)s", names=named(of.collapsed, words)
            )
        )
    return tuple(facts)


def misfit_facts(of: Misfits, words: Words) -> tuple[str, ...]:
    return (
        words.say("S-X² сравнивает людей с одинаковым итогом: малое p — ответы на задание не такие, каких ждёт модель."),
        words.say(
            "Пар заданий, которые связаны сильнее, чем объясняет способность (Q3 выше среднего на %(above)s): %(n)d.",
            above=number(of.above, words, 1), n=len(of.pairs),
        ),
        words.say(
            "Необычных сочетаний ответов (lz*, p меньше 0,01): %(n)d из %(judged)d, случайно ждём около %(expected)s."
            " Это повод спросить, а не обвинение.",
            n=len(of.odd), judged=of.n_judged, expected=number(of.expected, words, 1),
        ),
    )  # fmt: skip


def calibration_reading(words: Words) -> tuple[str, ...]:
    return (
        words.say("Логит — единица шкалы: человек, чья способность равна трудности шага, проходит его в половине случаев."),
        words.say("Согласие с моделью около 1: больше — ответы беспорядочнее, чем ждёт модель, меньше — единообразнее."),
        words.say("Карта людей и заданий показывает, есть ли задания там, где стоят люди: без них погрешность велика."),
        words.say("Информация — величина, обратная квадрату погрешности; важнее всего она у границ, которые решают."),
    )  # fmt: skip


def map_words(of: CalibrationAnalysis, words: Words) -> str:
    return "; ".join(
        words.say("от %(edge)s логита: людей %(n)d", edge=number(edge, words, 1), n=n)
        for edge, n in of.people
        if n
    )


def information_words(of: CalibrationAnalysis, words: Words) -> str:
    best = max(of.information or (), key=lambda point: point.information)
    return words.say(
        "Точнее всего работа измеряет при способности %(theta)s: погрешность %(se)s логита.",
        theta=number(best.theta, words, 1), se=number(best.se, words, 2),
    )  # fmt: skip


def dif_main(of: DifAnalysis, words: Words) -> str:
    lines = [
        words.say(
            "Сравниваются «%(reference)s» (%(first)s) и «%(focal)s» (%(second)s) при равном результате.",
            reference=of.reference, first=people(of.n_reference, words),
            focal=of.focal, second=people(of.n_focal, words),
        )
    ]  # fmt: skip
    lettered = any(one.letter for one in of.items)
    large = tuple(one.name for one in of.items if one.letter == "C")
    middle = tuple(one.name for one in of.items if one.letter == "B")
    if not lettered:
        lines.append(
            words.say(
                "В группах меньше ста человек: даём размер и интервал, класса нет; «разницы нет» сказать нельзя."
            )
        )
    if large:
        lines.append(words.say("Большая разница (C): %(names)s.", names=named(large, words)))
    if middle:
        lines.append(words.say("Средняя разница (B): %(names)s.", names=named(middle, words)))
    if lettered and not large and not middle:
        lines.append(words.say("Заметной разницы ни в одном задании не найдено."))
    if of.removed:
        lines.append(
            words.say(
                "Из результата, по которому люди сравниваются, при очистке вышли: %(names)s.",
                names=named(of.removed, words),
            )
        )
    return " ".join(lines)


def dif_reading(of: DifAnalysis, words: Words) -> tuple[str, ...]:
    return (
        words.say("D меньше нуля — при равном результате задание труднее для группы «%(focal)s».", focal=of.focal),
        words.say(
            "Класс A — малая разница, B — от %(moderate)s, C — от %(large)s и наверняка; буква только от ста человек в каждой группе.",
            moderate=number(of.moderate, words, 1), large=number(of.large, words, 1),
        ),
        words.say("Очистка: задания с заметной разницей не участвуют в результате, по которому людей сравнивают."),
        words.say("Разница — повод прочесть задание, а не доказательство, что оно плохое."),
    )  # fmt: skip


def growth_verdict(of: GrowthAnalysis, words: Words) -> str:
    joined = of.joined
    if joined is None:
        return words.say("Результаты сравнимы: на входе и на выходе были одни и те же задания.")
    linked = words.say(
        "Результаты сравнимы: варианты связаны общими заданиями, в счёте %(kept)d из %(common)d.",
        kept=joined.kept, common=joined.common,
    )  # fmt: skip
    facts = {
        "points": number(abs(joined.correction), words, 1),
        "error": number(joined.correction_error, words, 1),
    }
    harder = (
        words.say("Вариант на выходе труднее на %(points)s балла из 100 (погрешность %(error)s).", **facts)
        if joined.correction >= 0
        else words.say("Вариант на выходе легче на %(points)s балла из 100 (погрешность %(error)s).", **facts)
    )
    added = words.say("Поправка внесена в каждый результат на выходе, её погрешность вошла в интервалы.")
    return f"{linked} {harder} {added}"


def growth_main(of: GrowthAnalysis, words: Words) -> str:
    text = words.say(
        "В среднем было %(entry)s, стало %(exit)s: изменение %(change)s балла из 100",
        entry=percent(of.mean_entry, words, 1), exit=percent(of.mean_exit, words, 1),
        change=signed(of.change.value, words),
    )  # fmt: skip
    if of.change.interval is None:
        return words.say(
            "%(text)s; интервал не даём: %(why)s.", text=text, why=reason(of.change.reason, words)
        )
    text += words.say(", интервал 95 %% %(interval)s.", interval=interval(of.change.interval, words))
    if of.clusters:
        text += " " + words.say("Интервал учитывает, что люди пришли из разных мест: %(n)d.", n=of.clusters)
    low, high = of.change.interval.low, of.change.interval.high
    beyond = low > 0 or high < 0
    said = (
        words.say("Изменение больше погрешности.")
        if beyond
        else words.say("Изменение в пределах погрешности.")
    )
    return f"{text} {said}"


def growth_people(of: GrowthAnalysis, words: Words) -> str:
    lines = [words.say("Оба этапа прошли %(people)s.", people=people(of.origin.n, words))]
    if of.n_left:
        lines.append(
            words.say(
                "Без выхода остались %(people)s: их вход %(left)s, у прошедших оба этапа %(stayed)s.",
                people=people(of.n_left, words), left=percent(of.mean_left, words, 1),
                stayed=percent(of.mean_stayed, words, 1),
            )
        )  # fmt: skip
    if of.n_too_few_answers:
        lines.append(words.say("Результатов, где отвечено меньше 70 %% заданий: %(n)d, они не в счёте.", n=of.n_too_few_answers))  # fmt: skip
    if of.reliably_improved is None:
        lines.append(
            words.say("Погрешность результата неизвестна: о надёжном изменении отдельных людей не говорим.")
        )
    else:
        lines.append(
            words.say(
                "Изменение одного человека надёжно примерно от %(points)s балла из 100.",
                points=number(of.smallest_reliable, words, 1),
            )
        )
    return " ".join(lines)


def growth_described(rows: tuple[ItemChange, ...], words: Words) -> str:
    return "; ".join(
        words.say(
            "%(name)s: вход %(entry)s, выход %(exit)s",
            name=one.name, entry=number(one.entry, words, 1), exit=number(one.exit, words, 1),
        )
        for one in rows
    )  # fmt: skip


def growth_reading(words: Words) -> tuple[str, ...]:
    return (
        words.say("Среднее изменение без группы сравнения не доказывает, что его вызвала программа."),
        words.say("Если группу отбирали по низкому входу, часть роста — возвращение к среднему."),
        words.say("Надёжно выше или ниже — изменение больше 1,96 своей погрешности; у коротких работ так выходит редко."),
        words.say("g Хеджеса — изменение в долях обычного разброса результатов, с поправкой на малое число людей."),
        words.say("Доля роста — какую часть расстояния до 100 % прошла группа."),
    )  # fmt: skip


def agreement_main(of: AgreementAnalysis, words: Words) -> str:
    text = words.say(
        "Работ: %(n)d, с отметками всех проверяющих — %(whole)d. Каппа: %(kappa)s.",
        n=of.origin.n, whole=of.n_complete, kappa=estimate(of.kappa, words),
    )  # fmt: skip
    if not of.third_mark:
        return text + " " + words.say("Третья отметка никому не нужна.")
    rows = named(tuple(map(str, of.third_mark)), words)
    return text + " " + words.say("Третья отметка нужна работам в строках: %(rows)s.", rows=rows)


def agreement_reading(words: Words) -> tuple[str, ...]:
    return (
        words.say("Каппа — согласие сверх случайного; большое расхождение весит больше малого."),
        words.say("Корреляция одной отметки говорит, можно ли доверить работу одному проверяющему, среднего — всем вместе."),
        words.say("Строгость считается на тех же работах: кому достались трудные работы, того строгим не называют."),
    )  # fmt: skip

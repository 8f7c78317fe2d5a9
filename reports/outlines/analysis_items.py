"""Tasks and the work as a whole; differential functioning; agreement of raters."""

from __future__ import annotations

from reports.charts.forest import Forest, ForestRow
from reports.contents.analysis import AgreementAnalysis, DifAnalysis, ItemsAnalysis
from reports.contents.common import Interval
from reports.outline import Block, Outline, Paragraph
from reports.outlines.analysis import Document, Look, assembled, forests
from reports.tabulate import analysis as tables
from reports.wording import analysis_findings as said
from reports.wording.numbers import number
from reports.wording.words import Words


def items_outline(report: ItemsAnalysis, words: Words, look: Look) -> Outline:
    document = Document(
        title=words.say("АНАЛИЗ ЗАДАНИЙ"),
        parts=(
            (
                words.say("Главное"),
                (Paragraph(said.items_main(report, words)), tables.scale_table(report, words)),
            ),
            (words.say("Решаемость"), (*forests(_difficulty(report, words), words, look, ident="p"),)),
            (
                words.say("Связь с остальными заданиями"),
                (*forests(_rest(report, words), words, look, ident="r"),),
            ),
            (words.say("Все задания"), (tables.items_table(report, words),)),
        ),
        reading=said.items_reading(words),
    )
    return assembled(report, document, words)


def _difficulty(report: ItemsAnalysis, words: Words) -> Forest:
    ordered = sorted(report.items, key=lambda one: -1.0 if one.p.value is None else one.p.value, reverse=True)
    return Forest(
        rows=tuple(ForestRow(one.name, one.p.value, one.p.interval, sure=not one.reason) for one in ordered),
        title=words.say("Решаемость заданий, от лёгких к трудным"),
        subtitle=words.say(
            "Доля возможных баллов с интервалом 95 %; штриховые линии — 0,2 и 0,9, за ними задание слишком трудное или лёгкое"
        ),
        axis=words.say("доля возможных баллов"),
        description=said.described([(one.name, one.p) for one in ordered], words),
        table=tables.items_table(report, words),
        low=0.0,
        high=1.0,
        lines=(0.2, 0.9),
    )


def _rest(report: ItemsAnalysis, words: Words) -> Forest:
    ordered = sorted(
        report.items, key=lambda one: -9.0 if one.rest.value is None else one.rest.value, reverse=True
    )
    return Forest(
        rows=tuple(
            ForestRow(one.name, one.rest.value, one.rest.interval, sure=not one.reason) for one in ordered
        ),
        title=words.say("Связь задания с остальными"),
        subtitle=words.say("Корреляция с итогом без самого задания, интервал 95 %; штриховая линия — 0,2"),
        axis=words.say("корреляция с остальными"),
        description=said.described([(one.name, one.rest) for one in ordered], words),
        table=tables.items_table(report, words),
        cap=1.0,
        zero=0.0,
        lines=(0.2,),
    )


def dif_outline(report: DifAnalysis, words: Words, look: Look) -> Outline:
    document = Document(
        title=words.say("РАВНЫ ЛИ ЗАДАНИЯ ДЛЯ РАЗНЫХ ГРУПП"),
        parts=(
            (words.say("Главное"), (Paragraph(said.dif_main(report, words)),)),
            (words.say("Размер разницы"), (*forests(_effects(report, words), words, look, ident="dif"),)),
            (words.say("Все задания"), (tables.dif_table(report, words),)),
        ),
        reading=said.dif_reading(report, words),
    )
    return assembled(report, document, words)


def _effects(report: DifAnalysis, words: Words) -> Forest:
    return Forest(
        rows=tuple(
            ForestRow(one.name, one.delta.value, one.delta.interval, sure=one.letter is not None)
            for one in report.items
        ),
        title=words.say("Разница при равном результате"),
        subtitle=words.say(
            "Размер D с интервалом 95 %%: левее нуля труднее для группы «%(focal)s»; серое поле — до %(moderate)s, штриховые "
            "линии — %(large)s",
            focal=report.focal,
            moderate=number(report.moderate, words, 1),
            large=number(report.large, words, 1),
        ),
        axis=words.say("размер разницы D"),
        description=said.described([(one.name, one.delta) for one in report.items], words),
        table=tables.dif_table(report, words),
        zero=0.0,
        lines=(-report.large, report.large),
        zone=Interval(-report.moderate, report.moderate),
    )


def agreement_outline(report: AgreementAnalysis, words: Words, look: Look) -> Outline:
    severity: tuple[Block, ...] = ()
    if report.raters:
        severity = (
            *forests(_severity(report, words), words, look, ident="severity"),
            tables.raters_table(report, words),
        )
    document = Document(
        title=words.say("СОГЛАСИЕ ПРОВЕРЯЮЩИХ"),
        parts=(
            (
                words.say("Главное"),
                (Paragraph(said.agreement_main(report, words)), tables.agreement_table(report, words)),
            ),
            (
                words.say("Пары"),
                (
                    *forests(_pairs(report, words), words, look, ident="pairs"),
                    tables.pairs_table(report, words),
                ),
            ),
            (words.say("Строгость"), severity),
        ),
        reading=said.agreement_reading(words),
    )
    return assembled(report, document, words)


def _pairs(report: AgreementAnalysis, words: Words) -> Forest:
    return Forest(
        rows=tuple(
            ForestRow(f"{one.first} — {one.second}", one.kappa.value, one.kappa.interval)
            for one in report.pairs
        ),
        title=words.say("Согласие каждой пары"),
        subtitle=words.say("Каппа с квадратичными весами, интервал 95 %"),
        axis=words.say("каппа"),
        description=said.described(
            [(f"{one.first} — {one.second}", one.kappa) for one in report.pairs], words
        ),
        table=tables.pairs_table(report, words),
        cap=1.0,
        high=1.0,
        zero=0.0,
    )


def _severity(report: AgreementAnalysis, words: Words) -> Forest:
    return Forest(
        rows=tuple(ForestRow(one.name, one.severity.value, one.severity.interval) for one in report.raters),
        title=words.say("Строгость проверяющих"),
        subtitle=words.say("На сколько баллов строже среднего на тех же работах, интервал 95 %"),
        axis=words.say("строже среднего, баллов"),
        description=said.described([(one.name, one.severity) for one in report.raters], words),
        table=tables.raters_table(report, words),
        cap=100.0,
        zero=0.0,
    )

"""Summary sheet, protocol, personal sheets: the papers with results, in the institute's official words."""

from __future__ import annotations

from reports.contents.papers.results import PersonalSheets, Protocol, Summary
from reports.contents.person import PersonReport
from reports.outline import Blank, Facts, Paragraph, Section
from reports.outlines.papers.parts import (
    data_line,
    draft_mark,
    letterhead,
    signed_by_owner,
    subtitle,
    unnamed,
)
from reports.paper import Centred, DateAndNumber, PageBreak, Paper, PaperBlock, Signed, Title
from reports.tabulate.papers.results import protocol_tables, sheet_table, summary_tables
from reports.wording.numbers import long_date
from reports.wording.papers import (
    HAND,
    STAGES_OF,
    people_words,
    period,
    quoted,
    scale_words,
)
from reports.wording.person import left_out
from reports.wording.terms import STAGES, VISIBILITIES, source_lines
from reports.wording.words import Words


def summary_paper(summary: Summary, words: Words) -> Paper:
    head = summary.head
    return Paper(
        title=words.say("Сводная ведомость: диагностика %(title)s", title=quoted(head.diagnosis)),
        organisation=head.operator.name,
        formed_at=head.formed_at,
        blocks=(
            *draft_mark(head, words),
            letterhead(head, words),
            Title(words.say("СВОДНАЯ ВЕДОМОСТЬ"), subtitle(head, words)),
            Centred(words.say("Только для внутреннего пользования: содержит результаты по именам")),
            data_line(head, words),
            Paragraph(_counts(summary, words)),
            *summary_tables(summary, words),
            *unnamed(summary.unnamed, words),
            Paragraph(scale_words(summary.scale, words), small=True),
            _sources(summary, words),
            signed_by_owner(head, words),
        ),
        landscape=True,
    )


def _counts(summary: Summary, words: Words) -> str:
    said = words.say(
        "Приглашено: %(invited)s, прошли: %(done)d, в ведомости названы: %(named)d.",
        invited=people_words(summary.invited, words),
        done=summary.submitted,
        named=len(summary.rows),
    )
    if not summary.waiting:
        return said
    waiting = words.say("Результат ещё рассчитывается: %(n)d.", n=summary.waiting)
    return f"{said} {waiting}"


def _sources(summary: Summary, words: Words) -> Paragraph:
    lines = ". ".join(source_lines(summary.sources, words))
    return Paragraph(f"{lines}.", lead=words.say("Источники."), small=True)


def protocol_paper(protocol: Protocol, words: Words) -> Paper:
    head = protocol.head
    return Paper(
        title=words.say("Протокол: диагностика %(title)s", title=quoted(head.diagnosis)),
        organisation=head.operator.name,
        formed_at=head.formed_at,
        blocks=(
            *draft_mark(head, words),
            letterhead(head, words),
            Title(
                words.say("ПРОТОКОЛ"),
                (
                    words.say("результатов %(stage)s", stage=words.say(STAGES_OF[head.stage])),
                    words.say("профессиональных дефицитов педагогических работников"),
                    quoted(head.diagnosis),
                ),
            ),
            DateAndNumber(head.formed_at.year),
            Facts((
                (words.say("Председатель"), ""),
                (words.say("Члены комиссии"), ""),
                (words.say("Секретарь"), ""),
            )),
            *_protocol_parts(protocol, words),
            Signed((
                (words.say("Председатель комиссии"), ""),
                (words.say("Члены комиссии"), ""),
                ("", ""),
                (words.say("Секретарь"), ""),
            )),
        ),
    )  # fmt: skip


def _protocol_parts(protocol: Protocol, words: Words) -> tuple[PaperBlock, ...]:
    head = protocol.head
    took = words.say(
        "Диагностика проведена %(period)s на основании приказа от «____» ____________ № ________. "
        "Приглашено: %(invited)s, прошли диагностику: %(done)d.",
        period=period(head, words),
        invited=people_words(protocol.invited, words),
        done=protocol.submitted,
    )
    return (
        Section(words.say("1 Основание и участники")),
        Paragraph(took),
        data_line(head, words),
        *_outcome(protocol, words),
        Section(words.say("Решение комиссии")),
        Blank(words.say("Утвердить результаты, рекомендовать:")),
    )


def _outcome(protocol: Protocol, words: Words) -> tuple[PaperBlock, ...]:
    tables = protocol_tables(protocol, words)
    if protocol.results is None:
        said = words.say(
            "Диагностика конфиденциальная: результат видит только сам педагог, поэтому уровни в протокол "
            "не вносятся. Обобщённые данные о группе стоят в отчёте о входной и итоговой диагностике."
        )
        return Section(words.say("2 Участие")), *tables, Paragraph(said)
    counts, named = tables
    return (
        Section(words.say("2 Распределение по уровням")),
        counts,
        Paragraph(scale_words(protocol.results.scale, words)),
        Section(words.say("3 Уровни участников")),
        named,
        *unnamed(protocol.results.unnamed, words),
        _sources(protocol.results, words),
    )


def personal_paper(sheets: PersonalSheets, words: Words) -> Paper:
    """One sheet a person in one file, each on a page of its own."""
    head = sheets.head
    blocks: list[PaperBlock] = []
    for report in sheets.reports:
        sheet = _sheet(sheets, report, words)
        blocks += (PageBreak(), *sheet) if blocks else sheet
    return Paper(
        title=words.say("Личные листы результата: диагностика %(title)s", title=quoted(head.diagnosis)),
        organisation=head.operator.name,
        formed_at=head.formed_at,
        blocks=tuple(blocks),
        paged=False,
    )


def _sheet(sheets: PersonalSheets, report: PersonReport, words: Words) -> tuple[PaperBlock, ...]:
    return (
        *draft_mark(sheets.head, words),
        letterhead(sheets.head, words),
        Title(
            words.say("ЛИЧНЫЙ ЛИСТ РЕЗУЛЬТАТА: %(name)s", name=report.full_name or HAND),
            (words.say("диагностика %(title)s", title=quoted(report.diagnosis)),),
            repeated=True,
        ),
        Facts((
            (words.say("Должность"), report.position),
            (words.say("Организация"), ", ".join(filter(None, (report.school, report.municipality)))),
            (words.say("Этап"), words.say(STAGES[report.stage])),
            (words.say("Дата"), long_date(report.taken_on, words)),
            (words.say("Кто видит"), words.say(VISIBILITIES[report.visibility])),
        )),
        sheet_table(report, words),
        *(Paragraph(said, small=True) for said in left_out(report, words)),
        Paragraph(scale_words(report.scale, words), small=True),
        Paragraph(". ".join(source_lines(report.sources, words)) + ".", lead=words.say("Источники."), small=True),
        signed_by_owner(sheets.head, words),
    )  # fmt: skip

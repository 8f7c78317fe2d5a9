"""Parts that the papers share: heads, marks of a draft, signatures."""

from __future__ import annotations

from reports.contents.papers.common import PaperHead, Unnamed
from reports.outline import Paragraph
from reports.paper import Aside, Letterhead, PaperBlock, Signed
from reports.wording.papers import data_note, draft_lines, period, quoted, unnamed_lines
from reports.wording.terms import STAGES
from reports.wording.words import Words


def letterhead(head: PaperHead, words: Words) -> Letterhead:
    """Name of the institute, then what of its requisites is known."""
    operator = head.operator
    codes = ", ".join(
        text
        for text in (
            words.say("ИНН %(inn)s", inn=operator.inn) if operator.inn else "",
            words.say("ОГРН %(ogrn)s", ogrn=operator.ogrn) if operator.ogrn else "",
        )
        if text
    )
    lines = (operator.name, operator.address, codes, operator.contact)
    return Letterhead(tuple(line for line in lines if line))


def draft_mark(head: PaperHead, words: Words) -> tuple[PaperBlock, ...]:
    """«ПРОЕКТ» and the moment of the data, on every paper whose figures may still change."""
    lines = draft_lines(head, words)
    return (Aside(lines, strong=True),) if lines else ()


def approval(head: PaperHead, words: Words) -> Aside:
    """«УТВЕРЖДАЮ»: position, signature, name, date."""
    operator = head.operator
    return Aside((
        words.say("УТВЕРЖДАЮ"),
        operator.head_position,
        f"__________________ {operator.head_name}".rstrip(),
        "«____» ______________ " + words.say("%(year)s г.", year=head.formed_at.year),
    ))  # fmt: skip


def subtitle(head: PaperHead, words: Words) -> tuple[str, ...]:
    """Which diagnosis and which stage: under the name of a paper."""
    return (
        words.say("диагностика %(title)s", title=quoted(head.diagnosis)),
        words.say("%(stage)s, %(period)s", stage=words.say(STAGES[head.stage]), period=period(head, words)),
    )


def data_line(head: PaperHead, words: Words) -> Paragraph:
    return Paragraph(f"{data_note(head, words)}.", small=True)


def unnamed(people: Unnamed, words: Words) -> tuple[Paragraph, ...]:
    """How many people with a result the paper does not name, and why."""
    return tuple(Paragraph(text, small=True) for text in unnamed_lines(people, words))


def signed_by_head(head: PaperHead) -> Signed:
    return Signed(((head.operator.head_position, head.operator.head_name),))


def signed_by_owner(head: PaperHead, words: Words) -> Signed:
    return Signed(((words.say("Ответственный за проведение диагностики"), head.owner),))

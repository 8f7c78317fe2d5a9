"""«Состав пакета.txt»: what lies in the archive, what does not and why."""

from __future__ import annotations

from collections.abc import Iterable

from diagnostics.reporting.papers.facts import Facts
from diagnostics.reporting.papers.files import PackedFile, about, folder
from diagnostics.reporting.papers.readiness import Readiness, State
from diagnostics.reporting.papers.sentences import REASONS
from reports.wording.papers import quoted, unnamed_lines
from reports.wording.words import Words


def listing(papers: Iterable[Readiness], facts: Facts, words: Words) -> PackedFile:
    """UTF-8 with a mark and Windows line ends, for the Notepad of an office."""
    title = words.say("Пакет документов: диагностика %(title)s", title=quoted(facts.campaign.title))
    lines = [title, *about(facts.head, words), "", *(_line(one, words) for one in papers)]
    unnamed = unnamed_lines(facts.unnamed, words)
    if unnamed:
        lines += ["", *unnamed]
    text = "\r\n".join((*lines, ""))
    name = words.say("Состав пакета")
    return PackedFile(f"{name}.txt", text.encode("utf-8-sig"))


def _line(one: Readiness, words: Words) -> str:
    name = folder(one.kind, words)
    if one.state is State.UNAVAILABLE:
        reason = words.say(REASONS[one.reason])
        return words.say("%(name)s — нет в пакете. %(reason)s", name=name, reason=reason)
    if one.state is State.DRAFT:
        return words.say("%(name)s — черновик: этап не закрыт", name=name)
    return words.say("%(name)s — готов", name=name)

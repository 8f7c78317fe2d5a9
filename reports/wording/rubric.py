"""What experts said about long answers, in the words of the rubric."""

from __future__ import annotations

from reports.contents.person import CriterionLine, PersonReport
from reports.wording.words import Words


def rubric_words(line: CriterionLine, words: Words) -> str:
    """The level that counts; where two experts chose neighbours, both."""
    if len(line.levels) > 1:
        return words.say("между «%(low)s» и «%(high)s»", low=line.levels[0], high=line.levels[-1])
    return line.levels[0] if line.levels else ""


def remarks(report: PersonReport, words: Words) -> tuple[str, ...]:
    """What experts wrote to the author, one line an answer."""
    return tuple(
        words.say("Замечание к заданию «%(task)s»: %(said)s", task=task.title, said=said)
        for task in report.marked
        for said in task.remarks
    )

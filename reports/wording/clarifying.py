"""What clarifying tasks did for a result, in a sentence."""

from __future__ import annotations

from reports.contents.person import PersonReport
from reports.wording.words import Words


def clarified(report: PersonReport, words: Words) -> tuple[str, ...]:
    """Nothing where nobody was asked further; a task that feeds two blocks counts once."""
    number = len({item.code for item in report.evidence if item.further})
    if not number:
        return ()
    return (
        words.count(
            number,
            "%(n)d уточняющее задание учтено в выводах. Проценты и уровни — только по основной части.",
            "%(n)d уточняющих задания учтены в выводах. Проценты и уровни — только по основной части.",
            "%(n)d уточняющих заданий учтены в выводах. Проценты и уровни — только по основной части.",
        ),
    )

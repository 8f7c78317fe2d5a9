"""Which interval is printed, and what the choice of people alone would have done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.contents.entry_exit import ReturnToMean
from reports.outline import Paragraph
from reports.outlines.entry_exit import entry_exit_outline
from reports.tabulate.entry_exit import change_table
from reports.wording import entry_exit as said
from reports.wording.words import Words
from tests.reports.report_samples import entry_exit_report

CHOSEN = ReturnToMean(expected=2.34, observed=6.1, n_asked=25, n_tested=100)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("clusters", "бутстрэп по школам"), ("t", "t-критерий"), ("bootstrap", "бутстрэп по парам")],
)
def test_the_table_says_which_interval_it_prints(kind: str, expected: str, words: Words) -> None:
    report = entry_exit_report()
    assert report.whole is not None
    named = replace(report, whole=replace(report.whole, interval_kind=kind))
    assert expected in said.interval_note(named, words)
    assert said.interval_note(named, words) in change_table(named, words).note


def test_a_release_of_before_names_no_interval(words: Words) -> None:
    assert said.interval_note(entry_exit_report(), words) == ""


def test_the_expectation_stands_beside_the_observed_change(words: Words) -> None:
    text = said.returned(replace(entry_exit_report(), returned=CHOSEN), words)
    assert "25 из 100" in text
    assert text.index("+2,3 балла") < text.index("на деле — на +6,1")


def test_the_document_tells_it_on_its_first_page_and_is_silent_otherwise(words: Words) -> None:
    def main(returned: ReturnToMean | None) -> str:
        blocks = entry_exit_outline(replace(entry_exit_report(), returned=returned), words).blocks
        return next(one.text for one in blocks if isinstance(one, Paragraph))

    assert "возврат к среднему, Келли" in main(CHOSEN)
    assert "Келли" not in main(None)

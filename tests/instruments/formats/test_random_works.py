"""Whatever a work says, a workbook says it back: random works through every kind of file."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from instruments.document import Instrument
from instruments.formats.arrived import Work
from instruments.formats.planning import apply, merge
from instruments.formats.workbook import read_workbook, write_workbook
from instruments.versions import canonical_json
from tests.instruments.formats.random_works import works

# A failing work is told as it was found: to make it smaller takes minutes.
AS_FOUND: Any = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.explicit, Phase.reuse, Phase.generate),
}


@pytest.mark.parametrize(("kind", "words"), [("xlsx", "ru"), ("ods", "ru"), ("csv", "ru"), ("csv", "en")])
@settings(max_examples=12, **AS_FOUND)
@given(work=works())
def test_an_export_that_nobody_edited_reads_back_the_same(kind: Any, words: str, work: Work) -> None:
    unchanged(work, kind, words)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
@settings(max_examples=2, **AS_FOUND)
@given(work=works(every=True))
def test_a_work_of_every_type_reads_back_the_same(kind: Any, work: Work) -> None:
    unchanged(work, kind, "ru")


def unchanged(work: Work, kind: Any, words: str) -> None:
    """Equal letter by letter, and nothing to accept."""
    read = read_workbook("w", write_workbook(*work, kind, language=words))
    assert read.instrument
    assert read.scoring
    assert work.scoring
    assert canonical_json(read.instrument) == canonical_json(work.instrument)
    assert canonical_json(read.scoring) == canonical_json(work.scoring)
    plan = merge(work, read)
    assert plan.is_empty
    assert apply(plan, plan.offered) == work


@pytest.mark.parametrize("title", ["Имя ", "\u00a0Имя", "Имя\u2028"])
def test_a_title_with_blanks_round_it_gets_no_other_language(title: str) -> None:
    item = {"type": "info", "code": "x1", "title": {"ru": title}, "text": {"ru": "Слова", "en": "Words"}}
    form = {
        "code": "A",
        "title": {"ru": "A"},
        "sections": [{"code": "S", "title": {"ru": "S"}, "items": ["x1"]}],
    }
    instrument = Instrument.model_validate(
        {
            "kind": "instrument", "code": "w", "title": {"ru": "W"}, "purpose": {"ru": "W"}, "instructions": {"ru": "W"},
            "audience": "teacher", "minutes": 5, "languages": ["ru", "en"], "forms": [form], "items": [item],
            "passport": {"authors": "W", "licence": "CC0", "year": 2026},
        }
    )  # fmt: skip
    assert read_workbook("w", write_workbook(instrument, None, "csv")).instrument == instrument

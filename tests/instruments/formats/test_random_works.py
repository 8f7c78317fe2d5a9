"""Whatever a work says, a workbook says it back: random works through every kind of file."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instruments.document import Instrument
from instruments.formats.arrived import Work
from instruments.formats.planning import apply, merge
from instruments.formats.workbook import read_workbook, write_workbook
from instruments.scoring import Scoring

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=30
).filter(lambda words: words.strip() != "")
TEXTS = st.dictionaries(st.sampled_from(["ru", "en"]), WORDS, min_size=1)
CODES = st.text(string.ascii_letters + string.digits, min_size=1, max_size=6)


@st.composite
def items(draw: st.DrawFn, code: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
    item: dict[str, Any] = {"code": code, "title": draw(TEXTS), "text": draw(TEXTS)}
    item["type"] = kind = draw(
        st.sampled_from(["single", "multiple", "number", "text", "likert", "info", "ordering"])
    )
    entry: dict[str, Any] | None = {"points": draw(st.integers(0, 5)), "competences": {"METH.3": 1}}
    if kind in ("single", "multiple", "ordering"):
        names = draw(st.lists(CODES, min_size=2, max_size=5, unique=True) | st.just(["a", "b", "c"]))
        item["options"] = [{"code": name, "text": draw(TEXTS)} for name in names]
        entry["key"] = names[0] if kind == "single" else names[:2]
        entry["mistakes"] = draw(st.just({}) | st.just({names[1]: draw(TEXTS)}))
    elif kind == "number":
        entry["key"] = {
            "value": draw(st.floats(-1e6, 1e6, allow_nan=False)),
            "tolerance": draw(st.floats(0, 10)),
        }
    elif kind == "text":
        entry["key"] = draw(st.lists(WORDS, min_size=1, max_size=3))
    elif kind == "likert":
        item["scale"] = [{"value": value, "text": draw(TEXTS)} for value in (1, 2, 3)]
        item["opt_out"] = draw(st.booleans() | TEXTS)
    else:
        entry = None
    if draw(st.booleans()):
        item["hint"] = draw(TEXTS)
    return item, entry


@st.composite
def works(draw: st.DrawFn) -> Work:
    codes = draw(st.lists(CODES, min_size=1, max_size=4, unique=True))
    made = [draw(items(code)) for code in codes]
    instrument = {
        "kind": "instrument", "code": "w", "title": draw(TEXTS), "purpose": draw(TEXTS), "instructions": draw(TEXTS),
        "audience": "teacher", "minutes": 5, "languages": ["ru", "en"], "items": [item for item, _ in made],
        "passport": {"authors": draw(WORDS), "licence": "CC0", "year": 2026},
        "forms": [
            {"code": form, "title": draw(TEXTS), "sections": [{"code": "S", "title": draw(TEXTS), "items": list(codes)}]}
            for form in ("A", "B")
        ],
    }  # fmt: skip
    scoring = {
        "kind": "scoring", "code": "w", "instrument": "w", "framework": "dpo", "preset": "levels3",
        "items": {item["code"]: entry for item, entry in made if entry is not None},
    }  # fmt: skip
    return Work(Instrument.model_validate(instrument), Scoring.model_validate(scoring))


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(work=works())
def test_an_export_that_nobody_edited_reads_back_the_same(kind: Any, work: Work) -> None:
    read = read_workbook("w", write_workbook(*work, kind))
    assert read.instrument == work.instrument
    assert read.scoring == work.scoring
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

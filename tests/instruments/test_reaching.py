"""Whether a condition can hold: the verdict against trying everything by hand."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.checking import reaching
from instruments.checking.reaching import Verdict, reach
from instruments.document import Instrument
from instruments.path import on_path
from instruments.rules import holds

SCALE = [{"value": value, "text": {"ru": str(value)}} for value in (1, 2, 3)]
OPTIONS = [{"code": code, "text": {"ru": code}} for code in "abc"]
TEXT = {"title": {"ru": "т"}, "text": {"ru": "т"}}


def written(*conditions: str | None, section: str | None = None, **fields: dict[str, Any]) -> Instrument:
    """S, M, L and N, then one word for each condition: W1, W2 …"""
    items: list[dict[str, Any]] = [
        {"code": "S", "type": "single", "options": OPTIONS, **TEXT},
        {"code": "M", "type": "multiple", "options": OPTIONS, **TEXT},
        {"code": "L", "type": "likert", "scale": SCALE, "opt_out": True, **TEXT},
        {"code": "N", "type": "number", "minimum": 0, "maximum": 3, "decimals": 0, **TEXT},
        *(
            {"code": f"W{number}", "type": "text", "show_if": text, **TEXT}
            for number, text in enumerate(conditions, 1)
        ),
    ]
    for item in items:
        item.update(fields.get(str(item["code"]), {}))
    codes = [item["code"] for item in items]
    sections = [
        {"code": "ONE", "title": {"ru": "р"}, "items": codes[:4]},
        {"code": "TWO", "title": {"ru": "р"}, "items": codes[4:], "show_if": section},
    ]
    return Instrument.model_validate(
        {
            "kind": "instrument", "code": "t", "title": {"ru": "т"}, "purpose": {"ru": "т"}, "instructions": {"ru": "т"},
            "audience": "teacher", "minutes": 5, "languages": ["ru"],
            "passport": {"authors": "а", "licence": "л", "year": 2026},
            "forms": [{"code": "A", "title": {"ru": "в"}, "sections": sections}], "items": items,
        }
    )  # fmt: skip


def verdict(instrument: Instrument, number: int = 1) -> Verdict:
    return reach(instrument, instrument.form("A"), [(3 + number, f"W{number}")])[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S = a", "sometimes"),
        ("S = a and S = b", "never"),
        ("S = a and S != a", "never"),
        ("S = a or S != a", "sometimes"),  # it may be left empty
        ("S answered or S not answered", "always"),
        ("M = a and M = b", "sometimes"),
        ("M answered and not M in (a, b, c)", "never"),
        ("L < 1", "never"),
        ("L != 1 and L != 2 and L != 3", "sometimes"),  # «затрудняюсь ответить»
        ("N > 3", "never"),
        ("N > 1 and N < 2", "never"),  # whole numbers only
        ("N > 1 and N < 3", "sometimes"),
        ("N >= 0 or N not answered", "always"),
        ("N < -1", "never"),
    ],
)
def test_one_condition(text: str, expected: str) -> None:
    assert verdict(written(text)).value == expected


@pytest.mark.parametrize(
    ("fields", "text", "expected"),
    [
        ({"N": {"decimals": None}}, "N > 1 and N < 2", "sometimes"),
        ({"N": {"decimals": 1}}, "N > 1.0 and N < 1.1", "never"),
        ({"N": {"minimum": None}}, "N < -1000", "sometimes"),
        ({"M": {"choose": 2}}, "M = a and M = b and M = c", "never"),
        ({"M": {"choose": 2}}, "M answered and not M in (a, b)", "never"),
        ({"M": {"choose": 2}}, "M = a and M != b", "sometimes"),
        ({"L": {"opt_out": False}}, "L != 1 and L != 2 and L != 3", "never"),
        ({"S": {"opt_out": True}}, "S != a and S != b and S != c", "sometimes"),
    ],
)
def test_what_can_be_answered_decides(fields: dict[str, Any], text: str, expected: str) -> None:
    assert verdict(written(text, **fields)).value == expected


def test_a_condition_upon_an_item_that_is_never_asked_never_holds() -> None:
    assert verdict(written("S = a and S = b", "W1 answered"), 2) is Verdict.NEVER
    assert verdict(written("S = a", "W1 answered and S = b"), 2) is Verdict.NEVER


def test_the_condition_of_the_section_counts_too() -> None:
    assert verdict(written("S = b", section="S = a")) is Verdict.NEVER
    assert verdict(written("S = a", section="S in (a, b)")) is Verdict.SOMETIMES


TESTS = st.sampled_from(
    ["S = a", "S != b", "S in (b, c)", "L >= 2", "L = 1", "N > 1", "N <= 0", "M = a", "M != b", "S answered"]
)
TEXTS = st.recursive(
    TESTS,
    lambda part: st.one_of(
        part.map(lambda one: f"not ({one})"),
        st.tuples(part, st.sampled_from(["and", "or"]), part).map(lambda one: f"({one[0]}) {one[1]} ({one[2]})"),
    ),
    max_leaves=5,
)  # fmt: skip


@given(TEXTS)
@settings(max_examples=60)
def test_the_verdict_is_that_of_trying_every_answer(text: str) -> None:
    instrument = written(text)
    every = product(
        [None, "a", "b", "c"],
        [None, ["a"], ["b"], ["c"], ["a", "b"], ["a", "c"], ["b", "c"], ["a", "b", "c"]],
        [None, 1, 2, 3, {"opt_out": True}],
        [None, 0, 1, 2, 3],
    )
    seen = {"W1" in on_path(instrument, "A", dict(zip("SMLN", given, strict=True))) for given in every}
    expected = Verdict.SOMETIMES if len(seen) > 1 else Verdict.ALWAYS if True in seen else Verdict.NEVER
    assert verdict(instrument) is expected


def test_one_contradiction_among_many_plain_conditions_is_proved() -> None:
    instrument = written(*["S = a"] * 150, "S = a and M = b and S = b", *["L > 1"] * 49)
    targets = [(3 + number, f"W{number}") for number in range(1, 201)]
    found = reach(instrument, instrument.form("A"), targets)
    assert found[150] is Verdict.NEVER
    assert set(found[:150] + found[151:]) == {Verdict.SOMETIMES}


def test_two_hundred_tangled_conditions_cost_a_counted_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in looks at a condition, not in seconds: the same on every machine."""
    looks = []
    monkeypatch.setattr(reaching, "holds", lambda *given: bool(looks.append(1)) or holds(*given))
    behind = [[f"W{one} answered" for one in range(max(1, number - 9), number)] for number in range(1, 201)]
    instrument = written(*(" and ".join(["S = a", "not S = a", *texts]) for texts in behind))
    found = reach(instrument, instrument.form("A"), [(3 + number, f"W{number}") for number in range(1, 201)])
    assert found[0] is Verdict.NEVER
    assert set(found) == {Verdict.NEVER, Verdict.UNKNOWN}
    assert len(looks) < 45_000

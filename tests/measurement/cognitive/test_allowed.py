from __future__ import annotations

import pytest

from diagnostics.measurement.cognitive.allowed import SkillModel, allowed
from diagnostics.measurement.errors import NotOfferedError, TooFewPersonsError


@pytest.mark.parametrize(
    ("model", "n", "refusal", "needed"),
    [
        ("dina", 199, "too_few_persons", 200),
        ("dina", 200, None, 200),
        ("dino", 200, None, 200),
        ("gdina", 499, "too_few_persons", 500),
        ("gdina", 5000, "not_built", 500),
    ],
)
def test_the_number_of_persons_decides(model: str, n: int, refusal: str | None, needed: int) -> None:
    found = allowed(SkillModel(model), n)
    assert (found.refusal, found.needed) == (refusal, needed)


def test_a_refusal_is_an_error_of_its_kind_with_its_facts() -> None:
    few, never = (allowed(SkillModel.GENERAL, n).refused() for n in (10, 1000))

    assert isinstance(few, TooFewPersonsError)
    assert isinstance(never, NotOfferedError)
    assert never.params == {"model": "gdina", "reason": "not_built", "n": 1000, "needed": 500}
    assert allowed(SkillModel.DINA, 200).refusal is None

from __future__ import annotations

import pytest

from diagnostics.measurement.errors import NotOfferedError, TooFewPersonsError
from diagnostics.measurement.latent.allowed import Model, Way, allowed


@pytest.mark.parametrize(
    ("model", "n", "asked", "way", "provisional"),
    [
        ("rasch", 25, None, "conditional_likelihood", True),
        ("rasch", 99, "marginal_likelihood", "marginal_likelihood", True),
        ("rasch", 100, None, "conditional_likelihood", False),
        ("pcm", 100, None, "conditional_likelihood", False),
        ("rsm", 40, None, "conditional_likelihood", True),
        ("1pl", 300, None, "marginal_likelihood", False),
        ("2pl", 150, None, "map", False),
        ("grm", 499, None, "map", False),
        ("gpcm", 500, None, "marginal_likelihood", False),
        ("2pl", 5000, "map", "map", False),
    ],
)
def test_the_number_of_persons_decides_the_way(
    model: str, n: int, asked: str | None, way: str, provisional: bool
) -> None:
    found = allowed(Model(model), n, None if asked is None else Way(asked))

    assert (found.way, found.provisional, found.refusal) == (way, provisional, None)


@pytest.mark.parametrize(
    ("model", "n", "asked", "needed"),
    [
        ("rasch", 24, None, 25),
        ("2pl", 149, None, 150),
        ("gpcm", 10, "map", 150),
        ("grm", 499, "marginal_likelihood", 500),
    ],
)
def test_too_few_persons_are_refused_with_the_number_that_is_needed(
    model: str, n: int, asked: str | None, needed: int
) -> None:
    found = allowed(Model(model), n, None if asked is None else Way(asked))

    assert (found.way, found.refusal, found.needed) == (None, "too_few_persons", needed)
    assert isinstance(found.refused(), TooFewPersonsError)
    assert found.refused().params["needed"] == needed


@pytest.mark.parametrize(
    ("model", "asked", "reason"),
    [
        ("3pl", None, "only_imported"),
        ("2pl", "joint_likelihood", "never"),
        ("rasch", "joint_likelihood", "never"),
        ("2pl", "conditional_likelihood", "never"),
        ("rasch", "map", "never"),
        ("1pl", "conditional_likelihood", "never"),
        ("rsm", "marginal_likelihood", "never"),
    ],
)
def test_some_models_and_ways_are_refused_whatever_the_number(
    model: str, asked: str | None, reason: str
) -> None:
    found = allowed(Model(model), 1_000_000, None if asked is None else Way(asked))

    assert (found.way, found.refusal) == (None, reason)
    assert isinstance(found.refused(), NotOfferedError)

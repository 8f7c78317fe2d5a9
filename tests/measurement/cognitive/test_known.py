from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.measurement.cognitive.known import mastery
from diagnostics.measurement.cognitive.q_matrix import Gate, q_matrix
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.naive import cognitive as slow

NEEDS = [[1, 0], [0, 1], [1, 1], [1, 0]]
Q = q_matrix(NEEDS)
GUESS, SLIP, SHARES = [0.2, 0.1, 0.25, 0.3], [0.1, 0.2, 0.15, 0.3], [0.4, 0.1, 0.2, 0.3]
ANSWER = st.sampled_from([0.0, 1.0, float("nan")])


@given(
    st.lists(st.lists(ANSWER, min_size=4, max_size=4), min_size=1, max_size=6),
    st.sampled_from(Gate),
)
def test_every_person_is_diagnosed_as_by_the_slow_twin(rows: list[list[float]], gate: Gate) -> None:
    scores = np.array(rows)

    found = mastery(scores, Q, gate, guess=GUESS, slip=SLIP, profile_shares=SHARES)

    for person, chances, top, reason in zip(
        scores, found.chances, found.profile_chances, found.reason, strict=True
    ):
        if np.isnan(person).all():
            assert (chances, top, reason) == ((None, None), None, "no_answers")
            continue
        joint = slow.joint(person, NEEDS, GUESS, SLIP, SHARES, all_needed=gate is Gate.ALL)
        assert chances == pytest.approx(slow.mastery(joint))
        assert top == pytest.approx(max(joint) / sum(joint))


def test_one_person_is_enough_where_the_items_are_known() -> None:
    found = mastery([[1, 0, 0, 1]], Q, Gate.ALL, guess=GUESS, slip=SLIP, profile_shares=SHARES)
    assert found.profiles == ((True, False),)


def test_nobody_gives_nobody() -> None:
    found = mastery(np.zeros((0, 4)), Q, Gate.ALL, guess=GUESS, slip=SLIP, profile_shares=SHARES)
    assert (found.chances, found.reason) == ((), ())


@pytest.mark.parametrize(
    "wrong",
    [
        {"guess": [0.2] * 3},
        {"guess": [0.95] * 4},
        {"guess": [0.0] * 4},
        {"slip": [float("nan")] * 4},
        {"profile_shares": [0.5, 0.5]},
        {"profile_shares": [0.5, 0.6, 0.0, 0.0]},
        {"profile_shares": [1.2, -0.2, 0.0, 0.0]},
    ],
)
def test_chances_that_are_none_are_refused(wrong: dict[str, list[float]]) -> None:
    known = {"guess": GUESS, "slip": SLIP, "profile_shares": SHARES} | wrong
    with pytest.raises(BadInputError):
        mastery([[1, 0, 0, 1]], Q, Gate.ALL, **known)

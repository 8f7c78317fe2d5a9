from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.naive import survey as naive
from diagnostics.measurement.survey.indices import respondent_indices

NAN = float("nan")
MARK = st.one_of(st.none(), st.integers(1, 4))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([4, 4, 4], 100.0),
        ([1, 1, 1], 0.0),
        ([1, 2, 3, 4], 50.0),
        ([3, 3, 3, NAN], 200 / 3),  # three of four are 75 %: enough
        ([4, 4, 4, 4, 4, 4, 4, NAN, NAN, NAN], 100.0),  # exactly 70 %
    ],
)
def test_the_index_is_the_mean_on_a_hundred_points(marks: list[float], expected: float) -> None:
    assert respondent_indices([marks])[0] == pytest.approx(expected)


@pytest.mark.parametrize("marks", [[4, 4, NAN], [NAN, NAN], [4] * 6 + [NAN] * 4])
def test_too_few_answers_are_no_index(marks: list[float]) -> None:
    assert np.isnan(respondent_indices([marks])[0])


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(st.lists(MARK, min_size=n, max_size=n), min_size=1, max_size=6)
    )
)
def test_it_agrees_with_the_answer_by_answer_twin(rows: list[list[float | None]]) -> None:
    found = respondent_indices([[NAN if mark is None else mark for mark in row] for row in rows])
    for value, row in zip(found, rows, strict=True):
        expected = naive.index(row, 1, 4, 0.7)
        assert np.isnan(value) if expected is None else value == pytest.approx(expected)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=12))
def test_turning_all_marks_round_turns_the_index_round(marks: list[int]) -> None:
    turned = [5 - mark for mark in marks]
    assert respondent_indices([marks])[0] == pytest.approx(100 - respondent_indices([turned])[0])


@pytest.mark.parametrize("marks", [[[0]], [[5]], [1, 2]])
def test_what_is_no_mark_of_the_scale_is_refused(marks: object) -> None:
    with pytest.raises(BadInputError):
        respondent_indices(marks)  # type: ignore[arg-type]

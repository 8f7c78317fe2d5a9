from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from diagnostics.web.settling import settle


@pytest.fixture
def collector() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("collector")
def test_what_stands_at_the_start_is_not_looked_through_again() -> None:
    kept: list[object] = [[] for _ in range(1000)]
    settle()
    assert gc.get_freeze_count() > len(kept)
    assert not any(one is kept for one in gc.get_objects())


@pytest.mark.usefixtures("collector")
def test_later_rubbish_is_still_cleared() -> None:
    settle()
    one: list[object] = []
    one.append(one)
    del one
    assert gc.collect() > 0

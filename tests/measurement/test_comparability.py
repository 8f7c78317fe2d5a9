from __future__ import annotations

from dataclasses import replace

import pytest

from diagnostics.measurement.comparability import Comparable, Purpose, Taken, comparability
from diagnostics.measurement.linking import Anchor, LinkingResult, link

ENTRY = Taken(
    instrument="test.method",
    version="v1",
    form="A",
    framework="dpo",
    framework_version="1",
    scale="levels3",
    n_items=24,
)


def linked(steady: int, drifted: int = 0) -> LinkingResult:
    values = [0.3 + 0.01 * (place % 3) for place in range(steady)] + [5.0 + place for place in range(drifted)]
    return link(tuple(Anchor(f"a{place}", value, 0.0) for place, value in enumerate(values)))


def test_one_form_of_one_version_is_comparable() -> None:
    found = comparability(ENTRY, ENTRY)

    assert (found.code, found.reason, found.link_error) == (Comparable.SAME_VERSION, None, 0.0)


@pytest.mark.parametrize("who_declares", ["entry", "exit"])
def test_one_form_of_equivalent_versions_is_comparable(who_declares: str) -> None:
    leave = replace(ENTRY, version="v2")
    entry = ENTRY
    if who_declares == "entry":
        entry = replace(ENTRY, equivalent=frozenset({"v2"}))
    else:
        leave = replace(leave, equivalent=frozenset({"v1"}))

    assert comparability(entry, leave).code is Comparable.SAME_FORM


def test_parallel_forms_with_enough_anchors_are_linked_and_carry_the_error() -> None:
    result = linked(8)

    found = comparability(ENTRY, replace(ENTRY, form="B"), result)

    assert (found.code, found.link_error) == (Comparable.LINKED, result.error)
    assert dict(found.params) == {"common": 8, "kept": 8}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"framework": "ps01.001"}, "different_framework"),
        ({"framework_version": "2"}, "different_framework"),
        ({"scale": "levels4"}, "different_scale"),
        ({"instrument": "test.other"}, "different_instrument"),
        ({"version": "v2"}, "different_version"),
        ({"form": "B"}, "not_linked"),
        ({"framework": "x", "scale": "y", "form": "B"}, "different_framework"),
    ],
)
def test_a_refusal_names_its_first_reason(change: dict[str, str], reason: str) -> None:
    found = comparability(ENTRY, replace(ENTRY, **change))  # type: ignore[arg-type]

    assert (found.code, found.reason, found.link_error) == (Comparable.REFUSED, reason, None)
    assert not found.allowed


@pytest.mark.parametrize(
    ("steady", "drifted", "n_items", "purpose", "reason"),
    [
        (4, 0, 20, Purpose.PERSON, "too_few_anchors"),
        (5, 0, 20, Purpose.PERSON, None),
        (5, 0, 26, Purpose.PERSON, "too_few_anchors"),  # a fifth of 26 is more than five
        (6, 0, 26, Purpose.PERSON, None),
        (7, 0, 24, Purpose.PERSON, None),
        (7, 0, 24, Purpose.GROUP, "too_few_anchors_for_group"),
        (8, 0, 24, Purpose.GROUP, None),
        (5, 3, 24, Purpose.GROUP, None),
        (4, 4, 24, Purpose.GROUP, "too_few_stable_anchors"),
        (4, 4, 24, Purpose.PERSON, "too_few_stable_anchors"),
        (8, 0, 60, Purpose.GROUP, "too_few_anchors"),
    ],
)
def test_the_number_of_anchors_decides(
    steady: int, drifted: int, n_items: int, purpose: Purpose, reason: str | None
) -> None:
    entry = replace(ENTRY, n_items=n_items)

    found = comparability(entry, replace(entry, form="B"), linked(steady, drifted), purpose)

    assert found.reason == reason
    assert found.allowed == (reason is None)


def test_a_shorter_form_sets_the_share_of_anchors() -> None:
    long, short = replace(ENTRY, n_items=60), replace(ENTRY, n_items=24, form="B")

    assert comparability(long, short, linked(8)).allowed

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace

import pytest

from diagnostics.measurement.adaptive.bank import bank
from diagnostics.measurement.adaptive.clarifying import by_share
from diagnostics.measurement.cognitive.allowed import SkillModel
from diagnostics.measurement.cognitive.allowed import allowed as skills_allowed
from diagnostics.measurement.errors import InvalidMethodError, TooFewPersonsError
from diagnostics.measurement.latent.allowed import Model, allowed
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.method import METHOD, Method


def test_a_method_survives_its_document() -> None:
    changed = replace(METHOD, version="2", confirmed_from=0.85, bootstrap_seed=7)

    assert Method.from_json(changed.to_json()) == changed


def test_the_same_method_gives_the_same_bytes() -> None:
    assert Method().to_json() == Method().to_json()
    assert list(json.loads(METHOD.to_json())) == sorted(json.loads(METHOD.to_json()))


def test_a_method_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        METHOD.min_items = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    "change",
    [
        {"probable_from": 0.9},
        {"surely_none_to": 0.5},
        {"confirmed_from": 1.0},
        {"interval": 0.0},
        {"min_items": 0},
        {"min_anchors_group": 4},
        {"weak_alpha": 0.0},
        {"rank_stable_from": 1.0},
        {"weight_parent": -1.0},
        {"grid_points": 0},
        {"answered_from": 1.0},
        {"priors_from": 501},
        {"skills_from": 501},
        {"bank_from": 501},
        {"weight_teacher": 0.0, "weight_pupil": 0.0, "weight_parent": 0.0},
    ],
)
def test_constants_that_contradict_one_another_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(InvalidMethodError):
        replace(METHOD, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"min_items": "3"}, ["min_items"]),
        ({"min_items": True}, ["min_items"]),
        ({"min_items": 3.5}, ["min_items"]),
        ({"surprise": 1}, ["surprise"]),
    ],
)
def test_a_document_with_a_wrong_constant_names_it(change: dict[str, object], names: list[str]) -> None:
    document = json.dumps(json.loads(METHOD.to_json()) | change)

    with pytest.raises(InvalidMethodError) as caught:
        Method.from_json(document)

    assert caught.value.params == {"names": names}


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "3"])
def test_what_is_no_method_is_refused(text: str) -> None:
    with pytest.raises(InvalidMethodError):
        Method.from_json(text)


def test_a_document_without_a_constant_is_refused() -> None:
    document = json.loads(METHOD.to_json())
    del document["interval"]

    with pytest.raises(InvalidMethodError) as caught:
        Method.from_json(json.dumps(document))

    assert caught.value.params == {"names": ["interval"]}


def test_the_first_version_knew_nothing_of_opinions_and_still_reads() -> None:
    document = json.loads(METHOD.to_json()) | {"version": "1"}
    for name in ("views_gap", "weight_sheet", "weight_teacher", "weight_pupil", "weight_parent"):
        del document[name]
    del document["rank_stable_from"], document["self_gap"]

    assert Method.from_json(json.dumps(document)) == replace(METHOD, version="1")


def test_the_first_version_lacks_nothing_else() -> None:
    document = json.loads(METHOD.to_json()) | {"version": "1"}
    del document["interval"]

    with pytest.raises(InvalidMethodError):
        Method.from_json(json.dumps(document))


def test_the_second_version_knew_nothing_of_raters_and_still_reads() -> None:
    document = json.loads(METHOD.to_json()) | {"version": "2"}
    for name in ("accuracy_goal", "third_mark_from", "funnel_inner", "funnel_outer"):
        del document[name]
    del document["dif_letter_persons"], document["dif_moderate"], document["dif_large"]

    assert Method.from_json(json.dumps(document)) == replace(METHOD, version="2")


SINCE_4 = [
    "rasch_provisional_from",
    "priors_from",
    "likelihood_from",
    "map_log_slope_sd",
    "map_threshold_sd",
    "grid_points",
    "weak_slope",
    "dependence_from",
    "skills_from",
    "general_skills_from",
    "skills_alarm",
    "bank_from",
    "bank_slopes_from",
    "choose_from",
    "clarifying_limit",
    "min_clusters",
    "fewest_items",
    "answered_from",
]


def test_the_third_version_knew_nothing_of_models_and_still_reads() -> None:
    document = json.loads(METHOD.to_json()) | {"version": "3", "min_items": 4}
    for name in SINCE_4:
        del document[name]

    assert Method.from_json(json.dumps(document)) == replace(METHOD, version="3", min_items=4)


def test_the_fourth_version_needs_all_its_constants() -> None:
    document = json.loads(METHOD.to_json())
    for name in SINCE_4:
        del document[name]

    with pytest.raises(InvalidMethodError) as caught:
        Method.from_json(json.dumps(document))

    assert caught.value.params == {"names": sorted(SINCE_4)}


def test_constants_obey_the_method_that_is_handed_in() -> None:
    strict = replace(METHOD, priors_from=300, skills_from=400, bank_from=400, clarifying_limit=0)
    item = LatentItem("i", 1.0, (0.0,))

    assert allowed(Model.TWO_PL, 299, method=strict).needed == 300
    assert skills_allowed(SkillModel.DINA, 399, strict).needed == 400
    assert bank([item], ["a"], persons=399).items == (item,)
    with pytest.raises(TooFewPersonsError):
        bank([item], ["a"], persons=399, method=strict)
    seven = {"points": [1] * 4 + [0] * 3, "maxima": [1] * 7, "cut": 0.6, "unseen": ["m"], "asked": 0}
    assert [by_share(**seven, method=one).state for one in (METHOD, strict)] == ["ask", "limit"]  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"dif_moderate": 2.0}, {"funnel_inner": 0.999}, {"accuracy_goal": 1.0}])
def test_classes_and_limits_out_of_order_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InvalidMethodError):
        replace(METHOD, **wrong)  # type: ignore[arg-type]

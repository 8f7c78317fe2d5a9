"""Two versions of a work told to people: word by word, with the class of each change and its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.bundled import bundled
from instruments.document import Instrument
from instruments.scoring import Scoring
from instruments.versions import Change, Edit, Kind, Side, change_between, keyed_anew, semantic, word_diff

Body = dict[str, Any]
OLD = Side(bundled("instrument")["test.method"], bundled("scoring")["test.method"])


def changed(change: Callable[[Body, Body], object]) -> Side:
    asked, keys = (one.model_dump(mode="json", exclude_defaults=True, by_alias=True) for one in OLD if one)
    change(asked, keys)
    return Side(Instrument.model_validate(asked), Scoring.model_validate(keys))


def the_edit(change: Callable[[Body, Body], object]) -> Edit:
    (group,) = semantic(OLD, changed(change))
    (edit,) = group.edits
    return edit


def other_key(asked: Body, keys: Body) -> None:
    keys["items"]["M01"]["key"] = next(
        one["code"] for one in asked["items"][0]["options"] if one["code"] != keys["items"]["M01"]["key"]
    )


def swapped(values: list[Any]) -> None:
    values[0], values[1] = values[1], values[0]


EDITS: dict[str, tuple[Callable[[Body, Body], object], str, Change]] = {
    "a text": (lambda a, _k: a["items"][0]["text"].update(ru="Другие слова"), "текст", Change.BREAKING),
    "a title": (lambda a, _k: a["items"][0]["title"].update(ru="Имя"), "название", Change.COSMETIC),
    "a hint": (lambda a, _k: a["items"][0].update(hint={"ru": "Подумайте"}), "подсказка", Change.EQUIVALENT),
    "an option": (
        lambda a, _k: a["items"][0]["options"][0]["text"].update(ru="Иначе"), "вариант ответа", Change.BREAKING
    ),
    "an option more": (
        lambda a, _k: a["items"][0]["options"].append({"code": "z", "text": {"ru": "Ещё"}}),
        "вариант ответа",
        Change.BREAKING,
    ),
    "order of options": (
        lambda a, _k: swapped(a["items"][0]["options"]), "порядок вариантов ответа", Change.EQUIVALENT
    ),
    "a condition": (lambda a, _k: a["items"][1].update(show_if="M01 = b"), "условие показа", Change.BREAKING),
    "a key": (other_key, "ключ", Change.BREAKING),
    "points": (lambda _a, k: k["items"]["M01"].update(points=2), "баллы", Change.BREAKING),
    "anchors": (lambda _a, k: k["anchors"].pop(), "общие задания", Change.EQUIVALENT),
    "minutes": (lambda a, _k: a.update(minutes=45), "время, мин", Change.EQUIVALENT),
    "random order": (lambda a, _k: a.update(shuffle="items"), "случайный порядок", Change.EQUIVALENT),
    "order of questions": (
        lambda a, _k: swapped(a["forms"][0]["sections"][0]["items"]), "задания варианта", Change.EQUIVALENT
    ),
    "order of the file": (lambda a, _k: swapped(a["items"]), "порядок записи заданий", Change.COSMETIC),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_one_change_is_told_as_one_edit_with_its_class(name: str) -> None:
    change, label, found = EDITS[name]
    edit = the_edit(change)
    assert (edit.label(), edit.change) == (label, found)
    assert edit.reason()
    assert edit.after


def test_values_are_told_in_words() -> None:
    assert the_edit(EDITS["points"][0]).before == "1"
    assert the_edit(EDITS["random order"][0]).after == "заданий"
    assert the_edit(EDITS["a condition"][0]).after.startswith("Показать, если в задании")
    key = the_edit(EDITS["a key"][0])
    assert key.before.startswith("«")
    assert key.before != key.after


def test_a_question_that_came_and_one_that_went_are_named() -> None:
    def change(asked: Body, keys: Body) -> None:
        asked["items"][0]["code"] = "NEW"
        keys["items"]["NEW"] = keys["items"].pop("M01")
        for form in asked["forms"]:
            for section in form["sections"]:
                section["items"] = ["NEW" if code == "M01" else code for code in section["items"]]
        keys["anchors"] = [code for code in keys["anchors"] if code != "M01"]

    groups = semantic(OLD, changed(change))
    assert [(one.code, one.kind) for one in groups if one.kind != "changed"] == [
        ("NEW", "new"),
        ("M01", "gone"),
    ]


def test_the_worst_edit_is_the_verdict() -> None:
    for change, _label, _class in EDITS.values():
        new = changed(change)
        verdict = change_between(OLD.instrument, new.instrument, OLD.scoring, new.scoring)
        assert max(one.change for one in semantic(OLD, new)) == verdict


@pytest.mark.parametrize("code", sorted(bundled("instrument")))
def test_a_work_does_not_differ_from_itself(code: str) -> None:
    side = Side(bundled("instrument")[code], bundled("scoring").get(code))
    assert semantic(side, side) == []


@pytest.mark.parametrize("other", sorted(bundled("instrument")))
def test_any_two_works_can_be_told_apart(other: str) -> None:
    new = Side(bundled("instrument")[other], bundled("scoring").get(other))
    for group in semantic(OLD, new):
        assert all(edit.label() and edit.reason() for edit in group.edits)


@given(st.text(), st.text())
def test_the_pieces_hold_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(text for kind, text in pieces if kind is not Kind.NEW) == old
    assert "".join(text for kind, text in pieces if kind is not Kind.GONE) == new


def test_words_are_marked_and_not_letters() -> None:
    assert word_diff("Ученик решил задачу.", "Ученик проверил задачу.") == (
        (Kind.SAME, "Ученик "), (Kind.GONE, "решил"), (Kind.NEW, "проверил"), (Kind.SAME, " задачу."),
    )  # fmt: skip


def test_only_keys_of_questions_asked_alike_reach_old_answers() -> None:
    def both(asked: Body, keys: Body) -> None:
        other_key(asked, keys)
        keys["items"]["M02"]["points"] = 3
        asked["items"][1]["text"]["ru"] += " Ответьте."

    new = changed(both)
    assert OLD.scoring is not None
    assert new.scoring is not None
    made = keyed_anew((OLD.instrument, OLD.scoring), (new.instrument, new.scoring))
    assert made is not None
    assert made.items["M01"].key == new.scoring.items["M01"].key
    assert made.items["M02"] == OLD.scoring.items["M02"]


def test_without_another_key_no_answer_counts_otherwise() -> None:
    new = changed(EDITS["a text"][0])
    assert OLD.scoring is not None
    assert new.scoring is not None
    assert keyed_anew((OLD.instrument, OLD.scoring), (new.instrument, new.scoring)) is None

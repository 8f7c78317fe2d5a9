from __future__ import annotations

from typing import Any

import pytest

from diagnostics.catalogue.actions import drafts
from diagnostics.catalogue.errors import ChangedMeanwhile, NothingToUndo
from diagnostics.catalogue.queries import drafts as reading
from tests.diagnostics.catalogue.conftest import Desk


def say(number: int, text: str) -> Any:
    """An edit: the words of a question."""

    def change(body: Any) -> None:
        body["instrument"]["items"][number]["text"]["ru"] = text

    return change


def words(body: Any, number: int) -> str:
    found: str = body["instrument"]["items"][number]["text"]["ru"]
    return found


def test_two_authors_of_different_questions_are_joined_without_a_word(desk: Desk) -> None:
    mine, theirs = desk.edited(say(0, "Моё")), desk.edited(say(1, "Чужое"))
    drafts.save(desk.draft.id, base_revision=1, body=theirs, actor_id=desk.colleague.id)
    saved = drafts.save(desk.draft.id, base_revision=1, body=mine, actor_id=desk.author.id)
    assert (saved.merged, saved.revision) == (True, 3)
    assert (words(saved.body, 0), words(saved.body, 1)) == ("Моё", "Чужое")


def test_the_same_question_clashes_and_both_texts_stay(desk: Desk) -> None:
    mine, theirs = desk.edited(say(0, "Моё")), desk.edited(say(0, "Чужое"))
    drafts.save(desk.draft.id, base_revision=1, body=theirs, actor_id=desk.colleague.id)
    with pytest.raises(ChangedMeanwhile) as refused:
        drafts.save(desk.draft.id, base_revision=1, body=mine, actor_id=desk.author.id)
    assert (refused.value.status, refused.value.code) == (409, "changed_meanwhile")
    (clash,) = refused.value.clashes
    assert (clash.item, clash.mine["text"]["ru"], clash.theirs["text"]["ru"]) == ("Q01", "Моё", "Чужое")
    assert words(desk.draft.body, 0) == "Чужое"
    assert reading.unsettled(desk.draft.id, desk.author.id) == [refused.value.kept]


@pytest.mark.parametrize(("side", "expected"), [("mine", "Моё"), ("theirs", "Чужое")])
def test_the_author_settles_a_clash_and_the_rest_of_the_save_goes_in(
    desk: Desk, side: str, expected: str
) -> None:
    mine = desk.edited(lambda body: (say(0, "Моё")(body), say(2, "И это")(body)))
    drafts.save(desk.draft.id, base_revision=1, body=desk.edited(say(0, "Чужое")), actor_id=desk.colleague.id)
    with pytest.raises(ChangedMeanwhile) as refused:
        drafts.save(desk.draft.id, base_revision=1, body=mine, actor_id=desk.author.id)
    assert refused.value.kept is not None
    choices = {refused.value.clashes[0].path: side}
    saved = drafts.choose(desk.draft.id, kept=refused.value.kept, choices=choices, actor_id=desk.author.id)
    assert (words(saved.body, 0), words(saved.body, 2)) == (expected, "И это")
    assert reading.unsettled(desk.draft.id, desk.author.id) == []


def test_words_and_key_of_one_question_are_one_matter(desk: Desk) -> None:
    def key(body: Any) -> None:
        body["scoring"]["items"]["Q01"]["key"] = "b"

    drafts.save(desk.draft.id, base_revision=1, body=desk.edited(key), actor_id=desk.colleague.id)
    with pytest.raises(ChangedMeanwhile):
        drafts.save(desk.draft.id, base_revision=1, body=desk.edited(say(0, "Моё")), actor_id=desk.author.id)


def test_two_authors_add_questions_at_once(desk: Desk) -> None:
    def add(code: str) -> Any:
        def change(body: Any) -> None:
            body["instrument"]["items"].append({**body["instrument"]["items"][0], "code": code})
            body["instrument"]["forms"][0]["sections"][0]["items"].append(code)

        return change

    drafts.save(desk.draft.id, base_revision=1, body=desk.edited(add("X1")), actor_id=desk.colleague.id)
    saved = drafts.save(desk.draft.id, base_revision=1, body=desk.edited(add("X2")), actor_id=desk.author.id)
    section = saved.body["instrument"]["forms"][0]["sections"][0]
    assert {"X1", "X2"} <= set(section["items"])
    assert {"X1", "X2"} <= {item["code"] for item in saved.body["instrument"]["items"]}


def test_a_hundred_steps_are_taken_back_and_put_in_again(desk: Desk) -> None:
    first = desk.body()
    for number in range(120):
        body = desk.edited(say(0, f"Правка {number}"))
        drafts.save(desk.draft.id, base_revision=desk.draft.revision, body=body, actor_id=desk.author.id)
    last = desk.body()
    for _ in range(120):
        drafts.undo(desk.draft.id, actor_id=desk.author.id)
    assert desk.draft.body == first
    for _ in range(120):
        drafts.redo(desk.draft.id, actor_id=desk.author.id)
    assert desk.draft.body == last
    assert reading.at_revision(desk.draft.id, 1) == first


def test_undo_leaves_what_a_colleague_wrote_since(desk: Desk) -> None:
    drafts.save(desk.draft.id, base_revision=1, body=desk.edited(say(0, "Моё")), actor_id=desk.author.id)
    drafts.save(desk.draft.id, base_revision=2, body=desk.edited(say(1, "Чужое")), actor_id=desk.colleague.id)
    saved = drafts.undo(desk.draft.id, actor_id=desk.author.id)
    assert words(saved.body, 0) != "Моё"
    assert words(saved.body, 1) == "Чужое"


def test_undo_does_not_throw_away_a_colleagues_words(desk: Desk) -> None:
    drafts.save(desk.draft.id, base_revision=1, body=desk.edited(say(0, "Моё")), actor_id=desk.author.id)
    drafts.save(desk.draft.id, base_revision=2, body=desk.edited(say(0, "Чужое")), actor_id=desk.colleague.id)
    with pytest.raises(NothingToUndo, match="undo_overwritten"):
        drafts.undo(desk.draft.id, actor_id=desk.author.id)


def test_nothing_to_undo_is_said(desk: Desk) -> None:
    with pytest.raises(NothingToUndo, match="nothing_to_undo"):
        drafts.undo(desk.draft.id, actor_id=desk.author.id)


def test_markup_is_saved_cleaned_and_what_was_removed_is_told(desk: Desk) -> None:
    body = desk.edited(say(0, "Сколько?<img src=x onerror=alert(1)> {{7*7}} 2 < 3"))
    saved = drafts.save(desk.draft.id, base_revision=1, body=body, actor_id=desk.author.id)
    assert words(saved.body, 0) == "Сколько? {{7*7}} 2 < 3"
    assert [tuple(one) for one in saved.removed] == [
        ("instrument.items.Q01.text.ru", "<img src=x onerror=alert(1)>")
    ]


def test_a_save_that_changes_nothing_is_no_step(desk: Desk) -> None:
    saved = drafts.save(desk.draft.id, base_revision=1, body=desk.body(), actor_id=desk.author.id)
    assert saved.revision == 1
    assert len(reading.steps(desk.draft.id)) == 1

"""Free words: of large groups only, after the end only, and after a person has read them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.circle_models import RespondentCircle
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.improvement import queries
from diagnostics.improvement.checking import check_words
from diagnostics.improvement.errors import WordsChanged, ZonesError
from diagnostics.improvement.groups import Group
from diagnostics.releases.minimum import set_minimum
from diagnostics.sittings.models import FreeText
from tests.support import assessment
from tests.support.assessment import PARENT, PUPIL, TEACHER, Scene, spread

TEXTS = ["больше экскурсий", "Мария Ивановна кричит", "мама из 7А с двойней права", "чинить столовую"]


def closed(at: Scene, *, pupils: int = 20, texts: Sequence[str] = TEXTS) -> str:
    assessment.answer(at, PUPIL, pupils, spread(2.1), texts=texts)
    assessment.close(at)
    assessment.count(at)
    return at.campaign_id


def ids_of(campaign_id: str, *starts: str) -> set[str]:
    return {
        word.id
        for heap in queries.reading(campaign_id).heaps
        for word in heap.words
        if word.text.startswith(starts)
    }


def check(campaign_id: str, strike: Sequence[str] = ()) -> int:
    return check_words(
        campaign_id,
        mark=queries.reading(campaign_id).mark,
        strike=ids_of(campaign_id, *strike) if strike else (),
        actor_id=None,
    )


def shown(campaign_id: str) -> list[str]:
    session.expire_all()
    return [text for one in queries.free_texts(campaign_id) for text in one.texts]


def test_before_the_end_nobody_reads_them(autumn: Scene) -> None:
    assessment.answer(autumn, PUPIL, 20, spread(2), texts=TEXTS)
    for asked in (queries.reading, queries.free_texts):
        with pytest.raises(ZonesError) as refused:
            asked(autumn.campaign_id)
        assert refused.value.code == "still_collecting"
    with pytest.raises(ZonesError):
        check_words(autumn.campaign_id, mark="", strike=(), actor_id=None)


@pytest.mark.parametrize(("answers", "told"), [(19, ()), (20, (Group.PUPIL,))])
def test_nineteen_answers_are_too_few_for_words_and_twenty_enough(
    autumn: Scene, answers: int, told: tuple[Group, ...]
) -> None:
    at = closed(autumn, pupils=answers)
    assert tuple(heap.group for heap in queries.reading(at).heaps) == told
    assert queries.told_in_words(queries.zones(at, own=True).snapshot) == told
    assert shown(at) == []


def test_a_higher_minimum_of_groups_holds_for_words_too(autumn: Scene) -> None:
    set_minimum(adults=5, pupils=25, actor_id=None)
    assert queries.reading(closed(autumn, pupils=24)).heaps == ()


def test_the_team_sees_nothing_until_they_are_read_and_then_all_but_the_struck(autumn: Scene) -> None:
    at = closed(autumn)
    assert queries.reading(at).waits
    assert shown(at) == []

    assert check(at, ["мама", "[имя]"]) == 2
    assert sorted(shown(at)) == ["больше экскурсий", "чинить столовую"]
    assert not queries.reading(at).waits


def test_they_are_shuffled_alike_at_each_reading_and_without_names(autumn: Scene) -> None:
    told = [f"предложение {number}" for number in range(8)]
    at = closed(autumn, texts=[*told, "Мария Ивановна кричит"])
    check(at)
    first = shown(at)
    assert sorted(first) == sorted([*told, "[имя] кричит"])
    assert first != sorted(first)
    assert shown(at) == first


def test_words_of_a_hidden_group_are_offered_to_nobody(autumn: Scene) -> None:
    assessment.usual(autumn)
    assessment.close(autumn)
    assessment.count(autumn)
    at = autumn.campaign_id
    words = [word.text for heap in queries.reading(at).heaps for word in heap.words]
    assert words == [assessment.WORDS[PUPIL]]  # 12 teachers are below 20, 4 parents are hidden
    of_parents = (
        sa.select(FreeText.id).join(RespondentCircle).where(RespondentCircle.respondent_group == PARENT)
    )
    of_teachers = (
        sa.select(FreeText.id).join(RespondentCircle).where(RespondentCircle.respondent_group == TEACHER)
    )
    for foreign in (of_parents, of_teachers):
        with pytest.raises(Missing):
            check_words(
                at,
                mark=queries.reading(at).mark,
                strike=[session.scalars(foreign).one()],
                actor_id=None,
            )
    assert queries.reading(at).waits


def test_struck_is_struck_for_good_and_more_may_be_struck_later(autumn: Scene) -> None:
    at = closed(autumn)
    assert check(at, ["мама"]) == 1
    assert check(at) == 1  # nothing ticked gives nothing back
    assert check(at, ["чинить"]) == 2
    assert sorted(shown(at)) == ["[имя] кричит", "больше экскурсий"]


@pytest.mark.parametrize("base", ["sqlite", "postgres"], indirect=True)
def test_two_who_check_at_once_strike_together(autumn: Scene) -> None:
    """Both had the same page before their eyes; the second one finds it checked."""
    at = closed(autumn)
    mark, first, second = queries.reading(at).mark, ids_of(at, "мама"), ids_of(at, "чинить")
    check_words(at, mark=mark, strike=first, actor_id=None)
    assert check_words(at, mark=mark, strike=second, actor_id=None) == 2
    assert len(shown(at)) == 2


def test_what_came_while_reading_is_not_shown_unread(autumn: Scene) -> None:
    at = closed(autumn)
    mark = queries.reading(at).mark
    late(autumn, "опоздавшее слово")
    with pytest.raises(WordsChanged):
        check_words(at, mark=mark, strike=(), actor_id=None)
    assert shown(at) == []
    check(at)
    assert "опоздавшее слово" in shown(at)


def test_what_comes_after_the_check_is_shown_to_nobody(autumn: Scene) -> None:
    """It would stand alone: everybody would know who was late."""
    at = closed(autumn)
    check(at)
    before = shown(at)
    late(autumn, "опоздавшее слово")
    assert shown(at) == before
    assert not ids_of(at, "опоздавшее")


def test_nothing_written_is_nothing_to_check(autumn: Scene) -> None:
    at = closed(autumn, texts=())
    assert not queries.reading(at).waits
    with pytest.raises(WordsChanged):
        check(at)


def test_the_audit_knows_counts_and_no_word(autumn: Scene) -> None:
    at = closed(autumn)
    check(at, ["мама"])
    check(at, ["чинить"])
    check(at)
    rows = session.scalars(
        sa.select(AuditRow)
        .where(AuditRow.object_id == at, AuditRow.action.startswith("words."))
        .order_by("at")
    )
    assert sorted((row.action, row.note) for row in rows) == [
        ("words.check", "read 4, struck 1"),
        ("words.strike", "read 4, struck 2"),
    ]


def late(at: Scene, text: str) -> None:
    """As the organiser lets late words in: by circle only."""
    circle = session.scalars(
        sa.select(RespondentCircle)
        .where(RespondentCircle.wave_id == at.wave_id, RespondentCircle.respondent_group == PUPIL)
        .limit(1)
    ).one()
    session.add(FreeText(circle_id=circle.id, item="OPEN", text=text))
    session.flush()

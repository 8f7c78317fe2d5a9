"""Links and paper codes: found by what was shown once, stored only as hashes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics import clock
from diagnostics.campaigns import actions
from diagnostics.campaigns.codes import MISSING_CHARACTERS, normalised, paper_hash, spaced
from diagnostics.campaigns.errors import CampaignError, MoveRefused, TokenGone
from diagnostics.campaigns.models import SeatToken
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.identifiers import CODE_ALPHABET, digest
from tests.support import make
from tests.support.diagnosis import TODAY, Scene

ME = None


@given(st.text(alphabet=CODE_ALPHABET, min_size=1, max_size=10))
def test_a_code_survives_paper_and_typing(code: str) -> None:
    assert normalised(spaced(code)) == code
    assert normalised(f"  {code.lower()} ") == code


@given(st.text())
def test_whatever_is_typed_becomes_a_code_or_nothing(typed: str) -> None:
    assert normalised(normalised(typed)) == normalised(typed)


@pytest.mark.parametrize(
    ("typed", "code"), [("авс-ехк", "ABCEXK"), ("АВЕК МНРТ", "ABEKMHPT"), ("у–2", "Y2"), ("", "")]
)
def test_russian_keys_that_look_alike_are_understood(typed: str, code: str) -> None:
    assert normalised(typed) == code


def test_the_signs_that_never_occur_are_known() -> None:
    assert MISSING_CHARACTERS == ("0", "1", "I", "L", "O", "U")


def test_the_code_of_one_school_is_no_code_of_another() -> None:
    assert paper_hash("school1", "ABC2345") != paper_hash("school2", "ABC2345")


def test_a_link_finds_its_seat_and_is_stored_hashed(scene: Scene) -> None:
    seat_id = _seat(scene)
    link = actions.mint_link(seat_id)
    assert actions.find_by_link(link.upper()).seat_id == seat_id
    assert [token.secret_hash for token in session.query(SeatToken)] == [digest(link)]


def test_one_wrong_sign_finds_nothing(scene: Scene) -> None:
    link = actions.mint_link(_seat(scene))
    with pytest.raises(Missing):
        actions.find_by_link(link[:-1] + ("a" if link[-1] != "a" else "b"))


def test_a_card_needs_the_code_of_its_own_school(scene: Scene) -> None:
    make.school(scene.municipality, "Школа № 3", code="001003")
    code = actions.mint_paper_code(_seat(scene))
    assert actions.find_by_paper(" 001012 ", spaced(code)).person_id
    for school, typed in (("001003", code), ("999999", code), ("001012", "2222222"), ("001012", "")):
        with pytest.raises(Missing):
            actions.find_by_paper(school, typed)


def test_a_stolen_table_holds_no_plain_digest_of_a_code(scene: Scene) -> None:
    code = actions.mint_paper_code(_seat(scene))
    (token,) = session.query(SeatToken)
    assert code not in token.secret_hash
    assert token.secret_hash not in {digest(code), digest(scene.school.id + code), digest("001012" + code)}


def test_every_card_of_a_seat_works(scene: Scene) -> None:
    seat_id = _seat(scene)
    codes = [actions.mint_paper_code(seat_id) for _ in range(3)]
    assert {actions.find_by_paper("001012", code).seat_id for code in codes} == {seat_id}


def test_a_person_without_a_school_gets_links_only(scene: Scene) -> None:
    person = make.person()
    seat_id = actions.seat_people(scene.entry, [person.id], ME).seats[person.id]
    with pytest.raises(CampaignError) as refused:
        actions.mint_paper_code(seat_id)
    assert refused.value.code == "seat_without_school"
    assert actions.find_by_link(actions.mint_link(seat_id)).seat_id == seat_id


def test_the_window_ends_and_the_link_with_it(scene: Scene) -> None:
    seat_id = _seat(scene)
    link, code = actions.mint_link(seat_id), actions.mint_paper_code(seat_id)
    with clock.frozen(TODAY + timedelta(days=30)):
        for find in (lambda: actions.find_by_link(link), lambda: actions.find_by_paper("001012", code)):
            with pytest.raises(TokenGone) as gone:
                find()
            assert (gone.value.code, gone.value.seat_id, gone.value.status) == ("link_expired", seat_id, 410)


def test_revoked_links_are_gone_and_new_ones_work(scene: Scene) -> None:
    seat_id = _seat(scene)
    link = actions.mint_link(seat_id)
    actions.mint_paper_code(seat_id)
    assert actions.revoke(seat_id, ME) == 2
    with pytest.raises(TokenGone) as gone:
        actions.find_by_link(link)
    assert gone.value.code == "link_revoked"
    assert actions.find_by_link(actions.mint_link(seat_id)).seat_id == seat_id


def test_who_was_taken_out_gets_no_new_link(scene: Scene) -> None:
    seat_id = _seat(scene)
    actions.withdraw_seat(seat_id, ME)
    with pytest.raises(MoveRefused):
        actions.mint_link(seat_id)


@pytest.mark.parametrize(
    ("typed", "known"), [("соловьева", True), (" СОЛОВЬЁВА ", True), ("Соловьев", False), ("", False)]
)
def test_the_surname_is_compared_kindly(scene: Scene, typed: str, known: bool) -> None:
    person = make.person("Соловьёва Анна Петровна", at=scene.school)
    seat_id = actions.seat_people(scene.entry, [person.id], ME).seats[person.id]
    token = actions.find_by_link(link := actions.mint_link(seat_id))
    assert actions.confirm(token.token_id, surname=typed) is known
    assert actions.find_by_link(link).confirmed is known


def _seat(scene: Scene) -> str:
    (person,) = make.people(1, scene.school)
    return actions.seat_people(scene.entry, [person], ME).seats[person]

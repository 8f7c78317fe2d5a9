from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from diagnostics import clock
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.people.actions import consents, places
from diagnostics.people.models import ConsentDocument, ConsentWay, OrgNode
from diagnostics.people.queries import consents as reads
from tests.support import make

REQUISITES = {
    "operator_name": "Институт {развития}",
    "operator_address": "г. Зареченск, ул. Учебная, 1",
    "operator_inn": "0000000000",
    "operator_ogrn": "0000000000000",
    "operator_contact": "data@example.org",
}


def _operator() -> OrgNode:
    institute = make.institute(make.region())
    institute.requisites = dict(REQUISITES)
    session.flush()
    return institute


def _document() -> ConsentDocument:
    return consents.publish(_operator().id, actor_id=None)


def _give(person_id: str, document: ConsentDocument, **options: bool) -> str:
    return consents.give(person_id=person_id, document_id=document.id, options=options, actor_id=person_id)


def test_the_published_text_names_its_operator(in_app: Flask) -> None:
    found = reads.text(_document().id)
    first = found.body["sections"][0]["paragraphs"][0]["ru"]
    assert "Институт {развития}" in first
    assert "{operator_" not in str(found.body)
    assert found.option_codes == ("levels_to_school", "research")


def test_without_requisites_nothing_is_published(in_app: Flask) -> None:
    institute = make.institute(make.region())
    institute.requisites = REQUISITES | {"operator_inn": " "}
    with pytest.raises(FieldRefused, match="requisites_missing") as refused:
        consents.publish(institute.id, actor_id=None)
    assert refused.value.parameters["names"] == ["operator_inn"]


def test_an_unchanged_text_keeps_its_version_a_changed_one_gets_the_next(in_app: Flask) -> None:
    operator = _operator()
    first = consents.publish(operator.id, actor_id=None)
    assert consents.publish(operator.id, actor_id=None).id == first.id
    places.rename(
        operator.id,
        name="Институт",
        requisites=REQUISITES | {"operator_contact": "new@example.org"},
        actor_id=None,
    )
    assert consents.publish(operator.id, actor_id=None).version == 2


def test_the_nearest_text_above_a_place_is_asked(in_app: Flask) -> None:
    region = make.region()
    region.requisites = dict(REQUISITES)
    school = make.school(make.municipality(region))
    document = consents.publish(region.id, actor_id=None)
    asked = reads.to_ask(make.person().id, school.path)
    assert asked is not None
    assert asked.document_id == document.id


def test_what_is_agreed_is_not_asked_again(in_app: Flask) -> None:
    document, person = _document(), make.person()
    _give(person.id, document)
    assert reads.to_ask(person.id, f"/{document.operator_id}/") is None


def test_boxes_are_empty_until_ticked_and_can_be_changed_later(in_app: Flask) -> None:
    document, person = _document(), make.person()
    _give(person.id, document)
    assert reads.who_allows("levels_to_school", [person.id]) == frozenset()
    _give(person.id, document, levels_to_school=True)
    assert reads.who_allows("levels_to_school", [person.id]) == {person.id}
    with clock.shifted(timedelta(minutes=1)):
        _give(person.id, document)
    assert reads.who_allows("levels_to_school", [person.id]) == frozenset()


def test_a_box_that_the_text_does_not_have_is_refused(in_app: Flask) -> None:
    with pytest.raises(FieldRefused, match="choice_unknown"):
        _give(make.person().id, _document(), everything=True)


def test_withdrawing_takes_back_the_consent_and_its_boxes(in_app: Flask) -> None:
    document, person = _document(), make.person()
    _give(person.id, document, research=True)
    with clock.shifted(timedelta(minutes=1)):
        newest = _give(person.id, document, research=True)
        done = consents.withdraw(person.id, document.operator_id, actor_id=person.id)
    assert done.number == newest
    assert reads.state(person.id).standing == ()
    assert reads.who_allows("research", [person.id]) == frozenset()
    assert all(one.withdrawn_at for one in reads.state(person.id).history)


def test_nothing_is_withdrawn_twice(in_app: Flask) -> None:
    document, person = _document(), make.person()
    _give(person.id, document)
    consents.withdraw(person.id, document.operator_id, actor_id=person.id)
    with pytest.raises(Missing):
        consents.withdraw(person.id, document.operator_id, actor_id=person.id)


def test_whoever_withdrew_may_agree_again(in_app: Flask) -> None:
    document, person = _document(), make.person()
    _give(person.id, document)
    consents.withdraw(person.id, document.operator_id, actor_id=person.id)
    _give(person.id, document)
    assert reads.state(person.id).with_operator(document.operator_id) is not None


def test_papers_are_marked_in_bulk_and_standing_consents_stay(in_app: Flask) -> None:
    document = _document()
    people = [make.person().id for _ in range(3)]
    _give(people[0], document, research=True)
    told = consents.record_paper(
        [*people, people[1]], document_id=document.id, paper_date=date(2026, 1, 15), recorded_by=None
    )
    assert (told.marked, told.already) == (2, 1)
    paper = reads.state(people[2]).standing[0]
    assert (paper.way, paper.paper_date) == (ConsentWay.PAPER, date(2026, 1, 15))
    assert reads.who_allows("research", people) == {people[0]}


@pytest.mark.parametrize(("day", "code"), [(date(9999, 1, 1), "day_impossible"), (None, "day_in_future")])
def test_a_paper_has_a_possible_date(in_app: Flask, day: date | None, code: str) -> None:
    tomorrow = clock.now().date() + timedelta(days=1)
    with pytest.raises(FieldRefused, match=code):
        consents.record_paper(
            [make.person().id], document_id=_document().id, paper_date=day or tomorrow, recorded_by=None
        )


@pytest.mark.parametrize(
    ("withdrawn", "last_day"),
    [(date(2026, 11, 20), date(2026, 12, 4)), (date(2026, 11, 22), date(2026, 12, 4))],
)
def test_ten_working_days_leave_out_weekends(withdrawn: date, last_day: date) -> None:
    assert reads.working_days_after(withdrawn) == last_day


def test_who_withdrew_waits_for_erasure_where_the_administrator_looks(in_app: Flask) -> None:
    document, school = _document(), make.school(make.region())
    person, other = make.person(at=school), make.person(at=school)
    for one in (person, other):
        _give(one.id, document)
    consents.withdraw(person.id, document.operator_id, actor_id=person.id)
    assert [one for one, _day in reads.waiting_for_erasure([school.path])] == [person.id]
    assert reads.waiting_for_erasure([make.region().path]) == []

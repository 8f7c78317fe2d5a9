"""Two people press the same button of the workshop at once: one is served, the other is told in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diagnostics.audit.models import AuditRow
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import Draft, DraftApproval, DraftKind, DraftState
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.catalogue.queries import drafts as reading
from diagnostics.database import session
from diagnostics.people.models import OrgNode, Person, Role
from tests.support import make
from tests.support.at_once import at_once
from tests.support.pages import CheckingClient
from tests.support.sign_in import sign_in

pytestmark = pytest.mark.parametrize(
    "base", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)

CHECKED = {"checklist": list(actions.CHECKLIST)}
MADE = 1  # audit rows of a draft before anything happens to it
WON, TOLD = HTTPStatus.FOUND, HTTPStatus.CONFLICT


@dataclass
class Room:
    """Two authors of one region, two experts, and a draft of the first author."""

    app: Flask
    authors: tuple[Person, Person]
    experts: tuple[Person, Person]
    draft_id: str

    def client(self, person: Person) -> FlaskClient:
        client = CheckingClient(self.app, self.app.response_class, use_cookies=True)
        sign_in(client, person.id)
        return client

    def draft(self) -> Draft:
        session.rollback()
        return session.get_one(Draft, self.draft_id, populate_existing=True)

    def sent(self, to: LifeState = LifeState.PUBLISHED) -> None:
        draft = self.draft()
        actions.submit(
            draft.id, revision=draft.revision, to=to, reason="Опечатка", actor_id=self.authors[0].id
        )
        session.commit()

    def approved(self, to: LifeState = LifeState.PUBLISHED) -> str:
        self.sent(to)
        revision = self.draft().revision
        made = actions.approve(
            self.draft_id, revision=revision, checklist=actions.CHECKLIST, actor_id=self.experts[0].id
        )
        session.commit()
        return made.id

    def at(self, act: str) -> str:
        return f"/instruments/drafts/{self.draft_id}/{act}"


@pytest.fixture
def room(in_app: Flask) -> Room:
    make.work()
    region = make.region()
    first, second = (make.staff(Role.METHODOLOGIST, region) for _ in range(2))
    experts = (make.staff(Role.EXPERT, region), make.staff(Role.EXPERT, region))
    draft = actions.create_from_ready("test", node_id=region.id, actor_id=first.id)
    session.commit()
    return Room(in_app, (first, second), experts, draft.id)


def both(room: Room, people: Sequence[Person], address: str, *data: dict[str, Any]) -> list[TestResponse]:
    """The two people post to one address; `data`: one for both, or one for each."""
    first, second = (room.client(one) for one in people)
    return at_once(lambda: first.post(address, data=data[0]), lambda: second.post(address, data=data[-1]))


def one_won(answers: list[TestResponse], words: str) -> None:
    assert sorted(one.status_code for one in answers) == [WON, TOLD], [one.text for one in answers]
    told = next(one for one in answers if one.status_code == TOLD)
    assert words in told.text


def audited(object_id: str, action: str) -> int:
    session.rollback()
    found = sa.select(AuditRow).where(AuditRow.object_id == object_id, AuditRow.action == action)
    return len(session.scalars(found).all())


def versions(kind: VersionKind, code: str) -> int:
    session.rollback()
    return len(catalogue.versions_of(kind, code))


def test_two_authors_send_one_draft_once(room: Room) -> None:
    answers = both(room, room.authors, room.at("submit"), {"revision": 1, "to": "pilot"})
    one_won(answers, "Черновик уже в другом состоянии")
    assert room.draft().state is DraftState.REVIEW
    assert audited(room.draft_id, "catalogue.draft") == MADE + 1


def test_two_experts_approve_one_draft_once(room: Room) -> None:
    room.sent()
    one_won(both(room, room.experts, room.at("approve"), {"revision": 1} | CHECKED), "уже в другом состоянии")
    assert room.draft().state is DraftState.APPROVED
    assert versions(VersionKind.INSTRUMENT, room.draft().code) == 1
    assert audited(room.draft_id, "catalogue.approve") == 1
    assert len(reading.approvals(room.draft_id)) == 1


def test_a_draft_is_approved_or_given_back_and_never_both(room: Room) -> None:
    room.sent()
    data = ({"revision": 1} | CHECKED, {"note": "Два верных ответа"})
    first, second = (room.client(one) for one in room.experts)
    answers = at_once(
        lambda: first.post(room.at("approve"), data=data[0]),
        lambda: second.post(room.at("return"), data=data[1]),
    )
    one_won(answers, "уже в другом состоянии")
    is_approved = answers[0].status_code == WON
    assert room.draft().state is (DraftState.APPROVED if is_approved else DraftState.RETURNED)
    assert versions(VersionKind.INSTRUMENT, room.draft().code) == is_approved
    assert len(reading.comments(room.draft_id)) == (not is_approved)


def test_a_draft_that_its_author_takes_back_is_not_approved(room: Room) -> None:
    room.sent()
    author, expert = room.client(room.authors[0]), room.client(room.experts[0])
    answers = at_once(
        lambda: author.post(room.at("take-back")),
        lambda: expert.post(room.at("approve"), data={"revision": 1} | CHECKED),
    )
    one_won(answers, "уже в другом состоянии")
    assert versions(VersionKind.INSTRUMENT, room.draft().code) == (answers[1].status_code == WON)


def test_what_was_approved_is_what_the_expert_had_read(room: Room) -> None:
    room.sent()
    code = room.draft().body["instrument"]["items"][0]["code"]
    author, expert = room.client(room.authors[0]), room.client(room.experts[0])
    answers = at_once(
        lambda: author.post(f"{room.at('items')}/{code}", data={"base": 1, "title.ru": "Совсем другое"}),
        lambda: expert.post(room.at("approve"), data={"revision": 1} | CHECKED),
    )
    draft = room.draft()
    if draft.state is DraftState.APPROVED:
        assert (draft.revision, answers[0].status_code) == (1, TOLD)
    else:
        assert (draft.state, draft.revision, answers[1].status_code) == (DraftState.REVIEW, 2, TOLD)
        assert "Черновик изменился, пока вы его читали" in answers[1].text


def test_the_page_of_an_expert_that_is_old_approves_nothing(room: Room) -> None:
    room.sent()
    body = room.draft().body
    body = {**body, "instrument": {**body["instrument"], "minutes": 77}}
    actions.save(room.draft_id, base_revision=1, body=body, actor_id=room.authors[1].id)
    session.commit()
    expert = room.client(room.experts[0])
    (answer,) = at_once(lambda: expert.post(room.at("approve"), data={"revision": 1} | CHECKED))
    assert answer.status_code == TOLD
    assert "Черновик изменился, пока вы его читали" in answer.text
    assert room.draft().state is DraftState.REVIEW
    assert versions(VersionKind.INSTRUMENT, room.draft().code) == 0
    session.rollback()
    assert session.scalars(sa.select(DraftApproval)).all() == []


@pytest.mark.parametrize(("act", "after"), [("publish", "published"), ("retire", "retired")])
def test_a_version_moves_once(room: Room, act: str, after: str) -> None:
    version = room.approved(LifeState.PILOT)
    before = audited(version, "catalogue.move")
    one_won(both(room, room.authors, f"/instruments/{version}/{act}", {}), "Версия уже в другом состоянии")
    assert audited(version, "catalogue.move") == before + 1
    scored = catalogue.scoring_of(version, met=True)
    assert scored is not None
    assert scored.state == after


def test_a_version_is_published_and_retired_in_some_order(room: Room) -> None:
    version = room.approved(LifeState.PILOT)
    first, second = (room.client(one) for one in room.authors)
    answers = at_once(
        lambda: first.post(f"/instruments/{version}/publish"),
        lambda: second.post(f"/instruments/{version}/retire"),
    )
    assert answers[1].status_code == WON
    assert answers[0].status_code in (WON, TOLD)
    session.rollback()
    found = catalogue.one(version)
    assert found is not None
    assert found.state is LifeState.RETIRED


def test_two_presses_begin_one_next_draft(room: Room) -> None:
    version = room.approved()
    answers = both(room, room.authors, f"/instruments/{version}/draft", {})
    assert [one.status_code for one in answers] == [WON, WON]
    assert answers[0].location == answers[1].location


def next_draft(room: Room, version: str, region: OrgNode, minutes: int) -> str:
    """Sent to its check by the second author of another place."""
    made = actions.create_from_version(version, node_id=region.id, actor_id=room.authors[1].id)
    body = {**made.body, "instrument": {**made.body["instrument"], "minutes": minutes}}
    actions.save(made.id, base_revision=1, body=body, actor_id=room.authors[1].id)
    actions.submit(made.id, revision=2, to=LifeState.PILOT, reason="Время", actor_id=room.authors[1].id)
    session.commit()
    return made.id


def test_of_two_places_with_a_next_version_the_later_one_hears_of_the_earlier(room: Room) -> None:
    version = room.approved()
    regions = [make.region(f"Область {number}") for number in (1, 2)]
    experts = [make.staff(Role.EXPERT, one) for one in regions]
    made = [next_draft(room, version, one, 30 + place) for place, one in enumerate(regions)]
    first, second = (room.client(one) for one in experts)
    data = {"revision": 2} | CHECKED
    answers = at_once(
        lambda: first.post(f"/instruments/drafts/{made[0]}/approve", data=data),
        lambda: second.post(f"/instruments/drafts/{made[1]}/approve", data=data),
    )
    one_won(answers, "вышла версия 2")
    session.rollback()
    found = catalogue.versions_of(VersionKind.INSTRUMENT, room.draft().code)
    assert sorted(one.number for one in found) == [1, 2]


def test_the_code_of_a_new_work_is_taken_by_whom_is_approved_first(room: Room) -> None:
    body = room.draft().body
    region = make.region("Соседняя область")
    author, expert = make.staff(Role.METHODOLOGIST, region), make.staff(Role.EXPERT, region)
    title = dict.fromkeys(body["instrument"]["title"], "Чужая работа")
    other = {**body, "instrument": {**body["instrument"], "title": title}}
    made, _ = actions.create(DraftKind.INSTRUMENT, other, node_id=region.id, actor_id=author.id)
    actions.submit(made.id, revision=1, to=LifeState.PUBLISHED, actor_id=author.id)
    session.commit()
    version = room.approved()
    late, address = room.client(expert), f"/instruments/drafts/{made.id}/approve"
    (answer,) = at_once(lambda: late.post(address, data={"revision": 1} | CHECKED))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "уже занят другой работой" in answer.text
    session.rollback()
    assert [one.id for one in catalogue.versions_of(VersionKind.INSTRUMENT, room.draft().code)] == [version]

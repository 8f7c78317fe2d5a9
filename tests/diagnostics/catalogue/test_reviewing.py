from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from diagnostics.audit.models import AuditRow
from diagnostics.catalogue import actions, queries
from diagnostics.catalogue.actions import drafts
from diagnostics.catalogue.draft_models import Draft, DraftKind, DraftState
from diagnostics.catalogue.errors import DocumentRefused, MoveRefused, VersionFrozen
from diagnostics.catalogue.models import Comparability, LifeState, Version, VersionClaim, VersionKind
from diagnostics.catalogue.queries import drafts as reading
from diagnostics.database import session
from diagnostics.errors import Conflict, DomainError, FieldRefused
from diagnostics.findings.actions import rescore
from diagnostics.jobs.models import Job
from tests.diagnostics.catalogue.conftest import Desk
from tests.support import make


def submitted(desk: Desk, **wanted: Any) -> None:
    drafts.submit(desk.draft.id, revision=desk.draft.revision, actor_id=desk.author.id, **wanted)


def approved(desk: Desk, to: LifeState = LifeState.PUBLISHED, **wanted: Any) -> Version:
    submitted(desk, to=to, **wanted)
    return drafts.approve(
        desk.draft.id,
        revision=desk.draft.revision,
        checklist=drafts.CHECKLIST,
        actor_id=desk.reviewer.id,
    )


@pytest.mark.parametrize("to", [LifeState.PILOT, LifeState.PUBLISHED])
def test_a_second_person_makes_it_a_frozen_version(desk: Desk, to: LifeState) -> None:
    version = approved(desk, to)
    view, scored = queries.one(version.id), queries.scoring_of(version.id, met=True)
    assert view is not None
    assert scored is not None
    assert (view.state, scored.state, desk.draft.state) == (to, to, DraftState.APPROVED)
    assert desk.draft.version_id == version.id
    with pytest.raises(VersionFrozen):
        drafts.save(desk.draft.id, base_revision=1, body=desk.body(), actor_id=desk.author.id)


def test_nobody_approves_what_they_wrote(desk: Desk) -> None:
    body = desk.edited(lambda body: body["instrument"].update(minutes=15))
    drafts.save(desk.draft.id, base_revision=1, body=body, actor_id=desk.colleague.id)
    submitted(desk)
    for person in (desk.author, desk.colleague):
        with pytest.raises(DomainError, match="approval_of_own_draft"):
            drafts.approve(desk.draft.id, revision=2, checklist=drafts.CHECKLIST, actor_id=person.id)


def test_an_approval_is_of_the_revision_that_was_read(desk: Desk) -> None:
    submitted(desk)
    body = desk.edited(lambda body: body["instrument"].update(minutes=15))
    drafts.save(desk.draft.id, base_revision=1, body=body, actor_id=desk.author.id)
    with pytest.raises(Conflict, match="draft_changed_since_read"):
        drafts.approve(desk.draft.id, revision=1, checklist=drafts.CHECKLIST, actor_id=desk.reviewer.id)


def test_every_point_of_the_checklist_is_answered_for(desk: Desk) -> None:
    submitted(desk)
    with pytest.raises(FieldRefused) as refused:
        drafts.approve(desk.draft.id, revision=1, checklist=["content", "access"], actor_id=desk.reviewer.id)
    assert (refused.value.code, refused.value.field) == ("checklist_incomplete", "fairness")


def test_a_broken_draft_is_refused_with_the_whole_list(desk: Desk) -> None:
    def spoil(body: Any) -> None:
        body["scoring"]["items"]["Q01"]["key"] = "z"
        body["scoring"]["items"]["Q02"]["competences"] = {"EVAL.1": 0.4}
        body["instrument"]["items"].append(body["instrument"]["items"][0])
        del body["instrument"]["items"][1]["text"]["ru"]

    body = desk.edited(spoil)
    drafts.save(desk.draft.id, base_revision=1, body=body, actor_id=desk.author.id)
    with pytest.raises(DocumentRefused) as refused:
        submitted(desk)
    assert len(refused.value.parts) >= 4
    assert {part for part, _problem in refused.value.parts} == {"instrument", "scoring"}
    assert desk.draft.state is DraftState.DRAFT


def test_it_comes_back_with_words_only(desk: Desk) -> None:
    submitted(desk)
    with pytest.raises(FieldRefused, match="return_without_words"):
        drafts.return_(desk.draft.id, actor_id=desk.reviewer.id)
    drafts.return_(desk.draft.id, note="Третий вопрос не о том", actor_id=desk.reviewer.id)
    assert desk.draft.state is DraftState.RETURNED
    assert [one.body for one in reading.comments(desk.draft.id)] == ["Третий вопрос не о том"]
    submitted(desk)
    assert reading.draft(desk.draft.id).line.state is DraftState.REVIEW


def test_comments_are_answered_and_resolved(desk: Desk) -> None:
    first = drafts.comment(
        desk.draft.id, place="items.Q01.options.b", body="Двусмысленно", actor_id=desk.reviewer.id
    )
    drafts.comment(desk.draft.id, place="", body="Поправил", actor_id=desk.author.id, answers_id=first.id)
    drafts.resolve(desk.draft.id, first.id, actor_id=desk.author.id)
    drafts.resolve(desk.draft.id, first.id, actor_id=desk.author.id)
    (thread,) = reading.comments(desk.draft.id)
    assert (thread.place, [one.body for one in thread.answers]) == ("items.Q01.options.b", ["Поправил"])
    assert thread.resolved_by == desk.author.id
    rows = session.scalars(sa.select(AuditRow.action).where(AuditRow.object_id == desk.draft.id)).all()
    assert rows.count("catalogue.comment_resolve") == 1


def test_the_next_version_says_how_far_it_can_be_compared(desk: Desk) -> None:
    first = approved(desk)
    second = drafts.create_from_version(first.id, node_id=desk.institute.id, actor_id=desk.author.id)
    again = drafts.create_from_version(first.id, node_id=desk.institute.id, actor_id=desk.colleague.id)
    assert again is second
    desk.draft = second
    with pytest.raises(Conflict, match="same_as_version"):
        submitted(desk)
    body = desk.edited(lambda body: body["instrument"]["items"][2]["text"].update(ru="Иначе спросим"))
    drafts.save(second.id, base_revision=1, body=body, actor_id=desk.author.id)
    version = approved(
        desk, claim=Comparability.EQUIVALENT, anchors=["Q01", "Q02", "unknown"], reason="Яснее"
    )
    claim = session.get_one(VersionClaim, version.id)
    assert (claim.before_id, claim.claim, claim.found) == (
        first.id,
        Comparability.EQUIVALENT,
        Comparability.BREAKING,
    )
    assert claim.anchors == {"items": ["Q01", "Q02"]}
    numbers = [(one.number, one.state) for one in queries.versions_of(VersionKind.INSTRUMENT, second.code)]
    assert numbers == [(2, LifeState.PUBLISHED), (1, LifeState.PUBLISHED)]


def test_a_code_belongs_to_one_work(desk: Desk) -> None:
    body = desk.edited(lambda body: body["instrument"].update(code="test.method"))
    drafts.save(desk.draft.id, base_revision=1, body=body, actor_id=desk.author.id)
    with pytest.raises((FieldRefused, DocumentRefused)):
        submitted(desk)


def test_a_pilot_is_published_as_it_stands_and_retired(desk: Desk) -> None:
    version = approved(desk, LifeState.PILOT)
    assert version.id in {one.id for one in queries.tried_out()}
    assert queries.scoring_of(version.id) is None
    actions.publish_after_pilot(version.id, actor_id=desk.author.id)
    assert queries.scoring_of(version.id) is not None
    actions.retire(version.id, actor_id=desk.author.id)
    with pytest.raises(MoveRefused):
        actions.publish_after_pilot(version.id, actor_id=desk.author.id)


@pytest.mark.parametrize("kind", [DraftKind.INSTRUMENT, DraftKind.SCORING])
def test_the_next_draft_of_what_is_tried_out_has_its_keys(desk: Desk, kind: DraftKind) -> None:
    keyed = desk.body()["scoring"]["items"]
    version = approved(desk, LifeState.PILOT)
    drafted = drafts.create_from_version(
        version.id, node_id=desk.institute.id, actor_id=desk.author.id, kind=kind
    )
    assert set(drafted.body["scoring"]["items"]) == set(keyed)


def mending(desk: Desk, first: Version) -> None:
    """A draft of another key of the version stands on the desk."""
    desk.draft = drafts.create_from_version(
        first.id, node_id=desk.institute.id, actor_id=desk.author.id, kind=DraftKind.SCORING
    )

    def mend(body: Any) -> None:
        entry = body["scoring"]["items"]["Q03"]
        entry["key"] = "b"
        entry["mistakes"]["c"] = entry["mistakes"].pop("b")

    drafts.save(desk.draft.id, base_revision=1, body=desk.edited(mend), actor_id=desk.author.id)


def test_a_mended_key_of_what_is_tried_out_is_tried_out_with_it(desk: Desk) -> None:
    first = approved(desk, LifeState.PILOT)
    mending(desk, first)
    scored = approved(desk, reason="Верен вариант Б")
    assert queries.scoring_of(first.id) is None
    met = queries.scoring_of(first.id, met=True)
    assert met is not None
    assert (met.id, met.state) == (scored.id, LifeState.PILOT)
    assert rescore(scored.id, reason="Верен вариант Б") == []
    actions.publish_after_pilot(first.id, actor_id=desk.author.id)
    published = queries.scoring_of(first.id)
    assert published is not None
    assert published.id == scored.id


def test_a_mended_key_is_published_with_a_job_that_scores_again(desk: Desk) -> None:
    first = approved(desk)
    mending(desk, first)
    with pytest.raises(FieldRefused, match="mending_reason_missing"):
        submitted(desk)
    scored = approved(desk, reason="Верен вариант Б")
    assert (scored.kind, scored.about_id) == (VersionKind.SCORING, first.id)
    newest = queries.scoring_of(first.id)
    assert newest is not None
    assert newest.id == scored.id
    job = session.scalars(sa.select(Job).where(Job.kind == "findings.rescore")).one()
    assert (job.subject_id, job.asker_id, job.parameters["reason"]) == (
        scored.id,
        desk.author.id,
        "Верен вариант Б",
    )


def test_a_draft_that_was_dropped_is_taken_back(desk: Desk) -> None:
    drafts.drop(desk.draft.id, actor_id=desk.author.id)
    assert reading.in_scope([desk.institute.path]) == []
    drafts.restore(desk.draft.id, actor_id=desk.author.id)
    assert [one.id for one in reading.in_scope([desk.institute.path])] == [desk.draft.id]


@dataclass
class Overtaken:
    """Two drafts begun from version 1 at two places."""

    desk: Desk
    first: Draft
    second: Draft

    def changed(self, draft: Draft, minutes: int) -> None:
        body = deepcopy(draft.body)
        body["instrument"]["minutes"] = minutes
        drafts.save(draft.id, base_revision=draft.revision, body=body, actor_id=self.desk.author.id)

    def sent(self, draft: Draft, reason: str = "") -> None:
        drafts.submit(
            draft.id,
            revision=draft.revision,
            to=LifeState.PUBLISHED,
            reason=reason,
            actor_id=self.desk.author.id,
        )

    def let_through(self, draft: Draft) -> Version:
        return drafts.approve(
            draft.id, revision=draft.revision, checklist=drafts.CHECKLIST, actor_id=self.desk.reviewer.id
        )


@pytest.fixture
def overtaken(desk: Desk) -> Overtaken:
    version = approved(desk)
    places = (desk.institute, make.region("Область 2"))
    begun = [
        drafts.create_from_version(version.id, node_id=one.id, actor_id=desk.author.id) for one in places
    ]
    made = Overtaken(desk, begun[0], begun[1])
    made.changed(made.first, 15)
    made.changed(made.second, 20)
    return made


def test_a_draft_begun_before_the_newest_version_says_why_it_leaves_its_changes_out(
    overtaken: Overtaken,
) -> None:
    overtaken.sent(overtaken.first)
    overtaken.let_through(overtaken.first)
    with pytest.raises(FieldRefused) as refused:
        overtaken.sent(overtaken.second)
    assert (refused.value.code, refused.value.parameters["number"]) == ("newer_version_reason_missing", 2)
    overtaken.sent(overtaken.second, reason="Правка версии 2 отменена советом")
    assert overtaken.let_through(overtaken.second).number == 3


def test_a_version_that_came_while_a_draft_waited_sends_it_back_to_its_author(overtaken: Overtaken) -> None:
    overtaken.sent(overtaken.second, reason="Опечатка")
    overtaken.sent(overtaken.first)
    overtaken.let_through(overtaken.first)
    with pytest.raises(Conflict) as refused:
        overtaken.let_through(overtaken.second)
    assert refused.value.code == "newer_version_came"

from __future__ import annotations

from contextlib import nullcontext
from itertools import product

import pytest
from flask import Flask

from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.pathways import actions, moves
from diagnostics.pathways.errors import BlocksWithoutLine, MoveRefused, RouteRefused
from diagnostics.pathways.models import Route, RouteState, RouteStep, StepKind, StepState
from diagnostics.pathways.queries import choices, lists, past, views
from diagnostics.pathways.queries.views import StepView
from diagnostics.resources.errors import NoPlaceLeft
from diagnostics.resources.models import Resource, ResourceDate
from tests.support.routes import FEW, LIKELY, SURE, Scene


@pytest.fixture
def route(scene: Scene) -> Route:
    finding = scene.finding(METH=SURE, EVAL=LIKELY)
    return actions.propose(finding.id, actor_id=scene.teacher.id)


def sent(scene: Scene, route: Route) -> None:
    actions.send(route.id, actor_id=scene.teacher.id)


def approved(scene: Scene, route: Route) -> None:
    sent(scene, route)
    actions.approve(route.id, actor_id=scene.tutor.id)


def helpful(route: Route) -> list[StepView]:
    return [step for step in views.route(route.id).steps if step.kind is StepKind.RESOURCE]


def clarifying(route: Route) -> StepView:
    return next(step for step in views.route(route.id).steps if step.kind is StepKind.CLARIFY)


def test_a_route_moves_only_as_the_table_says(scene: Scene, route: Route) -> None:
    for before, after in product(RouteState, RouteState):
        route.state = before
        session.flush()
        allowed = after in moves.ROUTE_MOVES[before]
        with nullcontext() if allowed else pytest.raises(MoveRefused):
            moves.move_route(route.id, after, actor_id=None, came_from=before)
        session.refresh(route)
        assert route.state is (after if allowed else before)


def test_a_step_moves_only_as_the_table_says(scene: Scene, route: Route) -> None:
    step = session.get_one(RouteStep, helpful(route)[0].id)
    for before, after in product(StepState, StepState):
        step.state = before
        session.flush()
        allowed = after in moves.STEP_MOVES[before]
        with nullcontext() if allowed else pytest.raises(MoveRefused):
            moves.move_step(step.id, after, actor_id=None, came_from=before)
        session.refresh(step)
        assert step.state is (after if allowed else before)


def test_a_move_seen_in_an_old_state_is_refused(scene: Scene, route: Route) -> None:
    sent(scene, route)
    with pytest.raises(MoveRefused):
        moves.move_route(route.id, RouteState.CANCELLED, actor_id=None, came_from=RouteState.DRAFT)


def test_proposing_again_renews_a_draft_and_leaves_an_approved_route_alone(
    scene: Scene, route: Route
) -> None:
    first = [step.id for step in views.route(route.id).steps]
    assert actions.propose(route.finding_id, actor_id=None).id == route.id
    assert [step.id for step in views.route(route.id).steps] != first
    approved(scene, route)
    standing = [step.id for step in views.route(route.id).steps]
    actions.propose(route.finding_id, actor_id=None)
    assert [step.id for step in views.route(route.id).steps] == standing


def test_a_route_under_review_is_not_edited(scene: Scene, route: Route) -> None:
    sent(scene, route)
    with pytest.raises(MoveRefused, match="route_not_editable"):
        actions.remove(helpful(route)[0].id, actor_id=None)


def test_a_swap_keeps_the_new_step_when_the_route_is_proposed_again(scene: Scene, route: Route) -> None:
    step = helpful(route)[0]
    new = choices.alternatives_to(step.id)[0].resource
    actions.swap(step.id, new.id, actor_id=None)
    actions.change_limits(route.id, hours=30, ends_on=route.ends_on, max_steps=6, actor_id=None)
    ids = {one.resource_id for one in helpful(route)}
    assert new.id in ids
    assert step.resource_id not in ids


def test_an_alternative_says_what_each_block_gains_or_loses(scene: Scene, route: Route) -> None:
    for step in helpful(route):
        for option in choices.alternatives_to(step.id):
            assert option.hours_more == option.resource.hours - step.hours
            assert {one.block for one in option.blocks} == set(step.reason["serves"])
            assert {one.change for one in option.blocks} <= {"more", "same", "less", "none"}


def test_the_last_support_of_a_block_is_named_before_it_is_removed(scene: Scene) -> None:
    finding = scene.finding(PSYP=SURE)
    route = actions.propose(finding.id, actor_id=None)
    while len(helpful(route)) > 1:
        assert choices.loss_of(helpful(route)[0].id).blocks == ()
        actions.remove(helpful(route)[0].id, actor_id=None)
    assert choices.loss_of(helpful(route)[0].id).blocks == ("Психолого-педагогические компетенции",)


def test_what_was_removed_may_be_put_back(scene: Scene, route: Route) -> None:
    step = helpful(route)[0]
    actions.remove(step.id, actor_id=None)
    assert step.resource_id not in {one.resource_id for one in helpful(route)}
    actions.put_back(route.id, actor_id=None)
    assert step.resource_id in {one.resource_id for one in helpful(route)}


def test_the_exit_diagnosis_is_neither_moved_nor_removed(scene: Scene, route: Route) -> None:
    last = views.route(route.id).steps[-1]
    for act in (
        lambda: actions.remove(last.id, actor_id=None),
        lambda: actions.move(last.id, down=False, actor_id=None),
    ):
        with pytest.raises(RouteRefused, match="step_stays"):
            act()


def test_steps_change_places(scene: Scene, route: Route) -> None:
    first, second = helpful(route)[:2]
    actions.move(first.id, down=True, actor_id=None)
    assert [one.id for one in helpful(route)[:2]] == [second.id, first.id]


def test_two_of_the_same_content_do_not_stand_together(scene: Scene, route: Route) -> None:
    groups = {session.get_one(Resource, one.resource_id).content_group for one in helpful(route)}
    double = session.query(Resource).filter(
        Resource.content_group.in_(groups), Resource.id.not_in([one.resource_id for one in helpful(route)])
    )
    on_desk = [one for one in double if "high" in one.levels["levels"]]
    assert on_desk, "the catalogue offers a double of some step"
    with pytest.raises(RouteRefused, match="route_same_content"):
        actions.add_resource(route.id, on_desk[0].id, actor_id=None)


@pytest.mark.parametrize(
    ("change", "field"), [({"hours": 0}, "hours"), ({"title": " "}, "title"), ({"due_on": None}, "due_on")]
)
def test_an_own_step_with_a_mistake_names_its_field(
    scene: Scene, route: Route, change: dict[str, object], field: str
) -> None:
    facts: dict[str, object] = {
        "title": "Три урока коллеги", "content": "", "hours": 3, "due_on": route.ends_on,
        "evidence": "", "competence": "METH", "actor_id": None,
    }  # fmt: skip
    if field == "due_on":
        change = {"due_on": route.ends_on.replace(year=2030)}
    with pytest.raises(FieldRefused) as refused:
        actions.add_own(route.id, **(facts | change))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_approving_takes_places_and_freezes_the_revision(scene: Scene, route: Route) -> None:
    dated = [step for step in helpful(route) if step.dated]
    run = session.get_one(RouteStep, dated[0].id).date_id
    approved(scene, route)
    assert session.get_one(ResourceDate, run, populate_existing=True).taken == 1
    [kept] = past.of_route(route.id)
    assert [step["title"] for step in kept.body["steps"]] == [
        one.title for one in views.route(route.id).steps
    ]


def test_a_run_that_filled_up_meanwhile_refuses_the_approval(scene: Scene, route: Route) -> None:
    dated = next(step for step in helpful(route) if step.dated)
    run = session.get_one(ResourceDate, session.get_one(RouteStep, dated.id).date_id)
    sent(scene, route)
    run.taken = run.places or 0
    session.flush()
    assert "no_place" in {one.code for one in lists.to_review(scene.tutor.id)[0].questions}
    with pytest.raises(NoPlaceLeft):
        actions.approve(route.id, actor_id=scene.tutor.id)


def test_an_officially_high_block_needs_a_line_or_a_signed_reason(scene: Scene, route: Route) -> None:
    for step in helpful(route):
        actions.remove(step.id, actor_id=None)
    sent(scene, route)
    with pytest.raises(BlocksWithoutLine) as refused:
        actions.approve(route.id, actor_id=scene.tutor.id)
    assert refused.value.blocks == ("METH", "EVAL")
    reason = "Посещённые уроки показали владение приёмами."
    for block in refused.value.blocks:
        actions.waive(route.id, block, reason=reason, actor_id=scene.tutor.id)
    actions.approve(route.id, actor_id=scene.tutor.id)
    assert {one.competence for one in views.route(route.id).waivers} == {"METH", "EVAL"}


def test_a_reason_shorter_than_twenty_signs_is_none(scene: Scene, route: Route) -> None:
    sent(scene, route)
    with pytest.raises(FieldRefused, match="reason_too_short"):
        actions.waive(route.id, "METH", reason="не нужно", actor_id=scene.tutor.id)


def test_an_own_step_of_the_block_is_its_line(scene: Scene, route: Route) -> None:
    for step in helpful(route):
        actions.remove(step.id, actor_id=None)
    for block in ("METH", "EVAL"):
        actions.add_own(
            route.id, title="Уроки коллеги", content="", hours=2, due_on=route.ends_on,
            evidence="", competence=block, actor_id=None,
        )  # fmt: skip
    approved(scene, route)
    assert views.route(route.id).state is RouteState.APPROVED


def test_a_batch_leaves_routes_with_questions(scene: Scene, route: Route) -> None:
    actions.add_own(
        route.id, title="Уроки коллеги", content="", hours=2, due_on=route.ends_on,
        evidence="", competence="METH", actor_id=None,
    )  # fmt: skip
    sent(scene, route)
    done = actions.approve_batch([route.id], actor_id=scene.tutor.id)
    assert (done.approved, done.left) == ((), (route.id,))


def test_a_deficit_that_is_not_shown_puts_off_the_steps_that_serve_it_alone(scene: Scene) -> None:
    finding = scene.finding(EVAL=LIKELY)
    route = actions.propose(finding.id, actor_id=None)
    approved(scene, route)
    off = actions.clarify(
        clarifying(route).id, confirmed=False, text="Посещены два урока.", actor_id=scene.tutor.id
    )
    assert {step.id for step in off} == {step.id for step in helpful(route)}
    assert {step.state for step in helpful(route)} == {StepState.POSTPONED}
    assert session.query(RouteStep).filter_by(route_id=route.id, booked=True).count() == 0


def test_a_confirmed_deficit_leaves_the_steps(scene: Scene, route: Route) -> None:
    approved(scene, route)
    off = actions.clarify(clarifying(route).id, confirmed=True, text="Беседа.", actor_id=scene.tutor.id)
    assert off == ()
    assert {step.state for step in helpful(route)} == {StepState.NOT_STARTED}


def test_a_change_after_the_approval_keeps_begun_steps_and_their_places(scene: Scene, route: Route) -> None:
    approved(scene, route)
    begun = helpful(route)[0]
    actions.start_step(begun.id, actor_id=None)
    actions.change_approved(route.id, actor_id=None)
    actions.change_limits(route.id, hours=30, ends_on=route.ends_on, max_steps=7, actor_id=None)
    kept = next(step for step in helpful(route) if step.id == begun.id)
    assert kept.state is StepState.IN_WORK
    with pytest.raises(MoveRefused, match="step_begun"):
        actions.remove(begun.id, actor_id=None)
    sent(scene, route)
    actions.approve(route.id, actor_id=scene.tutor.id)
    assert views.route(route.id).state is RouteState.RUNNING
    assert [one.revision for one in past.of_route(route.id)] == [2, 1]


def test_an_undated_step_may_begin_while_the_tutor_reads(scene: Scene, route: Route) -> None:
    sent(scene, route)
    free = next(step for step in helpful(route) if not step.dated)
    actions.start_step(free.id, actor_id=None)
    assert views.route(route.id).state is RouteState.SENT
    dated = next(step for step in helpful(route) if step.dated)
    with pytest.raises(MoveRefused):
        actions.start_step(dated.id, actor_id=None)


def test_a_route_is_closed_when_every_step_is_settled(scene: Scene, route: Route) -> None:
    approved(scene, route)
    with pytest.raises(RouteRefused, match="route_has_open_steps"):
        actions.complete(route.id, conclusion="Цель достигнута.", actor_id=scene.tutor.id)
    actions.clarify(clarifying(route).id, confirmed=True, text="Беседа.", actor_id=scene.tutor.id)
    for step in helpful(route):
        actions.add_evidence(step.id, text="Готово", actor_id=scene.teacher.id)
        actions.confirm_step(step.id, actor_id=scene.tutor.id)
    assert actions.note_exit(scene.campaign.id, scene.teacher.id) is True
    actions.complete(route.id, conclusion="Цель достигнута.", actor_id=scene.tutor.id)
    assert views.route(route.id).state is RouteState.COMPLETED
    assert views.route(route.id).hours_confirmed == views.route(route.id).hours


def test_the_queue_begins_with_who_waits_longest(scene: Scene, route: Route) -> None:
    sent(scene, route)
    assert [one.route_id for one in lists.to_review(scene.tutor.id)] == [route.id]
    assert lists.to_review(scene.trainer.id) == []


def test_too_few_tasks_ask_the_tutor_and_do_not_refuse_the_approval(scene: Scene) -> None:
    route = actions.propose(scene.finding(METH=FEW).id, actor_id=None)
    sent(scene, route)
    [waiting] = lists.to_review(scene.tutor.id)
    assert [(one.code, one.block, one.refuses) for one in waiting.questions] == [("undecided", "METH", False)]
    actions.approve(route.id, actor_id=scene.tutor.id)


def test_a_diagnosis_without_a_tutor_asks_its_owner(in_app: Flask, scene: Scene) -> None:
    scene.campaign.tutor_id = None
    session.flush()
    route = actions.propose(scene.finding(METH=SURE).id, actor_id=None)
    assert route.tutor_id == scene.trainer.id

"""What a mended key would change is told before it is published, and it is what then happens."""

from __future__ import annotations

from diagnostics.catalogue import actions as catalogue_actions
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.findings import actions, queries
from diagnostics.findings.actions.score import CORRECTED
from diagnostics.findings.mending import preview
from instruments.scoring import Scoring
from instruments.versions import keyed_anew
from tests.diagnostics.findings.conftest import Town
from tests.diagnostics.findings.test_calibrate import ITEMS, answered


def mended(town: Town, item: str, key: str) -> Scoring:
    body = catalogue.scoring(town.scoring_id).model_dump(mode="json", by_alias=True)
    body["items"][item]["key"] = key
    return Scoring.model_validate(body)


def test_the_preview_counts_whose_points_and_conclusions_change(town: Town) -> None:
    answered(town, 12)
    found = preview(town.instrument_id, mended(town, ITEMS[0], "a"), ["/"])
    (stage,) = found.stages
    before = {view.seat_id: view.points for view in queries.of_wave(town.wave_id)}
    body = mended(town, ITEMS[0], "a").model_dump(mode="json", exclude_defaults=True)
    version = catalogue_actions.store(
        kind=VersionKind.SCORING, code="test.method", body=body, about_id=town.instrument_id
    )
    catalogue_actions.move(version.id, LifeState.PUBLISHED, actor_id=None)
    actions.rescore(version.id, reason="ключ")
    actions.again(town.wave_id, reason=CORRECTED)
    changed = sum(before[view.seat_id] != view.points for view in queries.of_wave(town.wave_id))
    assert 0 < changed == stage.points == found.points
    assert stage.n == 12
    assert found.said <= found.points


def test_the_same_key_changes_nobody(town: Town) -> None:
    answered(town, 3)
    found = preview(town.instrument_id, catalogue.scoring(town.scoring_id), ["/"])
    assert (found.points, found.said) == (0, 0)


def test_diagnoses_of_others_are_counted_and_not_named(town: Town) -> None:
    answered(town, 3)
    (stage,) = preview(town.instrument_id, mended(town, ITEMS[0], "a"), ["/elsewhere/"]).stages
    assert (stage.diagnosis, stage.n) == ("", 3)


def test_what_is_too_much_for_a_page_is_said(town: Town) -> None:
    answered(town, 4)
    found = preview(town.instrument_id, mended(town, ITEMS[0], "a"), ["/"], most=3)
    assert (found.stages[0].n, found.left_out) == (3, 1)


def test_nobody_has_answered(town: Town) -> None:
    assert preview(town.instrument_id, mended(town, ITEMS[0], "a"), ["/"]).stages == ()


def test_the_next_version_is_previewed_by_its_keys_of_the_same_questions(town: Town) -> None:
    answered(town, 12)
    asked, keys = catalogue.instrument(town.instrument_id), catalogue.scoring(town.scoring_id)
    other = mended(town, ITEMS[0], "a")
    anew = keyed_anew((asked, keys), (asked, other))
    assert anew is not None
    found = preview(town.instrument_id, anew, ["/"])
    assert found.points == preview(town.instrument_id, other, ["/"]).points > 0

"""A trial asks versions that are not published; nobody is judged by it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics.campaigns import actions
from diagnostics.campaigns.models import Assignment, Campaign
from diagnostics.catalogue import actions as catalogue
from diagnostics.catalogue.actions import move
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.catalogue.queries import documents, scoring_of
from diagnostics.database import Json, session
from diagnostics.findings.queries import finding
from diagnostics.pathways import actions as pathways
from diagnostics.pathways.errors import RouteRefused
from tests.support.routes import SURE, make_scene


def tried(app_work: str, scored: str) -> tuple[str, str]:
    """The work once more under another code, in its trial."""
    made: list[str] = []
    for kind, version_id, about in (
        (VersionKind.INSTRUMENT, app_work, None),
        (VersionKind.SCORING, scored, "first"),
    ):
        body: Json = {**_body(kind, version_id), "code": "tried"}
        if kind is VersionKind.SCORING:
            body["instrument"] = "tried"
        version = catalogue.store(kind=kind, code="tried", body=body, about_id=made[0] if about else None)
        move(version.id, LifeState.PILOT, actor_id=None)
        made.append(version.id)
    return made[0], made[1]


def _body(kind: VersionKind, version_id: str) -> Json:
    document = (
        documents.instrument(version_id) if kind is VersionKind.INSTRUMENT else documents.scoring(version_id)
    )
    body: Json = document.model_dump(mode="json", exclude_defaults=True)
    return body


@pytest.mark.parametrize(
    ("trial", "reasons"), [(True, ()), (False, ("instrument_not_published", "scoring_not_published"))]
)
def test_only_a_trial_asks_what_is_tried_out(in_app: Flask, trial: bool, reasons: tuple[str, ...]) -> None:
    scene = make_scene()
    wave_id = scene.seat.wave_id
    scene.campaign.trial = trial
    for one in session.scalars(sa.select(Assignment).where(Assignment.wave_id == wave_id)):
        scored = scoring_of(str(one.instrument_id))
        assert scored is not None
        one.instrument_id, one.scoring_id = tried(str(one.instrument_id), scored.id)
        break
    session.flush()
    found = [code for code in actions.readiness(wave_id) if code.endswith("published")]
    assert tuple(found) == reasons


def test_a_trial_proposes_no_route(in_app: Flask) -> None:
    scene = make_scene()
    made = scene.finding(METH=SURE)
    session.get_one(Campaign, scene.campaign.id).trial = True
    session.flush()
    assert finding(made.id).trial
    with pytest.raises(RouteRefused, match="route_of_trial"):
        pathways.propose(made.id, actor_id=scene.teacher.id)

"""Who asks in this room and for which school."""

from __future__ import annotations

from flask import request

from diagnostics.access import Permission, things
from diagnostics.access.table import SCHOOL
from diagnostics.campaigns.queries.self_assessments import SelfAssessment, self_assessment
from diagnostics.people.models import NodeKind
from diagnostics.people.queries.places import Place, place
from diagnostics.web import guard


def person_id() -> str:
    """Of the signed-in person; the views of this room are for such people only."""
    return guard.actor().person_id or ""


def my_school() -> Place | None:
    """The school where the person leads or is of the team; of several the one that the address names, else the first."""
    ours = [place(one.node_id) for one in guard.actor().roles if one.role in SCHOOL]
    schools = [one for one in ours if one is not None and one.kind is NodeKind.SCHOOL]
    asked = request.args.get("school", "")
    return next((one for one in schools if asked in {"", one.id}), None)


def school_to_ask() -> Place:
    """One's own school, where one may launch; Forbidden for who leads none."""
    found = my_school()
    if found is None:
        guard.require(Permission.ASSESSMENT_CREATE)
        raise AssertionError  # nobody may without a school
    guard.require(Permission.ASSESSMENT_CREATE, things.node(found.id))
    return found


def collected(campaign_id: str) -> SelfAssessment:
    """A self-assessment of the person's school; Missing for everybody else."""
    guard.require(Permission.ASSESSMENT_COLLECT, things.self_assessment(campaign_id))
    return self_assessment(campaign_id)


def run(campaign_id: str) -> SelfAssessment:
    """The same for acts that the school's lead alone does."""
    guard.require(Permission.ASSESSMENT_RUN, things.self_assessment(campaign_id))
    return self_assessment(campaign_id)

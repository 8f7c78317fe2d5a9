"""Two regions with everyone in them: one teacher's objects, and all who may or may not reach them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.actions.assessments import Asked, launch
from diagnostics.campaigns.circle_models import CircleWay, RespondentCircle
from diagnostics.campaigns.circle_secrets import CircleKey
from diagnostics.campaigns.models import Assignment, RosterTarget, SeatToken
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.actions import drafts
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.files import actions as files
from diagnostics.identifiers import digest
from diagnostics.jobs import actions as jobs
from diagnostics.marking.actions import assign
from diagnostics.pathways import actions as pathways
from diagnostics.pathways.models import RouteStep
from diagnostics.people.actions import consents
from diagnostics.people.actions.places import REQUISITES
from diagnostics.people.models import Role, RoleGrant
from diagnostics.resources.models import Resource
from diagnostics.sittings import actions as sittings
from tests.support import make, marking
from tests.support.routes import SURE, Scene, make_scene
from tests.support.sign_in import sign_in

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """Parameter of an address → id of the one teacher's object; subject → id of the person."""

    objects: dict[str, str]
    people: dict[str, str]
    link_token_id: str
    sitting_id: str
    sitting_secret: str

    def enter(self, client: FlaskClient, subject: str) -> None:
        """Give the client what this subject holds: a sign-in, a link session, a sitting's key, or nothing."""
        if subject in self.people:
            sign_in(client, self.people[subject])
        elif subject == "link":
            with client.session_transaction() as cookie:
                cookie["link"] = self.link_token_id
        elif subject == "key":
            with client.session_transaction() as cookie:
                cookie["sittings"] = {self.sitting_id: self.sitting_secret}


#: Everyone who asks, in the order of the printed table.
SUBJECTS = (
    "nobody", "link", "key", "teacher", "colleague", "tutor", "other_tutor", "trainer", "other_trainer",
    "director", "other_director", "municipal", "coordinator", "methodologist", "expert", "auditor",
    "administrator", "foreign_coordinator", "foreign_administrator",
)  # fmt: skip


def build(folder: Path) -> World:
    """Commit a world in which every address has an object of the teacher's."""
    scene = make_scene()
    campaign = scene.campaign
    wave_id, seat_id = scene.seat.wave_id, scene.seat.id
    group = make.group(scene.trainer, scene.region, members=(scene.teacher.id,))
    group.tutor_id = scene.tutor.id
    campaign.group_id = group.id
    campaigns.open_wave(wave_id, scene.trainer.id)
    secret = campaigns.mint_link(seat_id)
    finding = scene.finding(METH=SURE)
    route = pathways.propose(finding.id, actor_id=scene.teacher.id)
    started = sittings.start(seat_id=seat_id, token_id=None, person_id=scene.teacher.id)
    job = jobs.enqueue("test", "subject", asker_id=scene.trainer.id)
    stored = files.store(
        folder / "files",
        name="отчёт.pdf",
        media_type="application/pdf",
        content=b"%PDF-1.4",
        purpose="report",
        owner_id=scene.trainer.id,
        days=30,
    )
    roster_id = campaigns.keep_roster(
        RosterTarget.CAMPAIGN,
        campaign.id,
        content="ФИО;Школа\nКрылова Ольга Ивановна;Школа № 12\n".encode(),
        name="list.csv",
        folder=folder / "files",
        actor_id=scene.trainer.id,
    )
    scene.region.requisites = dict.fromkeys(REQUISITES, "0")
    consent = consents.publish(scene.region.id, actor_id=None)
    people = _people(scene.region.id, scene.school.id)
    people |= {"teacher": scene.teacher.id, "tutor": scene.tutor.id, "trainer": scene.trainer.id}
    step_id = session.scalar(sa.select(RouteStep.id).where(RouteStep.route_id == route.id).limit(1))
    token_id = session.scalar(sa.select(SeatToken.id).where(SeatToken.secret_hash == digest(secret)))
    assert step_id is not None
    assert token_id is not None
    objects = {
        "campaign_id": campaign.id,
        "wave_id": wave_id,
        "seat_id": seat_id,
        "place_id": seat_id,
        "group_id": group.id,
        "finding_id": finding.id,
        "route_id": route.id,
        "step_id": step_id,
        "sitting_id": started.sitting_id,
        "secret": secret,
        "job_id": job.id,
        "file_id": stored.id,
        "person_id": scene.teacher.id,
        "node_id": scene.school.id,
        "version_id": session.scalar(sa.select(Assignment.instrument_id).where(Assignment.wave_id == wave_id))
        or "",
        "resource_id": session.scalar(sa.select(Resource.id).limit(1)) or "",
        "document_id": consent.id,
        "import_id": roster_id,
    }
    objects |= _marked_text(scene, people["expert"])
    objects |= _assessment(scene.school.id, people["director"])
    objects |= _drafts(scene.region.id, people["methodologist"], objects["version_id"])
    session.commit()
    return World(objects, people, token_id, started.sitting_id, started.secret)


def _marked_text(scene: Scene, expert_id: str) -> dict[str, str]:
    """A long answer of another diagnosis; the expert holds the role there, too, and is asked to mark both."""
    asked = marking.marking(experts=0)
    text = asked.text(asked.send())
    there = RoleGrant(
        person_id=expert_id, role=Role.EXPERT, node_id=asked.place.region_id, since=make.LONG_AGO
    )
    session.add(there)
    session.flush()
    for campaign_id in (asked.campaign_id, scene.campaign.id):
        assign(campaign_id, expert_id, letter=None, actor_id=scene.trainer.id)
    return {"text_id": text.id, "expert_id": expert_id}


def _drafts(region_id: str, author_id: str, version_id: str) -> dict[str, str]:
    """What the region's methodologist writes: a work with a comment on it, a framework, a mended key."""
    work = drafts.create_from_ready("test", node_id=region_id, actor_id=author_id)
    comment = drafts.comment(work.id, place="", body="Проверьте", actor_id=author_id)
    model = drafts.create_empty(
        title="Модель", node_id=region_id, actor_id=author_id, kind=DraftKind.FRAMEWORK
    )
    mended = drafts.create_from_version(
        version_id, node_id=region_id, actor_id=author_id, kind=DraftKind.SCORING
    )
    framework = catalogue.latest_published(VersionKind.FRAMEWORK, "dpo")
    assert framework is not None
    return {
        "draft_id": work.id,
        "comment_id": comment.id,
        "framework_draft_id": model.id,
        "mending_draft_id": mended.id,
        "framework_id": framework.id,
        "old_id": version_id,
        "new_id": version_id,
    }


def _assessment(school_id: str, lead_id: str) -> dict[str, str]:
    """A self-assessment of the teacher's school that collects answers: parents by a link for all."""
    work = catalogue.latest_published(VersionKind.INSTRUMENT, "self.school")
    assert work is not None
    secret = "of the installation"
    made = launch(
        school_id=school_id,
        title="Самооценка школы",
        work_id=work.id,
        asked=[Asked("sheet", 1, CircleWay.SHEET), Asked("parent", 30, CircleWay.LINK)],
        first_day=NOW.date(),
        last_day=NOW.date() + timedelta(days=14),
        secret=secret,
        actor_id=lead_id,
    )
    parents = session.scalars(
        sa.select(RespondentCircle).where(RespondentCircle.respondent_group == "parent")
    ).one()
    return {
        "assessment_id": made.id,
        "circle_id": parents.id,
        "circle_secret": CircleKey(secret, parents.id, parents.generation).link(),
    }


def _people(region_id: str, school_id: str) -> dict[str, str]:
    region = session.get_one(make.OrgNode, region_id)
    school = session.get_one(make.OrgNode, school_id)
    municipality = session.get_one(make.OrgNode, school.parent_id)
    foreign = make.region("Соседняя область")
    colleague = make.person("Гаврилова Елена Павловна", at=school)
    make.account(colleague)
    return {
        "colleague": colleague.id,
        "other_tutor": make.staff(Role.TUTOR, region).id,
        "other_trainer": make.staff(Role.TRAINER, region).id,
        "director": make.staff(Role.SCHOOL_LEAD, school).id,
        "other_director": make.staff(Role.SCHOOL_LEAD, make.school(municipality, "Школа № 3")).id,
        "municipal": make.staff(Role.MUNICIPAL_COORDINATOR, municipality).id,
        "coordinator": make.staff(Role.REGIONAL_COORDINATOR, region).id,
        "methodologist": make.staff(Role.METHODOLOGIST, region).id,
        "expert": make.staff(Role.EXPERT, region).id,
        "auditor": make.staff(Role.AUDITOR, region).id,
        "administrator": make.staff(Role.ADMINISTRATOR, region).id,
        "foreign_coordinator": make.staff(Role.REGIONAL_COORDINATOR, foreign).id,
        "foreign_administrator": make.staff(Role.ADMINISTRATOR, foreign).id,
    }


def frozen_now() -> AbstractContextManager[None]:
    """The world's dates stand around 22 November 2026."""
    return clock.frozen(NOW)

"""Circles of nameless respondents: who is expected, by which way they come in, new codes and links."""

from __future__ import annotations

import math
import random

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.loading import living_campaign, wave_row
from diagnostics.campaigns.circle_models import CircleWay, CodeState, OneTimeCode, RespondentCircle
from diagnostics.campaigns.circle_secrets import CircleKey, slip_link
from diagnostics.campaigns.errors import CampaignError, MoveRefused
from diagnostics.campaigns.models import Assignment, WaveState
from diagnostics.database import new_id, session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.identifiers import digest

MOST_EXPECTED = 3000  # the largest school with all its parents
MOST_CODES = 600  # of one sheet: a whole parallel
LONGEST_LABEL = 20


def add_circle(
    wave_id: str,
    *,
    school_id: str,
    respondent_group: str,
    expected: int,
    way: CircleWay,
    label: str = "",
    actor_id: str | None,
) -> RespondentCircle:
    """People who are asked alike; secrets come with `issue`.

    Raises
    ------
    FieldRefused
        `expected_impossible`, `too_many_codes`, `label_too_long`, `circle_twice`.
    CampaignError
        `no_assignment`: the wave asks this group nothing.
    """
    wave = wave_row(wave_id)
    living_campaign(wave.campaign_id)
    clean = " ".join(label.split())
    _check(clean, expected, way)
    circle = RespondentCircle(
        wave_id=wave_id,
        assignment_id=_assignment(wave_id, respondent_group).id,
        school_id=school_id,
        respondent_group=respondent_group,
        label=clean,
        expected=expected,
        way=way,
        created_at=clock.now(),
    )
    if _stands(circle):
        raise FieldRefused("circle_twice", field="classes", label=clean)
    session.add(circle)
    session.flush()
    facts = {"group": respondent_group, "label": clean, "expected": expected, "way": way.value}
    audit.record("circle.add", actor_id=actor_id, kind="circle", object_id=circle.id, after=facts)
    return circle


def issue(circle_id: str, *, secret: str, actor_id: str | None) -> None:
    """New secrets of a circle: the earlier link and the codes that nobody has begun with stop working.

    `secret` is the installation's key. MoveRefused `wave_closed` when nothing is collected any more.
    """
    circle = circle_row(circle_id)
    if wave_row(circle.wave_id).state is WaveState.CLOSED:
        raise MoveRefused("wave_closed")
    if circle.way is CircleWay.SHEET:
        raise CampaignError("sheet_has_no_link")
    circle.generation += 1
    if circle.way is CircleWay.LINK:
        circle.secret_hash = digest(CircleKey(secret, circle.id, circle.generation).link())
    else:
        _revoke_fresh(circle.id)
        while not (hashes := _free_hashes(circle, secret)):
            circle.generation += 1
        circle.codes = len(hashes)
        _keep(circle, hashes)
    session.flush()
    audit.record(
        "circle.issue", actor_id=actor_id, kind="circle", object_id=circle_id, after=circle.generation
    )


def expect(circle_id: str, expected: int, *, actor_id: str | None) -> None:
    """Mend how many people a circle has; its codes stay as printed until new ones are issued."""
    circle = circle_row(circle_id)
    living_campaign(wave_row(circle.wave_id).campaign_id)
    _check(circle.label, expected, circle.way)
    before, circle.expected = circle.expected, expected
    session.flush()
    audit.record(
        "circle.expect",
        actor_id=actor_id,
        kind="circle",
        object_id=circle_id,
        before=before,
        after=expected,
    )


def slips_for(expected: int) -> int:
    """How many slips a circle gets: one each and a tenth more, two at least, for those that are lost."""
    return expected + max(2, math.ceil(expected / 10))


def circle_row(circle_id: str) -> RespondentCircle:
    found = session.get(RespondentCircle, circle_id)
    if found is None:
        raise Missing
    return found


def _check(label: str, expected: int, way: CircleWay) -> None:
    if not 0 <= expected <= MOST_EXPECTED:
        raise FieldRefused("expected_impossible", field="expected", most=MOST_EXPECTED)
    if way is CircleWay.CODES and expected > MOST_CODES:
        raise FieldRefused("too_many_codes", field="expected", most=MOST_CODES)
    if len(label) > LONGEST_LABEL:
        raise FieldRefused("label_too_long", field="label", most=LONGEST_LABEL)


def _assignment(wave_id: str, respondent_group: str) -> Assignment:
    found = session.scalars(
        sa.select(Assignment).where(
            Assignment.wave_id == wave_id, Assignment.respondent_group == respondent_group
        )
    ).first()
    if found is None:
        raise CampaignError("no_assignment")
    return found


def _stands(circle: RespondentCircle) -> bool:
    same = sa.select(RespondentCircle.id).where(
        RespondentCircle.wave_id == circle.wave_id,
        RespondentCircle.respondent_group == circle.respondent_group,
        RespondentCircle.label == circle.label,
    )
    return session.scalar(same) is not None


def _revoke_fresh(circle_id: str) -> None:
    session.execute(
        sa.update(OneTimeCode)
        .where(OneTimeCode.circle_id == circle_id, OneTimeCode.state == CodeState.FRESH)
        .values(state=CodeState.REVOKED)
    )


def _free_hashes(circle: RespondentCircle, secret: str) -> list[str]:
    """Hashes of the codes of this generation; empty when one of them is taken in the school (one in millions)."""
    key = CircleKey(secret, circle.id, circle.generation)
    codes = [key.code(number) for number in range(1, slips_for(circle.expected) + 1)]
    hashes = [digest(slip_link(secret, circle.school_id, code)) for code in codes]
    taken = sa.select(OneTimeCode.id).where(OneTimeCode.secret_hash.in_(hashes))
    return [] if session.scalar(taken.limit(1)) is not None or len(set(hashes)) < len(hashes) else hashes


def _keep(circle: RespondentCircle, hashes: list[str]) -> None:
    """In no order: the place of a row must not tell which slip it is."""
    random.SystemRandom().shuffle(hashes)
    session.add_all(OneTimeCode(id=new_id(), circle_id=circle.id, secret_hash=one) for one in hashes)

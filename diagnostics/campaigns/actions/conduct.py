"""How a diagnosis is held: clarifying tasks after the form, counts of leaving the page. Told to people, so fixed then."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.loading import living_campaign
from diagnostics.campaigns.models import Assignment, Campaign, CampaignPurpose, CampaignState, Privacy, Wave
from diagnostics.campaigns.queries.clarifying import clarify_by
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from instruments.document import is_opinion, is_question

MOST_CLARIFYING = 12


def set_conduct(campaign_id: str, *, clarify_most: int, watch: bool, actor_id: str | None) -> None:
    """Both are off unless said, and stand once the diagnosis is open.

    Raises
    ------
    FieldRefused
        `conduct_is_told`; `clarify_impossible`; `only_tests`: a questionnaire has nothing to clear up or to guard.
    """
    campaign = living_campaign(campaign_id)
    before = (campaign.clarify_most, campaign.watch)
    if before == (clarify_most, watch):
        return
    field = "clarify_most" if clarify_most != campaign.clarify_most else "watch"
    if campaign.state is not CampaignState.DRAFT:
        raise FieldRefused("conduct_is_told", field=field)
    if not 0 <= clarify_most <= MOST_CLARIFYING:
        raise FieldRefused("clarify_impossible", field="clarify_most", maximum=MOST_CLARIFYING)
    if (clarify_most or watch) and not _is_test(campaign):
        raise FieldRefused("only_tests", field=field)
    campaign.clarify_most, campaign.watch = clarify_most, watch
    session.flush()
    audit.record(
        "campaign.conduct",
        actor_id=actor_id,
        kind="campaign",
        object_id=campaign_id,
        before=list(before),
        after=[clarify_most, watch],
    )


def pin_clarifying(campaign: Campaign, wave: Wave) -> None:
    """As a stage is opened: the calibration that its clarifying tasks and their conclusions stand on, for good."""
    if not campaign.clarify_most or campaign.trial or campaign.privacy is Privacy.ANONYMOUS:
        return
    scorings = session.scalars(sa.select(Assignment.scoring_id).where(Assignment.wave_id == wave.id)).all()
    wave.clarify_id = clarify_by(scorings, campaign.method_id).calibration_id
    session.flush()


def _is_test(campaign: Campaign) -> bool:
    """Whether everything that it asks has right answers."""
    if campaign.purpose is not CampaignPurpose.DIAGNOSIS or campaign.privacy is Privacy.ANONYMOUS:
        return False
    asked = session.execute(
        sa.select(Assignment.instrument_id, Assignment.form)
        .join(Wave, Wave.id == Assignment.wave_id)
        .where(Wave.campaign_id == campaign.id, Assignment.instrument_id.is_not(None))
    ).all()
    return all(
        any(
            is_question(item) and not is_opinion(item)
            for item in catalogue.instrument(row[0]).form_items(row[1])
        )
        for row in asked
    )

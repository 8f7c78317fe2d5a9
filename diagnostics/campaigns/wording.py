"""The words of letters: templates of the edge filled with the facts of a wave, for web and worker alike."""

from __future__ import annotations

import enum

from jinja2 import Environment

from diagnostics.campaigns.actions.letters import Compose
from diagnostics.campaigns.models import Privacy
from diagnostics.campaigns.queries.audience import name_of
from diagnostics.campaigns.queries.overview import CampaignView, WaveView
from diagnostics.campaigns.queries.roll import Participant
from diagnostics.campaigns.sheets import link_address, minutes_of


class LetterKind(enum.StrEnum):
    INVITATION = "invitation"
    REMINDER = "reminder"
    LAST_REMINDER = "last_reminder"
    EXTENDED = "extended"


def compose(
    templates: Environment, kind: LetterKind, campaign: CampaignView, wave: WaveView, base_url: str
) -> Compose:
    """Of each person and link the subject and text; templates lie in running/letters, `.subject.txt` beside `.txt`."""
    subject, text = (
        templates.get_template(f"running/letters/{kind.value}{end}") for end in (".subject.txt", ".txt")
    )
    facts = {
        "campaign": campaign,
        "wave": wave,
        "minutes": minutes_of(wave),
        "organiser": name_of(campaign.owner_id),
        "named": campaign.privacy is Privacy.NAMED,
    }

    def written(to: Participant, secret: str) -> tuple[str, str]:
        values = facts | {"to": to, "link": link_address(base_url, secret)}
        return subject.render(values).strip(), text.render(values)

    return written

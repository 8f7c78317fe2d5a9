"""Contents of access cards from drawn secrets."""

from __future__ import annotations

from collections.abc import Iterable

from diagnostics import clock
from diagnostics.campaigns.actions.cards import Secrets
from diagnostics.campaigns.codes import spaced
from diagnostics.campaigns.queries.overview import CampaignView, WaveView
from diagnostics.catalogue import queries as catalogue
from reports.contents.slips import AccessCard, AccessSheet


def access_sheet(
    campaign: CampaignView, wave: WaveView, drawn: Iterable[Secrets], *, base_url: str, contact: str
) -> AccessSheet:
    """Cards of a wave in the order given; `base_url` is where the product answers."""
    return AccessSheet(
        diagnosis=campaign.title,
        address=f"{base_url.rsplit('://', maxsplit=1)[-1]}/code",
        opens=clock.local(wave.opens_at, wave.zone).date(),
        closes=clock.local(wave.closes_at, wave.zone).date(),
        minutes=minutes_of(wave),
        contact=contact,
        cards=tuple(_card(one, base_url) for one in drawn),
    )


def minutes_of(wave: WaveView) -> int | None:
    """The longest time that a work of the wave needs."""
    works = [catalogue.instrument(one.instrument_id) for one in wave.assignments if one.instrument_id]
    return max((work.minutes for work in works), default=None)


def link_address(base_url: str, secret: str) -> str:
    return f"{base_url}/i/{secret}"


def _card(one: Secrets, base_url: str) -> AccessCard:
    return AccessCard(
        full_name=one.participant.full_name,
        school=one.participant.school,
        school_code=one.participant.school_code,
        code=spaced(one.code) if one.code else "",
        link=link_address(base_url, one.link),
    )

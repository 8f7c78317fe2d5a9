"""Everything that the papers of one stage are made of, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Privacy, Seat, SeatState, WaveState
from diagnostics.campaigns.queries import roll
from diagnostics.campaigns.queries.attendance import SchoolTurnout, turnout
from diagnostics.campaigns.queries.audience import name_of
from diagnostics.campaigns.queries.overview import CampaignView, WaveView, wave_of
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView
from diagnostics.pathways.queries.names import names
from diagnostics.pathways.queries.register import Registered, register
from diagnostics.people.models import OrgNode
from diagnostics.reporting.papers.naming import Naming, naming_of
from diagnostics.reporting.person import official_scale
from diagnostics.sittings.models import Sitting
from instruments.document import Instrument
from instruments.texts import say
from reports.contents.common import OfficialScale, Stage
from reports.contents.papers.common import Operator, PaperHead, Participant, Unnamed
from reports.contents.person import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One stage of a diagnosis. `results` by person id, of those who still take part and whose data are not erased.

    visibility   what people were told in advance
    taken        person id → local day of sending
    address      where a code is typed
    """

    campaign: CampaignView
    wave: WaveView
    head: PaperHead
    scale: OfficialScale
    visibility: Visibility
    owner: str
    tutor: str
    address: str
    language: str
    people: tuple[roll.Participant, ...]
    schools: tuple[SchoolTurnout, ...]
    results: Mapping[str, FindingView]
    taken: Mapping[str, date]
    naming: Naming
    routes: tuple[Registered, ...]

    @property
    def works(self) -> tuple[Instrument, ...]:
        """What is answered at this stage, each once."""
        found = {one.instrument_id: one for one in self.wave.assignments if one.instrument_id}
        return tuple(catalogue.instrument(code) for code in found)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(say(work.title, self.language) or work.code for work in self.works)

    @property
    def named(self) -> tuple[roll.Participant, ...]:
        """People with a result whom a paper may name, by municipality, school and name."""
        return tuple(
            one
            for one in self.people
            if one.person_id in self.results and self.naming.may_name(one.person_id)
        )

    @property
    def unnamed(self) -> Unnamed:
        left_out = [person for person in self.results if not self.naming.may_name(person)]
        withdrawn = sum(self.naming.has_withdrawn(person) for person in left_out)
        return Unnamed(withdrawn=withdrawn, without_consent=len(left_out) - withdrawn)


def facts_of(wave_id: str, *, address: str, language: str) -> Facts:
    """Missing for an unknown stage."""
    campaign, wave = wave_of(wave_id)
    people = tuple(roll.participants(wave_id))
    present = {one.person_id for one in people}
    framework = catalogue.framework(campaign.framework_id)
    return Facts(
        campaign=campaign,
        wave=wave,
        head=_head(campaign, wave),
        scale=official_scale(framework, campaign.preset, campaign.preset_basis, language),
        visibility=visibility_of(campaign),
        owner=name_of(campaign.owner_id),
        tutor=name_of(campaign.tutor_id),
        address=address,
        language=language,
        people=people,
        schools=tuple(turnout(wave_id)),
        results={
            view.person_id: view for view in findings.of_wave(wave_id) if view.person_id and view.person_id in present
        },
        taken=_taken(wave),
        naming=naming_of(wave_id, campaign.node_id),
        routes=tuple(register(campaign.id)),
    )  # fmt: skip


def visibility_of(campaign: CampaignView) -> Visibility:
    """Who sees a result by name, as people were told in advance."""
    if not levels_open(campaign):
        return Visibility.PERSON
    if campaign.visibility.get("levels_to_school"):
        return Visibility.PERSON_TUTOR_AND_SCHOOL
    return Visibility.PERSON_AND_TUTOR


def levels_open(campaign: CampaignView) -> bool:
    """Whether anybody beside the person may see a result at all."""
    return campaign.privacy is Privacy.NAMED and bool(campaign.visibility.get("levels_to_tutor"))


def participant(one: roll.Participant) -> Participant:
    return Participant(
        full_name=one.full_name,
        position=one.position,
        subject=one.subject,
        school=one.school,
        municipality=one.municipality,
    )


def has_submitted(one: roll.Participant) -> bool:
    return one.state is SeatState.SUBMITTED


def _head(campaign: CampaignView, wave: WaveView) -> PaperHead:
    return PaperHead(
        operator=_operator(campaign.node_id),
        diagnosis=campaign.title,
        stage=Stage(wave.kind.value),
        starts=clock.local(wave.opens_at, wave.zone).date(),
        ends=clock.local(wave.closes_at, wave.zone).date(),
        owner=names([campaign.owner_id])[campaign.owner_id].short,
        closed=wave.state is WaveState.CLOSED,
        formed_at=clock.local(clock.now(), wave.zone),
    )


def _operator(node_id: str) -> Operator:
    node = session.get_one(OrgNode, node_id)
    given = {name: str(value or "") for name, value in (node.requisites or {}).items()}
    return Operator(
        name=given.get("operator_name") or node.name,
        address=given.get("operator_address", ""),
        inn=given.get("operator_inn", ""),
        ogrn=given.get("operator_ogrn", ""),
        contact=given.get("operator_contact", ""),
        head_position=given.get("director_position") or "Руководитель",
        head_name=given.get("director", ""),
    )


def _taken(wave: WaveView) -> dict[str, date]:
    rows = session.execute(
        sa.select(Seat.respondent_id, Sitting.submitted_at)
        .join(Sitting, Sitting.seat_id == Seat.id)
        .where(Seat.wave_id == wave.id, Sitting.submitted_at.is_not(None))
    )
    return {person: clock.local(moment, wave.zone).date() for person, moment in rows if person and moment}

"""Frozen figures in the reader's language: codes are looked up in the documents that the diagnosis pins.

A release keeps its Russian words for ever; only what a document has translated is said in another language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Campaign, Wave
from diagnostics.campaigns.queries import CampaignView
from diagnostics.campaigns.queries import campaign as campaign_of
from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts.figures import WHOLE, Snapshot
from diagnostics.cohorts.scales import official_scale
from diagnostics.database import session
from instruments.document import Instrument
from instruments.framework import Framework
from instruments.texts import SOURCE_LANGUAGE, Texts, say
from reports.contents.common import OfficialScale, Sources, Version
from reports.contents.entry_exit import BlockChange, CommonItem, Transitions
from reports.wording.words import Words


@dataclass(frozen=True, slots=True)
class _Said:
    """Russian words → the same in another language; what is not known stays as it is."""

    words: Mapping[str, str]

    def __call__(self, text: str) -> str:
        return self.words.get(text, text)


def in_language(snapshot: Snapshot, campaign_id: str, language: str, words: Words) -> Snapshot:
    """The same figures with names of blocks, levels, tasks and documents in `language`; Missing for no diagnosis."""
    if language == SOURCE_LANGUAGE:
        return snapshot
    campaign = campaign_of(campaign_id)
    framework, instruments = catalogue.framework(campaign.framework_id), _instruments(campaign_id)
    said = _Said(_names(framework, instruments, language) | {"Вся работа": words.say("Вся работа")})
    scale = _scale(snapshot.scale, campaign, language)
    return replace(
        snapshot,
        scale=scale,
        sources=_sources(snapshot.sources, said),
        comparability=replace(snapshot.comparability, exit_form=said(snapshot.comparability.exit_form)),
        whole=_block(snapshot.whole, framework, said, language) if snapshot.whole else None,
        blocks=tuple(_block(one, framework, said, language) for one in snapshot.blocks),
        transitions=_transitions(snapshot.transitions, snapshot.scale, scale),
        common_items=tuple(_item(one, instruments, said, language) for one in snapshot.common_items),
        reliability=tuple(replace(one, form=said(one.form)) for one in snapshot.reliability),
        hidden_blocks=tuple(map(said, snapshot.hidden_blocks)),
    )


def _instruments(campaign_id: str) -> list[Instrument]:
    """The versions that the stages of a diagnosis asked; none for results from elsewhere."""
    ids = session.scalars(
        sa.select(Assignment.instrument_id)
        .join(Wave, Wave.id == Assignment.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .where(Campaign.id == campaign_id, Assignment.instrument_id.is_not(None))
        .order_by(Wave.opens_at, Assignment.id)
    )
    return [catalogue.instrument(one) for one in dict.fromkeys(ids) if one is not None]


def _names(framework: Framework, instruments: list[Instrument], language: str) -> dict[str, str]:
    """Titles of the documents, their blocks and forms, as the Russian figures print them."""
    texts: list[Texts] = [framework.title, *(node.title for node in framework.nodes)]
    texts += [one.title for one in instruments]
    found = {say(text): say(text, language) for text in texts}
    forms = [form.title for one in instruments for form in one.forms if form.title]
    for form in forms:
        known, new = say(form), say(form, language)
        found[known[:1].lower() + known[1:]] = new[:1].lower() + new[1:]  # of the sources
        found[known.removeprefix("Вариант ")] = new.partition(" ")[2] or new  # «А» of the reliability
    return found


def _scale(kept: OfficialScale, campaign: CampaignView, language: str) -> OfficialScale:
    """Words of the preset on the frozen borders; levels that the preset does not know keep theirs."""
    preset = official_scale(campaign, language)
    known = {level.code: level for level in preset.levels}
    levels = (
        replace(one, title=known[one.code].title, short=known[one.code].short) if one.code in known else one
        for one in kept.levels
    )
    return replace(kept, title=preset.title, levels=tuple(levels), approved=preset.approved)


def _block(one: BlockChange, framework: Framework, said: _Said, language: str) -> BlockChange:
    if one.code == WHOLE:
        return replace(one, title=said(one.title))
    node = next((node for node in framework.nodes if node.code == one.code), None)
    return replace(one, title=say(node.title, language)) if node else one


def _transitions(moves: Transitions | None, kept: OfficialScale, scale: OfficialScale) -> Transitions | None:
    if moves is None:
        return None
    shorts = {old.short: new.short for old, new in zip(kept.levels, scale.levels, strict=True)}
    return replace(moves, levels=tuple(shorts.get(one, one) for one in moves.levels))


def _item(one: CommonItem, instruments: list[Instrument], said: _Said, language: str) -> CommonItem:
    found = (item.title for work in instruments for item in work.items if item.code == one.code)
    return replace(one, title=say(next(found, None), language) or one.title, block=said(one.block))


def _sources(kept: Sources, said: _Said) -> Sources:
    def version(one: Version) -> Version:
        return replace(one, title=said(one.title))

    return replace(
        kept,
        instrument=version(kept.instrument),
        framework=version(kept.framework),
        forms=tuple(map(said, kept.forms)),
    )

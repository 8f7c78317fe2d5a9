"""«Кому что нужно»: which topics a group shares, from the findings of the entry stage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts.gathering import NO_SCHOOL, Gathered
from diagnostics.cohorts.scales import official_scale
from diagnostics.cohorts.sources import sources_of
from diagnostics.database import session
from diagnostics.findings.queries import FindingView, ScaleView
from diagnostics.measurement.conclusion import Conclusion, Prevalence, prevalence
from diagnostics.measurement.intervals import Interval, t_interval
from diagnostics.measurement.method import METHOD
from diagnostics.people.models import PersonalData
from instruments.texts import say
from reports.contents.common import OfficialScale, Sources

_CHUNK = 500  # ids in one IN list


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockNeed:
    """One topic: people for whom it is confirmed or probable, and the estimated share of the group.

    `mean`, `interval` are of the per cents of possible points.
    """

    code: str
    title: str
    confirmed: int
    probable: int
    prevalence: Prevalence
    mean: float | None
    interval: Interval | None

    @property
    def people(self) -> int:
        return self.confirmed + self.probable


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One person × block: number of the official level from 1 (least deficit); None = no level.

    `unsure`: the conclusion is probable only, or provisional at the border.
    """

    level: int | None
    level_title: str
    unsure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """`concluded`: something was concluded about at least one block (of points from elsewhere nothing is)."""

    person_id: str
    name: str
    school: str
    finding_id: str
    cells: tuple[Cell, ...]
    confirmed: int
    probable: int
    concluded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """`blocks` in the order of the framework, `people` by name.

    `free` = people in whose answers no topic is seen, `untold` = people about whom nothing is concluded.
    """

    group: str
    diagnosis: str
    scale: OfficialScale
    sources: Sources
    invited: int
    entry: int
    blocks: tuple[BlockNeed, ...]
    people: tuple[PersonRow, ...]

    @property
    def shared(self) -> tuple[BlockNeed, ...]:
        """Topics that at least two people share, the most wanted first."""
        found = [block for block in self.blocks if block.people > 1]
        return tuple(sorted(found, key=lambda block: (-block.people, -block.confirmed)))

    @property
    def by_need(self) -> tuple[PersonRow, ...]:
        """People with most topics first, confirmed before probable; alphabetical among equals."""
        return tuple(sorted(self.people, key=lambda row: (-(row.confirmed + row.probable), -row.confirmed)))

    @property
    def free(self) -> tuple[PersonRow, ...]:
        return tuple(row for row in self.people if row.concluded and not row.confirmed + row.probable)

    @property
    def untold(self) -> tuple[PersonRow, ...]:
        return tuple(row for row in self.people if not row.concluded)


def needs(gathered: Gathered, language: str = "ru") -> Needs | None:
    """Needs at the entry, topics named in `language`; None until somebody has a result."""
    entry = gathered.entry
    sources = sources_of(gathered.campaign, entry.results.values()) if entry else None
    if entry is None or sources is None:
        return None
    scale = official_scale(gathered.campaign, language)
    framework = catalogue.framework(gathered.campaign.framework_id)
    views = list(entry.results.values())
    codes = [one.competence for one in views[0].blocks]
    names = names_of(entry.results.keys())
    rows = [
        _row(person, names.get(person, ("", "")), entry.asked.get(person, NO_SCHOOL).name, view, codes, scale)
        for person, view in entry.results.items()
    ]
    return Needs(
        group=gathered.group,
        diagnosis=gathered.campaign.title,
        scale=scale,
        sources=sources,
        invited=len(entry.asked),
        entry=len(views),
        blocks=tuple(_block(code, say(framework.node(code).title, language), views) for code in codes),
        people=tuple(sorted(rows, key=lambda row: (names.get(row.person_id, ("", ""))[1], row.person_id))),
    )


def names_of(person_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Person id → («Исаев Р. М.», sort name)."""
    ids = list(person_ids)
    rows = [
        row
        for start in range(0, len(ids), _CHUNK)
        for row in session.scalars(
            sa.select(PersonalData).where(PersonalData.person_id.in_(ids[start : start + _CHUNK]))
        )
    ]
    return {row.person_id: (_short(row), row.sort_name) for row in rows}


def _short(data: PersonalData) -> str:
    initials = "\u00a0".join(f"{part[0]}." for part in (data.given_name, data.patronymic) if part)
    return f"{data.surname}\u00a0{initials}".strip()


def _block(code: str, title: str, views: Sequence[FindingView]) -> BlockNeed:
    lines = [line for line in (view.scale(code) for view in views) if line is not None]
    percents = np.array([line.percent for line in lines if line.percent is not None], dtype=np.float64)
    return BlockNeed(
        code=code,
        title=title,
        confirmed=sum(line.conclusion is Conclusion.CONFIRMED for line in lines),
        probable=sum(line.conclusion is Conclusion.PROBABLE for line in lines),
        prevalence=prevalence([line.p_deficit for line in lines if line.p_deficit is not None]),
        mean=float(percents.mean()) if percents.size else None,
        interval=t_interval(percents, METHOD.group_interval),
    )


def _row(
    person: str,
    name: tuple[str, str],
    school: str,
    view: FindingView,
    codes: Sequence[str],
    scale: OfficialScale,
) -> PersonRow:
    lines = [view.scale(code) for code in codes]
    return PersonRow(
        person_id=person,
        name=name[0],
        school=school,
        finding_id=view.id,
        cells=tuple(_cell(line, scale) for line in lines),
        confirmed=sum(line is not None and line.conclusion is Conclusion.CONFIRMED for line in lines),
        probable=sum(line is not None and line.conclusion is Conclusion.PROBABLE for line in lines),
        concluded=any(line is not None and line.conclusion is not Conclusion.NO_CONCLUSION for line in lines),
    )


def _cell(line: ScaleView | None, scale: OfficialScale) -> Cell:
    """The digit grows with the deficit: the most severe level is the highest number."""
    codes = [level.code for level in reversed(scale.levels)]
    if line is None or line.level is None:
        return Cell(level=None, level_title="", unsure=False)
    title = next(level.title for level in scale.levels if level.code == line.level)
    unsure = line.conclusion in {Conclusion.PROBABLE, Conclusion.NOT_SHOWN}
    return Cell(level=codes.index(line.level) + 1, level_title=title, unsure=unsure)

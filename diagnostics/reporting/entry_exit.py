"""A snapshot of a group → the contents of its entry/exit report: page and documents print these very facts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import datetime

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Campaign
from diagnostics.cohorts.figures import Growth, PersonFigures, Snapshot
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.measurement.change import DeficitChange
from diagnostics.people.models import OrgNode, PersonalData
from diagnostics.people.queries.places import zone_of
from diagnostics.releases.queries import ReleaseView
from reports.contents.common import Approval, Change, Heading, OfficialScale
from reports.contents.entry_exit import BlockChange, EntryExitReport, PersonLine
from reports.wording.numbers import inside
from reports.wording.words import Words

_CHUNK = 500  # ids in one IN list
#: People whose lines fit on paper; a longer list stands in the spreadsheet only (2,500 take over a minute to set).
MOST_NAMED = 300
_OWN = {"heading", "course_hours", "recommendations", "people"}
_SHARED = tuple(field.name for field in fields(EntryExitReport) if field.name not in _OWN)


def entry_exit_report(
    snapshot: Snapshot, heading: Heading, words: Words, people: tuple[PersonLine, ...] = ()
) -> EntryExitReport:
    """Nothing is computed here: the figures are those of the snapshot."""
    facts = {name: getattr(snapshot, name) for name in _SHARED}
    return EntryExitReport(
        heading=heading,
        course_hours=None,
        recommendations=_recommendations(snapshot, words),
        people=people,
        **facts,
    )


def released_report(
    release: ReleaseView, snapshot: Snapshot, words: Words, people: tuple[PersonLine, ...] = ()
) -> EntryExitReport:
    """The report of a release: its moment, its check code, local times."""
    heading = heading_of(release.campaign_id, release.made_at, release.check_code)
    zone = heading.formed_at.tzinfo
    cut = replace(snapshot.sources, data_cut=snapshot.sources.data_cut.astimezone(zone))
    return entry_exit_report(replace(snapshot, sources=cut), heading, words, people)


def live_report(campaign_id: str, found: Growth, words: Words) -> EntryExitReport:
    """What the group's own trainer sees now: the exact figures with the lines of people."""
    heading = heading_of(campaign_id, found.snapshot.sources.data_cut, "")
    return entry_exit_report(found.snapshot, heading, words)


def heading_of(campaign_id: str, formed_at: datetime, check_code: str) -> Heading:
    """Who issues and who approves: the operator of the diagnosis. Missing for an unknown one."""
    node = session.scalars(
        sa.select(OrgNode).join(Campaign, Campaign.node_id == OrgNode.id).where(Campaign.id == campaign_id)
    ).first()
    if node is None:
        raise Missing
    moment = clock.local(formed_at, zone_of(node.id))
    director = str((node.requisites or {}).get("director", ""))
    return Heading(
        organisation=node.name,
        approval=Approval(position=_position(node), name=director, year=moment.year),
        check_code=check_code,
        formed_at=moment,
    )


def _position(node: OrgNode) -> str:
    """The organisation itself stands opposite: its name cannot be declined by rule."""
    return str((node.requisites or {}).get("director_position") or "Руководитель организации")


def on_paper(report: EntryExitReport, words: Words) -> EntryExitReport:
    """The report as PDF and DOCX print it: too long a list of people is left to the spreadsheet, and said so."""
    if len(report.people) <= MOST_NAMED:
        return report
    said = words.say(
        "Список по людям (%(n)d чел.) на бумагу не помещается: он есть в этом же отчёте в Excel.",
        n=len(report.people),
    )
    return replace(report, people=(), recommendations=(*report.recommendations, said))


def people_lines(found: Growth, words: Words) -> tuple[PersonLine, ...]:
    """Lines of matched people by name, for the internal copy only."""
    scale, titles = found.snapshot.scale, {block.code: block.title for block in found.snapshot.blocks}
    names = _names([line.person_id for line in found.people])
    lines = [
        (
            names.get(line.person_id, ("", "")),
            _line(line, names.get(line.person_id, ("", ""))[1], scale, titles, words),
        )
        for line in found.people
    ]
    return tuple(line for _, line in sorted(lines, key=lambda one: one[0]))


def _line(
    line: PersonFigures, name: str, scale: OfficialScale, titles: Mapping[str, str], words: Words
) -> PersonLine:
    short = {level.code: level.short for level in scale.levels}
    return PersonLine(
        full_name=name,
        school=line.school,
        entry=line.entry,
        exit=line.exit,
        entry_level=short[line.entry_level],
        exit_level=short[line.exit_level],
        verdict=line.verdict,
        next_check=_next_check(line, scale, words),
        closed=_moved(line, titles, DeficitChange.CLOSED),
        new=_moved(line, titles, DeficitChange.NEW),
        conclusions=line.conclusions,
    )


def _moved(line: PersonFigures, titles: Mapping[str, str], way: DeficitChange) -> tuple[str, ...]:
    """Titles of the blocks whose official deficit went this way, in the order of the framework."""
    return tuple(title for code, title in titles.items() if line.deficits.get(code) is way)


def _next_check(line: PersonFigures, scale: OfficialScale, words: Words) -> str:
    """Where the official level says one thing and the error another, a lesson decides."""
    moved = line.entry_level != line.exit_level
    unsure = line.verdict in {Change.WITHIN_ERROR, Change.UNKNOWN}
    return words.say("разбор урока") if unsure and (moved or line.exit < scale.deficit_below) else ""


def _names(person_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Person id → (sort name, full name)."""
    ids = list(person_ids)
    rows = [
        row
        for start in range(0, len(ids), _CHUNK)
        for row in session.scalars(
            sa.select(PersonalData).where(PersonalData.person_id.in_(ids[start : start + _CHUNK]))
        )
    ]
    return {
        row.person_id: (
            row.sort_name,
            " ".join(filter(None, (row.surname, row.given_name, row.patronymic))),
        )
        for row in rows
    }


def _recommendations(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    """Blocks where more people came to a deficit than left it, then those where most remain."""
    worse = [block for block in snapshot.blocks if _new(block) > _closed(block)]
    stuck = [block for block in snapshot.blocks if block not in worse and _remaining(block) > _closed(block)]
    return (
        *(
            words.say(
                "Сначала разобрать %(block)s: дефицит по шкале появился у %(new)d чел., снят у %(closed)d.",
                block=inside(block.title),
                new=_new(block),
                closed=_closed(block),
            )
            for block in worse
        ),
        *(
            words.say(
                "Продолжить работу по теме «%(block)s»: дефицит по шкале остался у %(remaining)d чел.",
                block=block.title,
                remaining=_remaining(block),
            )
            for block in stuck
        ),
    )


def _new(block: BlockChange) -> int:
    return _known(block, block.deficits.new)


def _closed(block: BlockChange) -> int:
    return _known(block, block.deficits.closed)


def _remaining(block: BlockChange) -> int:
    return _known(block, block.deficits.remaining)


def _known(block: BlockChange, value: int | None) -> int:
    """Nothing is recommended from a table with a hidden cell: the sentence would say what the cell hides."""
    moves = block.deficits
    return value if value is not None and None not in (moves.new, moves.closed, moves.remaining) else 0

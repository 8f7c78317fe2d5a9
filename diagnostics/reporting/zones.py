"""Frozen zones of a school → the contents of their page and files: codes become words, nothing is computed."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics import clock
from diagnostics.catalogue import queries as catalogue
from diagnostics.improvement import queries
from diagnostics.improvement.groups import Group
from diagnostics.improvement.queries import FreeAnswers, Turnout, Zones
from diagnostics.improvement.snapshot import APART, FEW_DATA, GroupFacts, Index, Snapshot
from diagnostics.improvement.snapshot import Direction as FrozenDirection
from diagnostics.improvement.snapshot import Mark as FrozenMark
from diagnostics.improvement.snapshot import Statement as FrozenStatement
from diagnostics.improvement.snapshot import Zone as FrozenZone
from diagnostics.reporting.language import words_of
from instruments.document import say
from instruments.framework import Framework
from reports.contents import zones as contents
from reports.contents.common import Heading, Interval, Sources, Version

_LINK = "link"


def zones_report(campaign_id: str, *, own: bool, language: str = "ru") -> contents.ZonesReport:
    """For the school, or for those to whom it opened its zones.

    Raises
    ------
    Missing, ZonesError
        As `improvement.queries.zones`.
    """
    found, about = queries.zones(campaign_id, own=own), queries.turnout(campaign_id)
    free = queries.free_texts(campaign_id) if own else ()
    return _Saying(found, about, language).report(free, own=own)


class _Saying:
    """One report in one language."""

    def __init__(self, found: Zones, about: Turnout, language: str) -> None:
        self.found = found
        self.snapshot: Snapshot = found.snapshot
        self.about = about
        self.language = language
        self.framework: Framework = catalogue.framework(self.snapshot.framework_id)
        self.texts = self._texts()
        self.absent = frozenset(one.group for one in self.snapshot.groups if not one.n)

    def report(self, free: tuple[FreeAnswers, ...], *, own: bool) -> contents.ZonesReport:
        snapshot = self.snapshot
        return contents.ZonesReport(
            heading=Heading(
                organisation=self.about.school,
                check_code=self.found.release.check_code,
                formed_at=clock.local(self.found.release.made_at, snapshot.timezone),
            ),
            school=self.about.school,
            title=self.about.title,
            closed_on=clock.local(snapshot.closed_at, snapshot.timezone).date(),
            turnout=tuple(_turnout(one, self.about) for one in snapshot.groups),
            cuts=self._cuts(),
            zones=self._zones(),
            order=tuple(
                contents.Priority(
                    title=self._title(one.code),
                    importance=one.importance,
                    gap=one.gap,
                    value=one.value,
                    interval=Interval(one.low, one.high),
                )
                for one in snapshot.order
            ),
            unstable=snapshot.unstable,
            no_order=contents.NoOrder(snapshot.no_order) if snapshot.no_order else None,
            free=tuple(self._free(one) for one in free),
            views_gap=catalogue.method(snapshot.method_id).views_gap,
            sources=self._sources(),
            for_school=own,
        )

    def _cuts(self) -> tuple[contents.Cut, ...]:
        levels = sorted(self.framework.scales[self.snapshot.preset].levels, key=lambda level: level.lower)
        return tuple(
            contents.Cut(code=level.code, title=_class_title(self._say(level.title)), lower=level.lower)
            for level in levels
        )

    def _zones(self) -> tuple[contents.Zone, ...]:
        """The soundest class first, zones without a class last; within a class the order of the framework."""
        ranks = {cut.code: -place for place, cut in enumerate(self._cuts())}
        ordered = sorted(self.snapshot.zones, key=lambda zone: ranks.get(zone.word, 1))
        return tuple(self._zone(zone) for zone in ordered)

    def _zone(self, zone: FrozenZone) -> contents.Zone:
        return contents.Zone(
            code=zone.code,
            title=self._title(zone.code),
            verdict=_verdict(zone.word),
            cut=zone.word,
            border=zone.border or "",
            directions=tuple(self._direction(one) for one in zone.directions),
        )

    def _direction(self, one: FrozenDirection) -> contents.Direction:
        return contents.Direction(
            code=one.code,
            title=self._title(one.code),
            description=self._say(self.framework.node(one.code).description),
            marks=tuple(self._mark(mark) for mark in one.marks),
            index=one.index.value if one.index else None,
            interval=_interval(one.index),
            verdict=_verdict(one.word),
            cut=one.word,
            border=one.border or "",
            apart=tuple((contents.Voice(high.value), contents.Voice(low.value)) for high, low in one.apart),
            beyond=tuple(contents.Voice(group.value) for group in one.beyond),
            statements=tuple(self._statement(line) for line in one.statements),
        )

    def _statement(self, line: FrozenStatement) -> contents.Statement:
        return contents.Statement(
            text=self.texts.get(line.code, ""),
            marks=tuple(self._mark(mark) for mark in line.marks),
            apart=line.apart,
        )

    def _mark(self, mark: FrozenMark) -> contents.Mark:
        return contents.Mark(
            voice=contents.Voice(mark.group.value),
            value=mark.value,
            interval=_interval(mark),
            n=mark.n,
            least=mark.least,
            absent=mark.group in self.absent,
        )

    def _free(self, one: FreeAnswers) -> contents.FreeWords:
        items = catalogue.instrument(one.instrument_id).form_items(one.form)
        question = next((self._say(item.text) for item in items if item.code == one.item), "")
        return contents.FreeWords(voice=contents.Voice(one.group.value), question=question, texts=one.texts)

    def _texts(self) -> Mapping[str, str]:
        """Statement → its words in the form that says them first: the sheet, then teachers."""
        found: dict[str, str] = {}
        for group in Group:
            if group in self.snapshot.documents:
                instrument_id, _, form = self.snapshot.documents[group]
                for item in catalogue.instrument(instrument_id).form_items(form):
                    found.setdefault(item.code, self._say(item.text))
        return found

    def _sources(self) -> Sources:
        words = words_of(self.language)
        instrument_id, scoring_id, _ = next(iter(self.snapshot.documents.values()))
        title = self._say(catalogue.instrument(instrument_id).title)
        return Sources(
            instrument=Version(title=title, version=_number(instrument_id)),
            scoring=Version(title=title, version=_number(scoring_id)),
            framework=Version(title=self._say(self.framework.title), version=self.framework.version),
            method=Version(
                title=words.say("Методика расчёта"), version=catalogue.method(self.snapshot.method_id).version
            ),
            calibration=None,
            data_cut=clock.local(self.snapshot.data_cut, self.snapshot.timezone),
        )

    def _title(self, code: str) -> str:
        return self._say(self.framework.node(code).title)

    def _say(self, texts: Mapping[str, str] | None) -> str:
        return say(texts, self.language) or ""


def _verdict(word: str) -> contents.Verdict:
    found = {APART: contents.Verdict.APART, FEW_DATA: contents.Verdict.FEW_DATA}
    return found.get(word, contents.Verdict.CLASS)


def _interval(found: Index | FrozenMark | None) -> Interval | None:
    if found is None or found.low is None or found.high is None:
        return None
    return Interval(found.low, found.high)


def _number(version_id: str) -> str:
    found = catalogue.one(version_id)
    return str(found.number) if found else ""


def _class_title(title: str) -> str:
    """«благополучная зона» → «благополучная»: the heading already says of what; «зона внимания» stays."""
    return title.removesuffix(" зона").removesuffix(" zone")


def turnout_lines(about: Turnout) -> tuple[contents.Turnout, ...]:
    """Явка while answers are still collected."""
    return tuple(_turnout(one, about) for one in about.groups)


def _turnout(one: GroupFacts, about: Turnout) -> contents.Turnout:
    is_sheet = one.group is Group.SHEET
    return contents.Turnout(
        voice=contents.Voice(one.group.value),
        n=one.n,
        expected=one.expected,
        least=one.least,
        hidden=one.hidden,
        by_link=_LINK in one.ways,
        people=about.sheet_people if is_sheet else (),
        agreed_on=about.agreed_on if is_sheet else None,
    )

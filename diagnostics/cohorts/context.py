"""What stands around the change: who took part, who left, how reliable, what the numbers do not prove."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

import numpy as np

from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts.blocks import Column, shown
from diagnostics.cohorts.comparing import Compared, block_of_items, form_title
from diagnostics.cohorts.gathering import NO_SCHOOL, Gathered, Side
from diagnostics.findings.queries import FindingView, WaveMatrix
from diagnostics.measurement.change import kelley
from diagnostics.measurement.classical import analyse
from diagnostics.measurement.factor import omega_total
from diagnostics.measurement.growth import Attrition as Left
from diagnostics.measurement.growth import group_change
from diagnostics.measurement.method import Method
from reports.contents.common import Stage
from reports.contents.entry_exit import (
    Attrition,
    Caution,
    CautionNote,
    CommonItem,
    Flow,
    ParticipantsLine,
    Reliability,
)

_QUARTER = 4


def flow(gathered: Gathered) -> Flow:
    asked = gathered.asked
    return Flow(
        invited=len(asked),
        entry=_count(gathered.entry),
        exit=_count(gathered.exit),
        both=len(gathered.matched),
        schools=len(set(asked.values()) - {NO_SCHOOL}),
    )


def _count(side: Side | None) -> int:
    return len(side.results) if side else 0


def participants(gathered: Gathered) -> tuple[ParticipantsLine, ...]:
    """By school, in the order of names; people without a school stand in the total only."""
    school = gathered.asked
    invited = Counter(school.values())
    first, second, both = (
        Counter(school.get(person, NO_SCHOOL) for person in people)
        for people in (_people(gathered.entry), _people(gathered.exit), gathered.matched)
    )
    return tuple(
        ParticipantsLine(
            title=one.name, invited=invited[one], entry=first[one], exit=second[one], both=both[one]
        )
        for one in sorted(set(invited) - {NO_SCHOOL})
    )


def _people(side: Side | None) -> Collection[str]:
    return side.results.keys() if side else ()


def attrition(gathered: Gathered, method: Method) -> tuple[Attrition, Left]:
    """Entry results of the whole work: those who left against those who stayed."""
    entry = gathered.entry.results if gathered.entry else {}
    people = sorted(entry)
    stayed = set(gathered.matched)
    before = [_percent(entry[person]) for person in people]
    after = [before[row] if person in stayed else np.nan for row, person in enumerate(people)]
    found = group_change(before, after, method=method).attrition
    said = Attrition(
        n_left=found.n_left,
        left_entry=found.mean_left,
        n_stayed=found.n_stayed,
        stayed_entry=found.mean_stayed,
    )
    return said, found


def _percent(view: FindingView) -> float:
    return np.nan if view.percent is None else view.percent


def reliability(gathered: Gathered, compared: Compared, method: Method) -> tuple[Reliability, ...]:
    """Classical reliability of each stage on everybody who took it; nothing for block points."""
    stages = ((Stage.ENTRY, gathered.entry, compared.entry), (Stage.EXIT, gathered.exit, compared.exit))
    return tuple(
        _reliability(stage, side, matrix, method) for stage, side, matrix in stages if side and matrix.items
    )


def _reliability(stage: Stage, side: Side, matrix: WaveMatrix, method: Method) -> Reliability:
    found = analyse(matrix.points, matrix.maxima, matrix.items, matrix.omitted, method)
    sem = None if found.sem is None else 100 * found.sem / float(matrix.maxima.sum())
    return Reliability(
        stage=stage,
        form=form_title(side.sample) if side.sample else "",
        n=found.n,
        n_items=len(matrix.items),
        alpha=found.alpha,
        alpha_interval=shown(found.alpha_interval),
        omega=omega_total(matrix.points, method).value,
        sem=sem,
    )


def common_items(gathered: Gathered, compared: Compared) -> tuple[CommonItem, ...]:
    """Share solved by the matched people on items that both forms have; nothing where one form was taken twice."""
    view = gathered.entry.sample if gathered.entry else None
    if compared.link is None or view is None:
        return ()
    first, second = (_solved(matrix, gathered.matched) for matrix in (compared.entry, compared.exit))
    titles, blocks = _titles(view), _blocks(view)
    return tuple(
        CommonItem(
            code=code,
            title=titles.get(code, code),
            block=blocks.get(code, ""),
            n=len(gathered.matched),
            entry=first[code],
            exit=second[code],
            dropped=code in compared.dropped,
        )
        for code in compared.anchors
    )


def _solved(matrix: WaveMatrix, people: tuple[str, ...]) -> dict[str, float]:
    place = {person: row for row, person in enumerate(matrix.person_ids)}
    points = np.nan_to_num(matrix.points[[place[person] for person in people]])
    return dict(zip(matrix.items, (100 * points.mean(axis=0) / matrix.maxima).tolist(), strict=True))


def _titles(view: FindingView) -> dict[str, str]:
    if view.instrument_id is None:
        return {}
    items = catalogue.instrument(view.instrument_id).items
    return {item.code: item.title["ru"] for item in items if item.title}


def _blocks(view: FindingView) -> dict[str, str]:
    """Item → title of the reported block that it feeds."""
    framework = catalogue.framework(view.framework_id)
    return {code: framework.node(block).title["ru"] for code, block in block_of_items(view).items()}


def cautions(
    gathered: Gathered, compared: Compared, whole: Column | None, left: Left, lines: tuple[Reliability, ...],
    method: Method,
) -> tuple[CautionNote, ...]:  # fmt: skip
    """What the numbers do not prove, the gravest first."""
    return tuple(_cautions(gathered, compared, whole, left, lines, method))


def _cautions(
    gathered: Gathered, compared: Compared, whole: Column | None, left: Left, lines: tuple[Reliability, ...],
    method: Method,
) -> Iterator[CautionNote]:  # fmt: skip
    yield CautionNote(code=Caution.NO_CONTROL_GROUP)
    if len(gathered.matched) < method.bootstrap_below:
        yield CautionNote(code=Caution.SMALL_GROUP)
    if left.interval is not None and not left.interval.low <= 0 <= left.interval.high:
        yield CautionNote(code=Caution.ATTRITION)
    if compared.link_percent:
        yield CautionNote(code=Caution.LINKING_ERROR, value=round(compared.link_percent, 1))
    if not compared.entry.items:
        yield CautionNote(code=Caution.EXTERNAL_RELIABILITY_UNKNOWN)
    elif any(view.calibration_id is None for side in _sides(gathered) for view in side.results.values()):
        yield CautionNote(code=Caution.NO_CALIBRATION)
    back = _return_to_mean(whole, lines)
    if back is not None:
        yield CautionNote(code=Caution.REGRESSION_TO_MEAN, value=round(back, 1))


def _sides(gathered: Gathered) -> list[Side]:
    return [side for side in (gathered.entry, gathered.exit) if side]


def _return_to_mean(whole: Column | None, lines: tuple[Reliability, ...]) -> float | None:
    """Points that the lowest quarter would gain without any change (Kelley); None where it cannot be said."""
    alpha = next((line.alpha for line in lines if line.stage is Stage.ENTRY), None)
    if whole is None or alpha is None or not 0 <= alpha <= 1 or whole.entry.size < 2 * _QUARTER:
        return None
    lowest = float(np.sort(whole.entry)[: whole.entry.size // _QUARTER].mean())
    return kelley(lowest, float(whole.entry.mean()), alpha) - lowest

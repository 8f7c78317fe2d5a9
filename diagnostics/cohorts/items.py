"""Item analysis of a wave: how each item worked, the doubtful ones first (methods.md §5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.campaigns.queries import wave_of
from diagnostics.catalogue import queries as catalogue
from diagnostics.cohorts.by_place import places_of
from diagnostics.cohorts.calibrated import fits_of
from diagnostics.cohorts.comparing import block_of_items
from diagnostics.cohorts.pace import NOBODY, Spent, pace_of
from diagnostics.cohorts.quality import forms_of
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView, WaveMatrix
from diagnostics.measurement.classical import ItemStatistics, ScaleStatistics, analyse, rest_shares
from diagnostics.measurement.intervals import Interval
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.options import options
from diagnostics.sittings.queries.many import answers_of_many
from instruments.document import Instrument, Item, MultipleItem, SingleItem
from instruments.items import Answer
from instruments.keys import ItemKey
from reports.contents.quality import FormQuality, Places

KEY_DOUBTFUL, LOW_DISCRIMINATION, TOO_EASY, TOO_HARD = (
    "key_doubtful",
    "low_discrimination",
    "too_easy",
    "too_hard",
)
#: The order in which an author should look at them.
GRAVITY = (KEY_DOUBTFUL, LOW_DISCRIMINATION, TOO_HARD, TOO_EASY)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionFacts:
    """`thirds`: share (0…1) of the weak, middle and strong third who chose it."""

    code: str
    text: str
    is_key: bool
    chosen: int
    thirds: tuple[float, float, float]
    draws_strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """One item among those who were shown it; figures are None below the method's least number.

    p            share of the possible points (0…1), `p_interval` Wilson for right-or-wrong items
    infit, outfit  mean squares, 1 where the model holds; None where the difficulties are not estimated
    verdicts     codes in the order of `GRAVITY`; empty = nothing to remark
    reason       "counts_only" | "provisional" | None
    seconds      median time with it; None where too few people have times
    conditional  asked only by the answers to others: `n` are those whom it was asked
    critical     a failure here decides about more than its points
    """

    code: str
    title: str
    block: str
    n: int
    omitted: int
    p: float | None
    p_interval: Interval | None
    r_rest: float | None
    r_interval: Interval | None
    verdicts: tuple[str, ...]
    reason: str | None
    options: tuple[OptionFacts, ...]
    infit: float | None = None
    outfit: float | None = None
    seconds: float | None = None
    conditional: bool = False
    critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnalysis:
    """A work in a wave. `test` is None where nobody has a result; `items`: the doubtful first.

    forms    reliability and certainty of the borders, form by form
    places   tasks between municipalities; None where there is nothing to compare
    whole    time that the work takes
    """

    wave_id: str
    work: str
    version: str
    people: int
    test: ScaleStatistics | None
    items: tuple[ItemFacts, ...]
    forms: tuple[FormQuality, ...] = ()
    places: Places | None = None
    instrument_id: str = ""
    whole: Spent = NOBODY

    @property
    def fitted(self) -> bool:
        """Whether any task has a fit to show."""
        return any(item.infit is not None for item in self.items)

    @property
    def doubtful(self) -> tuple[ItemFacts, ...]:
        return tuple(item for item in self.items if item.verdicts)


def of_wave(wave_id: str) -> ItemAnalysis:
    """Every keyed item of a wave; Missing for an unknown one. Block points from elsewhere have no items."""
    campaign, _wave = wave_of(wave_id)
    method = catalogue.method(campaign.method_id)
    found, views = findings.matrix(wave_id), findings.of_wave(wave_id)
    sample = next(iter(views), None)
    if sample is None or sample.instrument_id is None or not found.items:
        return ItemAnalysis(wave_id=wave_id, work="", version="", people=0, test=None, items=())
    test = analyse(found.points, found.maxima, found.items, found.omitted, method)
    about = catalogue.instrument(sample.instrument_id)
    chosen = _Choices(found, views, method)
    items = tuple(sorted((chosen.facts(one) for one in test.items), key=_gravest))
    version = catalogue.one(sample.instrument_id)
    return ItemAnalysis(
        wave_id=wave_id,
        work=about.title["ru"],
        version=str(version.number) if version else "",
        people=len(found.finding_ids),
        test=test,
        items=items,
        forms=forms_of(found, views, method),
        places=places_of(wave_id, found, {one.code: one.title for one in items}, method),
        instrument_id=sample.instrument_id,
        whole=chosen.pace.whole,
    )


def _gravest(item: ItemFacts) -> tuple[int, int, str]:
    first = GRAVITY.index(item.verdicts[0]) if item.verdicts else len(GRAVITY)
    return first, -len(item.verdicts), item.code


class _Choices:
    """What the people of a wave chose, beside their rest on the other items."""

    def __init__(self, found: WaveMatrix, views: Sequence[FindingView], method: Method) -> None:
        self.found, self.method, sample = found, method, views[0]
        self.rest = rest_shares(found.points, found.maxima)
        work, scoring_id = catalogue.instrument(sample.instrument_id or ""), sample.scoring_id
        scoring = catalogue.scoring(scoring_id) if scoring_id else None
        self.keys = scoring.items if scoring else {}
        self.critical = frozenset(one.item for one in scoring.critical) if scoring else frozenset()
        self.conditional = conditional_items(work)
        self.items = {item.code: item for item in work.asked_items}
        framework = catalogue.framework(sample.framework_id)
        self.blocks = {
            code: framework.node(block).title["ru"] for code, block in block_of_items(sample).items()
        }
        self.fits = fits_of(found, sample, method)
        self.pace = pace_of({view.sitting_id for view in views if view.sitting_id}, method)
        self.answers = self._answers({view.id: view.sitting_id or "" for view in views})

    def _answers(self, sittings: Mapping[str, str]) -> list[dict[str, Answer]]:
        given = answers_of_many([one for one in sittings.values() if one], self.found.items)
        return [given.get(sittings[finding], {}) for finding in self.found.finding_ids]

    def facts(self, one: ItemStatistics) -> ItemFacts:
        item = self.items[one.name]
        lines = self._options(item, self.keys.get(one.name)) if one.p is not None else ()
        doubtful = (KEY_DOUBTFUL,) if any(line.draws_strong for line in lines) else ()
        verdicts = sorted({*doubtful, *one.flags}, key=GRAVITY.index)
        fit, spent = self.fits.get(one.name), self.pace.items.get(one.name)
        return ItemFacts(
            code=one.name,
            title=item.title["ru"],
            block=self.blocks.get(one.name, ""),
            n=one.n,
            omitted=one.omitted,
            p=one.p,
            p_interval=one.p_interval,
            r_rest=one.r_rest,
            r_interval=one.r_interval,
            verdicts=tuple(verdicts),
            reason=one.reason,
            options=lines,
            infit=fit.infit.value if fit and fit.infit else None,
            outfit=fit.outfit.value if fit and fit.outfit else None,
            seconds=spent.median if spent else None,
            conditional=one.name in self.conditional,
            critical=one.name in self.critical,
        )

    def _options(self, item: Item, key: ItemKey | None) -> tuple[OptionFacts, ...]:
        if not isinstance(item, SingleItem | MultipleItem) or key is None or key.key is None:
            return ()
        column = self.found.items.index(item.code)
        rows = np.flatnonzero(~np.isnan(self.found.points[:, column]) & ~np.isnan(self.rest[:, column]))
        rest: FloatArray = self.rest[rows, column]
        marks = [[_chose(self.answers[row].get(item.code), one.code) for one in item.options] for row in rows]
        keyed = [
            _chose(key.key if isinstance(key.key, str) else list(_codes(key)), one.code)
            for one in item.options
        ]
        table = np.array(marks, dtype=bool).reshape(len(rows), len(item.options))
        return tuple(
            OptionFacts(
                code=one.code,
                text=one.text["ru"],
                is_key=is_key,
                chosen=stats.chosen,
                thirds=stats.thirds,
                draws_strong=stats.draws_strong,
            )
            for one, is_key, stats in zip(
                item.options, keyed, options(table, rest, keyed, self.method), strict=True
            )
        )


def conditional_items(work: Instrument) -> frozenset[str]:
    """Items that not everybody is asked: under a condition of their own or of their section."""
    sections = (section for form in work.forms for section in form.sections if section.show_if)
    inside = {code for section in sections for code in section.items}
    return frozenset(inside | {item.code for item in work.items if item.show_if})


def _codes(key: ItemKey) -> tuple[str, ...]:
    return key.key if isinstance(key.key, tuple) else ()


def _chose(answer: Answer, option: str) -> bool:
    return option in answer if isinstance(answer, list) else answer == option

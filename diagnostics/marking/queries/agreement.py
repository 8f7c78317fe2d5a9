"""How well experts agree on the answers that two of them marked: by criterion, on levels, with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.marking.models import ExpertMark, MarkedText, TextState
from diagnostics.measurement.intervals import Interval
from diagnostics.measurement.raters.intraclass import intraclass
from diagnostics.measurement.raters.marks import mark_agreement
from instruments.keys import RubricKey
from instruments.texts import Texts

#: Works marked twice from which a figure of agreement says more than chance, and below which it says nothing.
FEW, FEWEST = 30, 10


@dataclass(frozen=True, slots=True)
class Agreement:
    """One criterion of one question over all works with a first and a second mark.

    kappa     quadratic weights; None with `reason` "too_few" (as the ICC) or "no_variance"
    icc       ICC(2,1), absolute agreement of single marks
    exact, adjacent  shares of equal marks, of marks at most one level apart
    """

    item: str
    title: Texts  # of the question
    criterion: Texts
    n: int
    kappa: float | None
    kappa_interval: Interval | None
    icc: float | None
    icc_interval: Interval | None
    exact: float | None
    adjacent: float | None
    reason: str | None

    @property
    def is_few(self) -> bool:
        return self.n < FEW


def agreement(campaign_id: str) -> list[Agreement]:
    """First marks beside second ones; who of the experts gave which plays no part, thirds are left out."""
    pairs: dict[tuple[str, str], dict[str, dict[int, ExpertMark]]] = {}
    rows = session.execute(
        sa.select(MarkedText.item, MarkedText.scoring_id, ExpertMark)
        .join(ExpertMark, ExpertMark.text_id == MarkedText.id)
        .where(
            MarkedText.campaign_id == campaign_id,
            MarkedText.state != TextState.REPLACED,
            ExpertMark.place <= 2,  # noqa: PLR2004 - the first and the second
        )
        .order_by(MarkedText.item, MarkedText.id, ExpertMark.place, ExpertMark.number)
    )
    for item, scoring_id, mark in rows:
        pairs.setdefault((item, scoring_id), {}).setdefault(mark.text_id, {})[mark.place] = mark
    found = []
    for (item, scoring_id), texts in pairs.items():
        whole = [(one[1].levels, one[2].levels) for one in texts.values() if {1, 2} <= set(one)]
        found += _by_criterion(item, scoring_id, whole) if whole else []
    return found


def _by_criterion(
    item: str, scoring_id: str, pairs: list[tuple[dict[str, int], dict[str, int]]]
) -> list[Agreement]:
    scoring = catalogue.scoring(scoring_id)
    version = catalogue.one(scoring_id)
    work = catalogue.instrument(version.about_id) if version and version.about_id else None
    rubric = scoring.items[item].key
    title = (work.item(item).title or {}) if work else {}
    if not isinstance(rubric, RubricKey):
        return []
    return [
        _one(
            item, title, one.title, np.array([[a[one.code], b[one.code]] for a, b in pairs], dtype=np.float64)
        )
        for one in rubric.criteria
    ]


def _one(item: str, title: Texts, criterion: Texts, levels: np.ndarray) -> Agreement:
    pair, icc = mark_agreement(levels[:, 0], levels[:, 1]), intraclass(levels)
    told = pair.n >= FEWEST
    return Agreement(
        item=item,
        title=title,
        criterion=criterion,
        n=pair.n,
        kappa=pair.quadratic.value if told else None,
        kappa_interval=pair.quadratic.interval if told else None,
        icc=icc.single.value if icc.single and told else None,
        icc_interval=icc.single.interval if icc.single and told else None,
        exact=pair.exact.value if pair.exact else None,
        adjacent=pair.adjacent.value if pair.adjacent else None,
        reason=pair.quadratic.reason if told else "too_few",
    )

"""Do people of equal result solve a task equally often, wherever they work? Municipality against municipality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa

from diagnostics.campaigns.models import Seat
from diagnostics.cohorts.blocks import shown
from diagnostics.database import session
from diagnostics.findings.queries import WaveMatrix
from diagnostics.measurement.dif.logistic import LogisticDif, logistic_dif
from diagnostics.measurement.dif.mantel_haenszel import ItemDif, mantel_haenszel
from diagnostics.measurement.errors import EstimationError
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import BoolArray, FloatArray
from diagnostics.people.models import OrgNode
from diagnostics.releases.minimum import minimum
from reports.contents.quality import ItemBetween, PlaceComparison, Places


class _Place(NamedTuple):
    name: str
    id: str


def places_of(wave_id: str, found: WaveMatrix, titles: Mapping[str, str], method: Method) -> Places | None:
    """Each municipality against the rest; None where there are not two of them, or too few right-or-wrong tasks.

    The municipality is that of the person's school at the start of the wave, frozen on the seat. Groups
    smaller than the minimum group, or than the number from which anything is said of an item, are left out.
    """
    at = _municipalities(wave_id)
    here = [at.get(seat) for seat in found.seat_ids]
    binary = _binary(found)
    count = Counter(one for one in here if one is not None)
    if len(count) < 2 or binary.sum() < method.fewest_items:  # noqa: PLR2004 - a comparison needs two
        return None
    least = max(minimum().adults, method.item_counts_below)
    known = np.array([one is not None for one in here])
    scores = (found.points[:, binary] / found.maxima[binary])[known]
    names = tuple(code for code, kept in zip(found.items, binary, strict=True) if kept)
    present = [one for one in here if one is not None]
    comparisons = [
        _comparison(place, sorted(count), present, scores, names, titles, method)
        for place in _compared(count)
        if count[place] >= least and len(present) - count[place] >= least
    ]
    return Places(
        comparisons=tuple(one for one in comparisons if one is not None),
        left_out=sum(number < least for number in count.values()),
        least=least,
        lettered=method.dif_letter_persons,
        partial=int((~binary).sum()),
    )


def _municipalities(wave_id: str) -> dict[str, _Place]:
    rows = session.execute(
        sa.select(Seat.id, OrgNode.name, OrgNode.id)
        .join(OrgNode, OrgNode.id == Seat.municipality_id)
        .where(Seat.wave_id == wave_id)
    )
    return {seat: _Place(name, node) for seat, name, node in rows}


def _binary(found: WaveMatrix) -> BoolArray:
    """Columns in which everybody has all the points or none."""
    share = found.points / found.maxima
    return np.asarray((np.isnan(share) | (share == 0) | (share == 1)).all(axis=0))


def _compared(count: Counter[_Place]) -> list[_Place]:
    """By name; of two places one comparison says everything: the smaller against the larger."""
    places = sorted(count)
    return places if len(places) > 2 else [min(places, key=lambda one: (count[one], one))]  # noqa: PLR2004


def _comparison(
    place: _Place,
    places: Sequence[_Place],
    present: Sequence[_Place],
    scores: FloatArray,
    names: tuple[str, ...],
    titles: Mapping[str, str],
    method: Method,
) -> PlaceComparison | None:
    focal = np.array([one == place for one in present])
    try:
        matched = mantel_haenszel(scores, focal, names, purify=True, method=method)
        fitted = logistic_dif(scores, focal, names, method)
    except EstimationError:
        return None
    others = [one for one in places if one != place]
    return PlaceComparison(
        place=place.name,
        other=others[0].name if len(others) == 1 else "",
        n_here=matched.n_focal,
        n_there=matched.n_reference,
        items=tuple(_item(one, model, titles) for one, model in zip(matched.items, fitted, strict=True)),
    )


def _item(one: ItemDif, model: LogisticDif, titles: Mapping[str, str]) -> ItemBetween:
    return ItemBetween(
        code=one.name,
        title=titles.get(one.name, one.name),
        delta=one.delta,
        interval=shown(one.delta_interval),
        shares=None if one.share_difference is None else 100 * one.share_difference,
        letter=one.letter,
        rise=model.effect,
        p_uneven=model.p_nonuniform,
        rise_letter=model.size,
    )

"""A bank and rules made ready to ask; where they cannot be, the fixed form and the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.adaptive.bank import Bank, bank
from diagnostics.measurement.adaptive.population import share_below
from diagnostics.measurement.adaptive.rules import Rules
from diagnostics.measurement.errors import BadInputError, EmptyDataError, TooFewPersonsError
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.latent.persons import STANDARD, Population
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """An adaptive test.

    Attributes
    ----------
    least, most : (contents,) quotas
    form : rows of the items of the fixed form
    below : (nodes,) share below the cut; None without a cut
    """

    bank: Bank
    rules: Rules
    least: IntArray
    most: IntArray
    form: tuple[int, ...]
    below: FloatArray | None
    method: Method

    @property
    def thresholds(self) -> tuple[float, float]:
        """P(below the cut) from which, and up to which, the verdict is clear."""
        if self.rules.sure is None:
            return self.method.confirmed_from, self.method.surely_none_to
        return self.rules.sure, 1 - self.rules.sure

    @property
    def choose_from(self) -> int:
        """The next item is drawn from so many of the best."""
        return self.method.choose_from if self.rules.choose_from is None else self.rules.choose_from


class QuotaError(BadInputError):
    """The bank cannot fill the quotas or is shorter than the shortest test."""

    code = "quotas"


@dataclass(frozen=True, slots=True)
class FixedForm:
    """Everybody gets these items in this order.

    Attributes
    ----------
    reason : "too_few_persons" (of the calibration), "empty" (no calibrated items) or "quotas" (the bank
        cannot fill them or is too short)
    facts : what belongs to the reason: n and needed persons, a content, a number of items
    """

    items: tuple[str, ...]
    reason: str
    facts: tuple[tuple[str, object], ...] = ()


def plan(on: Bank, rules: Rules, method: Method = METHOD) -> Plan:
    """Put rules on a bank.

    Raises
    ------
    QuotaError
        If a quota names a content without items or asks for more than the bank has, or bank and quotas
        leave fewer items than the shortest test.
    BadInputError
        If an item of the form is not in the bank.
    """
    sizes = np.bincount(on.content, minlength=len(on.contents))
    least, most = np.zeros_like(sizes), np.full_like(sizes, rules.most)
    for quota in rules.quotas:
        if quota.content not in on.contents:
            raise QuotaError("a quota of a content without items", content=quota.content)
        place = on.contents.index(quota.content)
        least[place], most[place] = quota.least, quota.most
        if quota.least > sizes[place]:
            raise QuotaError("a quota asks for more than the bank has", content=quota.content)
    if np.minimum(most, sizes).sum() < rules.least:
        raise QuotaError("bank and quotas leave fewer items than the test needs", least=rules.least)
    below = None if rules.cut is None else share_below(on.nodes, rules.cut)
    return Plan(on, rules, least, most, tuple(on.place(name) for name in rules.form), below, method)


def prepare(
    items: Sequence[LatentItem],
    contents: Sequence[str],
    rules: Rules,
    *,
    persons: int,
    population: Population = STANDARD,
    method: Method = METHOD,
) -> Plan | FixedForm:
    """Plan an adaptive test if the calibration and the bank allow it, else fall back on the fixed form.

    Raises
    ------
    BadInputError
        If it cannot be adaptive and there is no fixed form either (the cause is chained), or if items,
        contents and form do not fit one another.
    """
    try:
        on = bank(items, contents, persons=persons, population=population, method=method)
        return plan(on, rules, method)
    except (QuotaError, EmptyDataError, TooFewPersonsError) as error:
        if not rules.form:
            raise BadInputError("neither an adaptive test nor a fixed form", reason=error.code) from error
        return FixedForm(rules.form, error.code, tuple(sorted(error.params.items())))

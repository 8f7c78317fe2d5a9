"""What an adaptive test must keep to: content quotas, length, precision, exposure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.errors import BadInputError


@dataclass(frozen=True, slots=True)
class Quota:
    """How many items of one content a test must and may hold."""

    content: str
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Rules of one adaptive test.

    Attributes
    ----------
    most : items at most
    least : items before which it does not stop early
    quotas : contents without a quota are free
    error : stop when the standard error of the ability (logits) is this small; None = never for that
    cut : stop when it is clear on which side of this ability (logits) the person stands
    sure : probability of one side from which that is clear; None = by the thresholds of the method. Who stops
        as soon as P reaches 0.80 is wrong in about one name of six: 0.90 costs items and halves that
    choose_from : the next item is drawn from so many of the best (1 = always the best one); None = as the
        method says
    form : items of the fixed form, in its order, that is asked where the bank or the quotas leave nothing
    """

    most: int
    least: int = 1
    quotas: tuple[Quota, ...] = ()
    error: float | None = None
    cut: float | None = None
    sure: float | None = None
    choose_from: int | None = None
    form: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rules that contradict themselves."""
        names = [quota.content for quota in self.quotas]
        if not 1 <= self.least <= self.most or (self.choose_from is not None and self.choose_from < 1):
            raise BadInputError("1 ≤ least ≤ most, drawn from at least one", least=self.least, most=self.most)
        if len(set(names)) != len(names) or len(set(self.form)) != len(self.form):
            raise BadInputError("a content or an item of the form stands twice")
        if any(not 0 <= quota.least <= quota.most for quota in self.quotas):
            raise BadInputError("0 ≤ least ≤ most in each quota", contents=tuple(names))
        if sum(quota.least for quota in self.quotas) > self.most:
            raise BadInputError("the quotas ask for more items than the test has", most=self.most)
        if self.error is not None and not 0 < self.error < np.inf:
            raise BadInputError("a standard error is positive", error=self.error)
        if self.sure is not None and not 0.5 < self.sure < 1:  # noqa: PLR2004 - one side or the other
            raise BadInputError("a side is sure from a probability between one half and one", sure=self.sure)
        if self.cut is not None and not np.isfinite(self.cut):
            raise BadInputError("a cut is a finite ability", cut=self.cut)

"""Why a number cannot be given: every refusal has a code and its facts, the words are the caller's."""

from __future__ import annotations

from typing import ClassVar


class EstimationError(Exception):
    """The data cannot carry the asked estimate.

    Attributes
    ----------
    code : stable name of the reason, to be put into words elsewhere
    params : the facts of the reason (numbers, names of items)
    """

    code: ClassVar[str] = "estimation"

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.params = params


class InvalidMethodError(EstimationError):
    """The constants of a method contradict one another or a document of them cannot be read."""

    code = "invalid_method"


class BadInputError(EstimationError):
    """Arrays of different lengths, scores that are not whole steps, points above the maximum."""

    code = "bad_input"


class EmptyDataError(EstimationError):
    """There is nothing to estimate from."""

    code = "empty"


class TooFewPersonsError(EstimationError):
    """Fewer persons than the estimate needs."""

    code = "too_few_persons"


class TooFewItemsError(EstimationError):
    """Fewer items than the estimate needs, often after constant ones were put aside."""

    code = "too_few_items"


class NotConnectedError(EstimationError):
    """Groups of items share no informative person, so their difficulties have no common scale."""

    code = "not_connected"


class NotConvergedError(EstimationError):
    """The iterations ended without a maximum; nothing is reported rather than something half-way."""

    code = "not_converged"


class NotOfferedError(EstimationError):
    """A model or a way of estimation that the method rules out, whatever the data."""

    code = "not_offered"

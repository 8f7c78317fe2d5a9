"""What a development route is chosen from, for whom, and within which limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import isfinite

from diagnostics.measurement.errors import BadInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something that helps with one or more competences.

    Attributes
    ----------
    code, hours : name and effort
    covers : competence → how far one pass covers it, above 0 up to 1
    begins, ends : when it takes place; only one = available from or until that day; None = any time
    requires : resources to be taken before
    content : resources of one content group stand for one another, at most one is taken; None = its own
    format : how it is held (course, module, mentor …)
    cost : burden beside the hours, 0 … 1
    """

    code: str
    hours: float
    covers: tuple[tuple[str, float], ...]
    begins: date | None = None
    ends: date | None = None
    requires: frozenset[str] = frozenset()
    content: str | None = None
    format: str = ""
    cost: float = 0.0

    def __post_init__(self) -> None:
        """Refuse impossible resources, naming them."""
        shares = [share for _, share in self.covers]
        if not all(0 < share <= 1 for share in shares) or len(dict(self.covers)) != len(shares):
            raise BadInputError("coverage is a share above 0, once a competence", resource=self.code)
        if not (self.hours >= 0 and isfinite(self.hours) and 0 <= self.cost <= 1):
            raise BadInputError("hours are not negative, a cost lies in 0…1", resource=self.code)
        if self.begins and self.ends and self.begins > self.ends:
            raise BadInputError("a resource ends before it begins", resource=self.code)


@dataclass(frozen=True, slots=True)
class Need:
    """A deficit: how far below the cut, how sure, how important (each ≥ 0; certainty ≤ 1)."""

    competence: str
    severity: float
    certainty: float
    importance: float = 1.0

    def __post_init__(self) -> None:
        """Refuse impossible needs."""
        parts = (self.severity, self.certainty, self.importance)
        if not all(part >= 0 and isfinite(part) for part in parts) or self.certainty > 1:
            raise BadInputError("severity, certainty, importance are not negative", need=self.competence)

    @property
    def weight(self) -> float:
        """Value of covering it once, fully."""
        return self.severity * self.certainty * self.importance


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the route must keep to.

    Attributes
    ----------
    hours, max_steps : budget of hours and of steps
    begins, ends : period in which dated resources must lie whole
    formats : formats that are acceptable; None = any
    preferred : formats that are liked; others cost a little
    completed : resources taken before, they satisfy prerequisites and are not proposed again
    required, excluded : what people put in or took out by hand
    """

    hours: float
    max_steps: int
    begins: date
    ends: date
    formats: frozenset[str] | None = None
    preferred: frozenset[str] = frozenset()
    completed: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse limits nobody can mean."""
        if not (self.hours >= 0 and isfinite(self.hours)) or self.max_steps < 0 or self.begins > self.ends:
            raise BadInputError("hours and steps are not negative, the period does not end before it begins")
        if self.required & (self.excluded | self.completed):
            raise BadInputError("a resource cannot be both required and excluded or completed")


@dataclass(frozen=True, slots=True)
class Problem:
    """Resources, needs and limits of one person's route."""

    resources: tuple[Resource, ...]
    needs: tuple[Need, ...]
    limits: Limits
    places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse doubles and unknown required resources; number the resources."""
        codes = [resource.code for resource in self.resources]
        for name, values in (("resource", codes), ("need", [need.competence for need in self.needs])):
            if len(set(values)) != len(values):
                raise BadInputError(f"a {name} occurs twice")
        unknown = sorted(self.limits.required - set(codes))
        if unknown:
            raise BadInputError("a required resource does not exist", resources=unknown)
        object.__setattr__(self, "places", {code: place for place, code in enumerate(codes)})

    def chosen(self, codes: Iterable[str]) -> tuple[Resource, ...]:
        """Resources of the given codes, in their order.

        Raises
        ------
        BadInputError
            If a code is unknown.
        """
        wanted = tuple(codes)
        unknown = sorted(set(wanted) - set(self.places))
        if unknown:
            raise BadInputError("no such resource", resources=unknown)
        return tuple(self.resources[self.places[code]] for code in wanted)

    def days_outside(self, resource: Resource) -> int:
        """By how many days the resource overhangs the period; with one open end it only has to meet it."""
        limits, begins, ends = self.limits, resource.begins, resource.ends
        if begins and ends:
            return max((limits.begins - begins).days, (ends - limits.ends).days, 0)
        if begins:
            return max((begins - limits.ends).days, 0)
        return max((limits.begins - ends).days, 0) if ends else 0

    def unwished(self, resource: Resource) -> bool:
        """Whether the format is not acceptable."""
        return self.limits.formats is not None and resource.format not in self.limits.formats

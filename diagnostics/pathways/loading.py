"""Rows → the desk of a route: its finding, the catalogue of the day, its limits and what must stay."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns import queries as campaigns
from diagnostics.campaigns.models import WaveKind
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.pathways.desk import Desk, Kept, Wishes, lay_out
from diagnostics.pathways.models import Route, RouteStep, StepKind, StepState
from diagnostics.pathways.needs import Diagnosis
from diagnostics.pathways.queries.diagnoses import diagnosis
from diagnostics.people.queries.places import zone_of
from diagnostics.resources import queries as resources

DEFAULT_DAYS = 150
#: An exit diagnosis sooner than this leaves no time for a route; the period is then counted in days.
LEAST_DAYS = 14
EXIT_HOURS = 1.0


@dataclass(frozen=True, slots=True)
class Period:
    """`learn_until`: the last day for lessons; `exit_hours`: by the minutes of the exit work, in half hours."""

    starts_on: date
    ends_on: date
    learn_until: date
    exit_hours: float


def route_row(route_id: str) -> Route:
    found = session.get(Route, route_id, populate_existing=True)
    if found is None:
        raise Missing
    return found


def step_row(step_id: str) -> tuple[Route, RouteStep]:
    found = session.get(RouteStep, step_id, populate_existing=True)
    if found is None:
        raise Missing
    return route_row(found.route_id), found


def steps_of(route_id: str) -> list[RouteStep]:
    query = sa.select(RouteStep).where(RouteStep.route_id == route_id)
    return list(session.scalars(query.order_by(RouteStep.order, RouteStep.id)))


def period_of(campaign_id: str, *, ends_on: date | None = None, starts_on: date | None = None) -> Period:
    """From today (or the given day) to the end of the exit diagnosis, or 150 days where there is none."""
    view = campaigns.campaign(campaign_id)
    zone = zone_of(view.node_id)
    first = starts_on or clock.local(clock.now(), zone).date()
    exit_wave = view.wave(WaveKind.EXIT)
    if exit_wave is None:
        last = ends_on or first + timedelta(days=DEFAULT_DAYS)
        return Period(first, last, last, EXIT_HOURS)
    opens, closes = (
        moment.astimezone(ZoneInfo(exit_wave.zone)).date()
        for moment in (exit_wave.opens_at, exit_wave.closes_at)
    )
    last = ends_on or (
        closes if (closes - first).days >= LEAST_DAYS else first + timedelta(days=DEFAULT_DAYS)
    )
    lessons = opens if (opens - first).days >= LEAST_DAYS and opens <= last else last
    instrument_id = next((one.instrument_id for one in exit_wave.assignments), None)
    return Period(first, last, lessons, _exit_hours(instrument_id))


def _exit_hours(instrument_id: str | None) -> float:
    minutes = catalogue.instrument(instrument_id).minutes if instrument_id else None
    return max(math.ceil(minutes / 30) / 2, 0.5) if minutes else EXIT_HOURS


def wishes_of(route: Route) -> Wishes:
    period = period_of(route.campaign_id, starts_on=route.starts_on, ends_on=route.ends_on)
    return Wishes(
        starts_on=route.starts_on,
        ends_on=route.ends_on,
        learn_until=period.learn_until,
        hours=route.hours_budget,
        max_steps=route.max_steps,
        formats=frozenset(route.wishes.get("formats", ())),
        modes=frozenset(route.wishes.get("modes", ())),
        excluded=frozenset(route.wishes.get("excluded", ())),
        exit_hours=period.exit_hours,
    )


def desk_of(route: Route, steps: Sequence[RouteStep], *, found: Diagnosis | None = None) -> Desk:
    """The desk of a standing route; resources of its own steps are on it even when no run is left."""
    today = clock.now().date()
    views = resources.resources(today=max(today, route.starts_on))
    kept = kept_of(steps, {one.id: one.code for one in views})
    return lay_out(found or diagnosis(route.finding_id), views, wishes_of(route), kept)


def kept_of(steps: Sequence[RouteStep], codes: dict[str, str]) -> Kept:
    """Begun steps and those put in by hand stay; own lines take their hours and places."""
    kept = [step for step in steps if step.kind is StepKind.RESOURCE and is_kept(step)]
    own = [step for step in steps if step.kind is StepKind.OWN]
    return Kept(
        required=frozenset(codes[step.resource_id] for step in kept if step.resource_id in codes),
        begun=frozenset(
            codes[step.resource_id]
            for step in kept
            if step.resource_id in codes and step.state is not StepState.NOT_STARTED
        ),
        lines=len(own),
        hours=sum(step.hours for step in own),
    )


def is_kept(step: RouteStep) -> bool:
    """Whether a new proposal must leave the step alone."""
    by_hand = step.kind is StepKind.OWN or step.reason.get("by") == "hand"
    return by_hand or step.state is not StepState.NOT_STARTED or step.booked


def route_of(campaign_id: str, person_id: str) -> Route | None:
    return session.scalars(
        sa.select(Route).where(Route.campaign_id == campaign_id, Route.person_id == person_id)
    ).first()

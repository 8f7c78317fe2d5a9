"""What was asked of whom: zones, their directions, and the statements of each group's form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.catalogue import queries as catalogue
from diagnostics.findings import scales
from diagnostics.improvement.groups import Group
from diagnostics.measurement.survey.verdicts import Cut


@dataclass(frozen=True, slots=True)
class Asked:
    """The documents of one group: `pools` direction → statements of its form."""

    instrument_id: str
    scoring_id: str
    form: str
    pools: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Structure:
    """Zones with their directions in the order of the framework, cuts of the preset, documents by group."""

    zones: tuple[tuple[str, tuple[str, ...]], ...]
    cuts: tuple[Cut, ...]
    asked: Mapping[Group, Asked]

    @property
    def directions(self) -> tuple[str, ...]:
        return tuple(code for _, codes in self.zones for code in codes)

    def groups_of(self, direction: str) -> tuple[Group, ...]:
        """Groups whose form has statements about the direction."""
        return tuple(group for group, one in self.asked.items() if one.pools.get(direction))

    def statements(self, direction: str) -> tuple[str, ...]:
        """Statements about the direction that any group was asked, in the order of the widest form."""
        found: dict[str, None] = {}
        for one in sorted(self.asked.values(), key=lambda one: -len(one.pools.get(direction, ()))):
            found |= dict.fromkeys(one.pools.get(direction, ()))
        return tuple(found)


def structure(framework_id: str, preset: str, assigned: Mapping[Group, tuple[str, str, str]]) -> Structure:
    """`assigned`: group → instrument version, scoring version, form."""
    framework = catalogue.framework(framework_id)
    zones = tuple(
        (zone.code, tuple(child.code for child in framework.children(zone.code)))
        for zone in framework.children(None)
    )
    levels = framework.scales[preset].levels
    return Structure(
        zones,
        tuple(Cut(level.code, level.lower) for level in levels),
        {group: _asked(*assigned[group], framework_id) for group in Group if group in assigned},
    )


def _asked(instrument_id: str, scoring_id: str, form: str, framework_id: str) -> Asked:
    pools = scales.ready(instrument_id, scoring_id, form, framework_id).scorer.pools
    return Asked(
        instrument_id,
        scoring_id,
        form,
        {code: tuple(item for item, _ in pool) for code, pool in pools.items()},
    )

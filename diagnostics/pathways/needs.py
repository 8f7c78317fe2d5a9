"""What a finding asks a route to do: blocks with both layers, and where in them points were lost.

A block enters a route by the official layer (its level is one of those that the diagnosis lets in) or by
the conclusion layer (confirmed; probable, which is first clarified). Too few items: the tutor decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.measurement.allocation.problem import Need
from diagnostics.measurement.conclusion import Conclusion
from instruments.framework import LevelPreset

#: A deficit that entered counts at least as this share of the cut, so that a probable one is not weightless.
LEAST_SEVERITY = 0.1
#: Without a probability (imported points without items) the official level stands for a coin's throw.
UNKNOWN_CERTAINTY = 0.5
#: Weight of a node in which no point was lost, beside 1 for the node that lost most.
LEAST_NODE_WEIGHT = 0.5

CONFIRMED, PROBABLE, OFFICIAL = "confirmed", "probable", "official"


@dataclass(frozen=True, slots=True)
class LostItem:
    """One task of a block that did not bring all its points: its place in the work and short name, never its key."""

    code: str
    number: int
    title: Mapping[str, str]
    node: str


@dataclass(frozen=True, slots=True)
class NodeLoss:
    """A sub-node: how many tasks it had, in how many points were lost, and how many points."""

    code: str
    title: Mapping[str, str]
    tasks: int
    wrong: int
    lost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockFacts:
    """A reported block of a finding. `importance`: weight given by the framework or the diagnosis."""

    code: str
    title: Mapping[str, str]
    points: float
    maximum: float
    percent: float | None
    level: str | None
    conclusion: Conclusion
    probability: float | None
    provisional: bool
    n_items: int
    awaiting: int = (
        0  # tasks that an expert has not marked yet: nothing is decided about the block until then
    )
    nodes: tuple[NodeLoss, ...] = ()
    items: tuple[LostItem, ...] = ()
    importance: float = 1.0

    def node_weights(self) -> dict[str, float]:
        """Sub-node → 0.5 … 1 by the points lost there; all 1 where no evidence tells them apart."""
        most = max((node.lost for node in self.nodes), default=0.0)
        if most <= 0:
            return {node.code: 1.0 for node in self.nodes}
        spread = 1 - LEAST_NODE_WEIGHT
        return {node.code: LEAST_NODE_WEIGHT + spread * node.lost / most for node in self.nodes}


@dataclass(frozen=True, slots=True)
class Rules:
    """What the diagnosis lets into a route."""

    preset: LevelPreset
    route_levels: tuple[str, ...]

    @property
    def worst(self) -> str:
        """The level of the greatest deficit: it needs a line or a signed reason."""
        return min(self.preset.levels, key=lambda level: level.lower).code

    @property
    def cut(self) -> float:
        """Per cent where the levels that enter a route end, at least the cut that begins a deficit."""
        entering = [level.lower for level in self.preset.levels if level.code in self.route_levels]
        above = [level.lower for level in self.preset.levels if level.lower > max(entering, default=-1.0)]
        return (
            max(self.preset.deficit_below, min(above, default=100.0))
            if entering
            else self.preset.deficit_below
        )

    def because(self, block: BlockFacts) -> str | None:
        """Why the block enters, or None: the conclusion is the stronger reason where both hold."""
        if block.conclusion is Conclusion.CONFIRMED:
            return CONFIRMED
        if block.conclusion is Conclusion.PROBABLE:
            return PROBABLE
        return OFFICIAL if block.level in self.route_levels else None

    def clarifies(self, block: BlockFacts) -> bool:
        """Whatever enters without a confirmed conclusion is clarified first."""
        return self.because(block) in {PROBABLE, OFFICIAL}

    def undecided(self, block: BlockFacts) -> bool:
        unsaid = block.conclusion is Conclusion.NO_CONCLUSION and not block.awaiting
        return unsaid and self.because(block) is None

    def need(self, block: BlockFacts) -> Need:
        """Severity (share of the cut that is missing) · certainty (P) · importance."""
        missing = 0.0 if block.percent is None else (self.cut - block.percent) / self.cut
        certainty = UNKNOWN_CERTAINTY if block.probability is None else block.probability
        return Need(block.code, max(missing, LEAST_SEVERITY), certainty, block.importance)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One finding as a route sees it: the blocks in framework order and the rules."""

    finding_id: str
    campaign_id: str
    person_id: str
    blocks: tuple[BlockFacts, ...]
    rules: Rules

    @property
    def entering(self) -> tuple[BlockFacts, ...]:
        return tuple(block for block in self.blocks if self.rules.because(block))

    @property
    def to_clarify(self) -> tuple[BlockFacts, ...]:
        """What is not sure, and what nothing could be said about: the tutor's decision comes first."""
        return tuple(
            block for block in self.blocks if self.rules.clarifies(block) or self.rules.undecided(block)
        )

    @property
    def undecided(self) -> tuple[BlockFacts, ...]:
        return tuple(block for block in self.blocks if self.rules.undecided(block))

    @property
    def officially_high(self) -> tuple[BlockFacts, ...]:
        """Each needs a line of the plan or a signed reason, whatever the conclusion says."""
        return tuple(block for block in self.blocks if block.level == self.rules.worst)

    def block(self, code: str) -> BlockFacts:
        """KeyError for a code that the finding does not report."""
        return {block.code: block for block in self.blocks}[code]

    def title(self, code: str) -> str:
        found = {block.code: block for block in self.blocks}.get(code)
        return found.title.get("ru", code) if found else code

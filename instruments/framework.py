"""Against what is measured: a competence framework, its levels and its ties to other frameworks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from instruments.texts import Code, Frozen, Texts

# A per cent is a quotient of sums of weights: 0.1 + 0.2 of 0.5 must still reach the cut at 60.
_ROUNDING = 1e-9

Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class Competence(Frozen):
    """Node of the tree. Its parent pools its items.

    `joins`: areas that a work too short for each of them reports as one. Such a node pools them without being
    their parent, and is a scale only where a scoring names it among its blocks.
    """

    code: Code
    parent: Code | None
    joins: tuple[Code, ...] = ()
    kind: Literal["area", "function", "action", "aspect", "competence"]
    title: Texts
    order: int = 0
    description: Texts | None = None


class Level(Frozen):
    """Level of *deficit* that begins at `lower` per cent of the competence."""

    code: Code
    title: Texts
    lower: Percent


class Standing(NamedTuple):
    """The two facts that are stored apart: the higher the competence, the lower the deficit."""

    competence_percent: float
    deficit_level: str


class LevelPreset(Frozen):
    """Cut scores of one положение; a per cent below `deficit_below` begins a deficit."""

    title: Texts
    deficit_below: Percent
    levels: tuple[Level, ...]
    approved: Texts | None = None

    def level_of(self, percent: float) -> Level:
        """Level whose share of 0…100 holds the per cent (a cut belongs to the level above it)."""
        reached = [level for level in self.levels if percent + _ROUNDING >= level.lower]
        if not reached:
            raise ValueError(f"no level holds {percent} per cent")
        return max(reached, key=lambda level: level.lower)

    def capped(self, level: Level, cap: float) -> Level:
        """The level, or the one that begins at or holds `cap` per cent where the level is better."""
        best = self.level_of(cap)
        return best if level.lower > best.lower else level

    def is_deficit(self, percent: float) -> bool:
        return percent + _ROUNDING < self.deficit_below

    def standing(self, percent: float) -> Standing:
        return Standing(percent, self.level_of(percent).code)


class Crosswalk(Frozen):
    """Node of this framework tied to a node of another one."""

    source: Code = Field(alias="from")
    to_framework: Code
    to: Code
    relation: Literal["exact", "close", "broader", "narrower", "related"]


class Target(Frozen):
    """What is expected of a position: the level of deficit on a competence that is no worse than this one."""

    position: Annotated[str, Field(min_length=1, max_length=200)]
    node: Code
    level: Code


class Framework(Frozen):
    kind: Literal["framework"]
    code: Code
    version: str
    title: Texts
    about: Literal["teacher", "school"] = "teacher"  # whose work the nodes describe
    source: str
    licence: str
    nodes: tuple[Competence, ...]
    scales: Mapping[Code, LevelPreset] = {}
    crosswalks: tuple[Crosswalk, ...] = ()
    targets: tuple[Target, ...] = ()

    @cached_property
    def _nodes_by_code(self) -> dict[str, Competence]:
        return {node.code: node for node in self.nodes}

    @cached_property
    def _children(self) -> dict[str | None, tuple[Competence, ...]]:
        found: dict[str | None, list[Competence]] = defaultdict(list)
        for node in self.nodes:
            found[node.parent].append(node)
        return {code: tuple(sorted(nodes, key=lambda node: node.order)) for code, nodes in found.items()}

    def node(self, code: str) -> Competence:
        """Node with the code; KeyError when there is none."""
        return self._nodes_by_code[code]

    def children(self, code: str | None) -> tuple[Competence, ...]:
        """Direct sub-nodes in order; of None: the roots."""
        return self._children.get(code, ())

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Codes of the parents, nearest first. A broken draft (unknown parent, circle) ends the list."""
        found: dict[str, None] = {}
        parent = self.node(code).parent
        while parent in self._nodes_by_code and parent != code and parent not in found:
            found[parent] = None
            parent = self.node(parent).parent
        return tuple(found)

    def pool(self, code: str) -> tuple[str, ...]:
        """The node, all nodes below it, and those it joins: what its score is pooled from, in tree order."""
        joined = self._nodes_by_code[code].joins if code in self._nodes_by_code else ()
        return tuple(dict.fromkeys(node for root in (code, *joined) for node in self.below(root)))

    def in_order(self) -> tuple[str, ...]:
        """All codes that hang on a root, parents before children, siblings by their order."""
        return tuple(code for root in self.children(None) for code in self.below(root.code))

    def below(self, code: str) -> tuple[str, ...]:
        """The node and all nodes under it, in tree order."""
        found: dict[str, None] = {}
        waiting = [code]
        while waiting:
            current = waiting.pop()
            if current not in found:  # a circle in a broken draft
                found[current] = None
                waiting += [child.code for child in reversed(self.children(current))]
        return tuple(found)

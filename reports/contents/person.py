"""One person's result: what the profile page and its printed form show."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from reports.contents.beside import SelfBeside
from reports.contents.common import Conclusion, Heading, Interval, OfficialScale, Sources, Stage


class Visibility(enum.StrEnum):
    """Who sees this result by name; the sentence is made in `reports.wording`."""

    PERSON = "person"
    PERSON_AND_TUTOR = "person_and_tutor"
    PERSON_TUTOR_AND_SCHOOL = "person_tutor_and_school"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockResult:
    """One reported competence, both layers beside each other.

    percent, band      per cent of possible points; `band` is the 80 % interval of the true value
    estimate           per cent where the true value most likely lies, inside `band`; None where unknown
    level              official level as a whole phrase; None below three items
    conclusion         by probability; `provisional` without a pinned calibration
    n_items, n_planned items that count / items of the form
    """

    code: str
    title: str
    percent: float | None
    band: Interval | None
    conclusion: Conclusion
    provisional: bool
    level: str | None
    points: float
    maximum: float
    n_items: int
    n_planned: int
    omitted: int = 0
    unreached: int = 0
    probability: float | None = None
    estimate: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionLine:
    """One criterion of a marked answer; `levels`: the rubric's words, two where experts chose neighbours."""

    title: str
    points: float
    maximum: float
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One task behind a conclusion, by its short name (never its key or text)."""

    block: str  # code of the block
    code: str
    title: str
    points: float
    maximum: float
    omitted: bool = False
    unreached: bool = False
    awaiting: bool = False  # answered; an expert has not marked it yet
    further: bool = False  # a clarifying task: it speaks to the conclusion, not to the per cent
    rubric: tuple[CriterionLine, ...] = ()  # what experts said, by criterion
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    block: str
    title: str
    solved: int
    n_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something to develop; `topic` names where points were lost, lost of n_items tasks."""

    block: str
    title: str
    probable: bool
    topic: str = ""
    lost: int = 0
    n_items: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A critical task that was not done holds a block down: to `level` at best, or to 0 points without one."""

    block: str  # titles, as people read them
    task: str
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    title: str
    hours: float | None = None
    starts: date | None = None
    clarifying_items: int = 0
    clarifying_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReport:
    heading: Heading
    full_name: str
    position: str
    school: str
    municipality: str
    diagnosis: str
    stage: Stage
    taken_on: date
    visibility: Visibility
    scale: OfficialScale
    blocks: tuple[BlockResult, ...]
    evidence: tuple[Evidence, ...]
    strengths: tuple[Strength, ...]
    develop: tuple[Need, ...]  # the page shows the first three
    next_step: NextStep | None
    sources: Sources
    limits: tuple[Limit, ...] = ()
    beside: SelfBeside | None = None  # a self-assessment of the same, where the reader may see it

    @property
    def n_items(self) -> int:
        return sum(block.n_items for block in self.blocks)

    @property
    def n_planned(self) -> int:
        return sum(block.n_planned for block in self.blocks)

    @property
    def n_omitted(self) -> int:
        return sum(block.omitted for block in self.blocks)

    @property
    def n_unreached(self) -> int:
        return sum(block.unreached for block in self.blocks)

    @property
    def marked(self) -> tuple[Evidence, ...]:
        """Answers with experts' words, each once: a task may stand behind several blocks."""
        return tuple({task.code: task for task in self.evidence if task.rubric}.values())

    @property
    def awaiting(self) -> tuple[str, ...]:
        """Short names of the tasks that wait for an expert, each once."""
        return tuple({task.code: task.title for task in self.evidence if task.awaiting}.values())

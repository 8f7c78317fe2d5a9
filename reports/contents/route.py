"""The individual development route as a document (ИОМ): header, diagnosis, plan, signatures."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from reports.contents.common import Conclusion, Heading, OfficialScale, Sources


class RouteState(enum.StrEnum):
    DRAFT = "draft"
    AGREED = "agreed"
    APPROVED = "approved"
    WALKED = "walked"
    COMPLETED = "completed"
    EXTENDED = "extended"
    CANCELLED = "cancelled"


class StepState(enum.StrEnum):
    PLANNED = "planned"
    STARTED = "started"
    REVIEW = "review"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """Header of the form; an empty field is printed as a line to fill by hand."""

    full_name: str
    position: str = ""
    subject: str = ""
    school: str = ""
    municipality: str = ""
    experience: str = ""
    category: str = ""
    education: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisLine:
    code: str
    title: str
    points: float
    maximum: float
    percent: float | None
    level: str | None  # whole phrase, None = not set
    conclusion: Conclusion
    provisional: bool
    n_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    deficit: str
    task: str  # educational task, content
    reason: str  # the evidence, one line: «3 задания из 4 потеряны на этом шаге»
    form: str  # ДПП ПК, модуль, стажировка…
    place: str  # organisation, resource
    link: str
    starts: date | None
    due: date | None
    hours: float
    evidence: str  # form in which the result is shown
    state: StepState
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """An official high level left without a line: why, and who signed."""

    deficit: str
    level: str
    reason: str
    signed_by: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    role: str  # «Педагог»
    name: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePlan:
    heading: Heading
    teacher: Teacher
    tutor: str
    starts: date
    ends: date
    state: RouteState
    revision: int
    diagnosed_on: date
    scale: OfficialScale
    diagnosis: tuple[DiagnosisLine, ...]
    goal: str
    tasks: tuple[str, ...]
    steps: tuple[PlanStep, ...]
    waivers: tuple[Waiver, ...]
    signatures: tuple[Signature, ...]
    sources: Sources
    sharing: str = ""  # трансляция опыта
    exit_comparison: str = ""  # итоговая диагностика и сравнение
    reflection: str = ""
    tutor_conclusion: str = ""

    @property
    def hours(self) -> float:
        return sum(step.hours for step in self.steps)

    @property
    def hours_confirmed(self) -> float:
        return sum(step.hours for step in self.steps if step.state is StepState.CONFIRMED)

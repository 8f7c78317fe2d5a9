"""A published work as the library shows it: its versions, blocks, forms side by side, keys."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import LifeState, VersionKind
from diagnostics.catalogue.queries import VersionView
from diagnostics.errors import Missing
from instruments.checking import check_instrument, check_scoring
from instruments.document import AskedRow, Instrument, Item, Stimulus, is_question
from instruments.framework import Framework
from instruments.order import is_ordered
from instruments.problems import Problem
from instruments.scoring import Scoring
from instruments.texts import say


@dataclass(frozen=True, slots=True)
class Work:
    """An instrument version with its newest published scoring and that scoring's framework, if any."""

    version: VersionView
    instrument: Instrument
    scored: VersionView | None
    scoring: Scoring | None
    framework: Framework | None

    @property
    def per_form(self) -> int:
        """Questions that one person gets: the most of all forms."""
        return max(self.questions_in(form.code) for form in self.instrument.forms)

    @property
    def by_audience(self) -> bool:
        """Whether each form is for people of another kind."""
        return self.instrument.forms_purpose == "audience"

    @property
    def is_ordered(self) -> bool:
        """Whether some questions open only after others."""
        return any(is_ordered(self.instrument, form.code) for form in self.instrument.forms)

    @property
    def is_about_teachers(self) -> bool:
        """Whether a diagnosis of teachers may ask it: scored, and against a framework of their work."""
        return self.framework is not None and self.framework.about == "teacher"

    @property
    def has_keys(self) -> bool:
        """Whether answers are right or wrong: opinions put nobody below or above a border."""
        return self.scoring is not None and any(one.key is not None for one in self.scoring.items.values())

    def questions_in(self, form: str) -> int:
        return sum(is_question(item) for item in self.instrument.form_items(form))

    def block_titles(self, language: str) -> list[str]:
        """Names of the reported competences; codes never stand alone on a screen."""
        blocks = self.scoring.blocks if self.scoring else ()
        return [self.competence(code, language) for code in blocks]

    def competence(self, code: str, language: str) -> str:
        nodes = self.framework.nodes if self.framework else ()
        return next((say(node.title, language) for node in nodes if node.code == code), code)


@dataclass(frozen=True, slots=True)
class Row:
    """One place of a form: number in the form, the item, and whether all forms share it."""

    number: int
    item: Item
    anchor: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What stands together on paper; `case`: the text to print before it."""

    case: Stimulus | None
    rows: tuple[Row, ...]
    is_grid: bool


def published_works() -> list[Work]:
    """The newest published version of every work."""
    newest = {one.code: one for one in reversed(catalogue.published(VersionKind.INSTRUMENT))}
    return [_work(version) for version in sorted(newest.values(), key=lambda one: one.code)]


def tried_works() -> list[Work]:
    """Versions that are being tried out."""
    return [_work(version) for version in catalogue.tried_out()]


def work(version_id: str) -> Work:
    """One work; Missing when there is no such version."""
    version = catalogue.one(version_id)
    if version is None or version.kind is not VersionKind.INSTRUMENT:
        raise Missing
    return _work(version)


def form_rows(found: Work, form: str) -> list[Row]:
    """The items of a form in order; KeyError for an unknown form."""
    shared = set(found.scoring.anchors) if found.scoring else set()
    numbers = iter(range(1, len(found.instrument.items) + 1))
    return [
        Row(next(numbers) if is_question(item) else 0, item, item.code in shared)
        for item in found.instrument.form_items(form)
    ]


def printed(found: Work, form: str) -> dict[str, list[Group]]:
    """Section → its items as paper shows them: rows of one matrix in a grid, a case once, before its first question."""
    rows = {row.item.code: row for row in form_rows(found, form)}
    told: set[str] = set()
    groups: dict[str, list[Group]] = {}
    for section in found.instrument.form(form).sections:
        own = groups.setdefault(section.code, [])
        for matrix, neighbours in itertools.groupby((rows[code] for code in section.items), key=_matrix_of):
            for part in [tuple(neighbours)] if matrix else [(row,) for row in neighbours]:
                own.append(Group(_case_of(found, part[0], told), part, bool(matrix)))
    return groups


def _matrix_of(row: Row) -> str:
    return row.item.matrix if isinstance(row.item, AskedRow) else ""


def _case_of(found: Work, row: Row, told: set[str]) -> Stimulus | None:
    case = found.instrument.stimulus_of(row.item)
    if case is None or case.code in told:
        return None
    told.add(case.code)
    return case


def problems_of(found: Work) -> list[Problem]:
    """Every mistake and warning of both documents."""
    problems = list(check_instrument(found.instrument))
    if found.scoring and found.framework:
        problems += check_scoring(found.instrument, found.scoring, found.framework)
    return problems


def _work(version: VersionView) -> Work:
    scored = catalogue.scoring_of(version.id, met=version.state is not LifeState.PUBLISHED)
    scoring = catalogue.scoring(scored.id) if scored else None
    framework = next(_frameworks(scoring), None) if scoring else None
    return Work(version, catalogue.instrument(version.id), scored, scoring, framework)


def _frameworks(scoring: Scoring) -> Iterator[Framework]:
    version = catalogue.latest_published(VersionKind.FRAMEWORK, scoring.framework)
    if version is not None:
        yield catalogue.framework(version.id)

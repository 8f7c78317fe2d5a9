"""The specification of a test in words: competence × what an answer takes × tasks of a form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from diagnostics.web.authoring.works import Work
from instruments.blueprint import Blueprint, BlueprintRow, blueprint
from instruments.texts import say

#: None: the author has not said.
LEVEL_WORDS = {
    "knowing": lazy_gettext("Знание"),
    "applying": lazy_gettext("Применение"),
    "reasoning": lazy_gettext("Рассуждение"),
    None: lazy_gettext("Не указано"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A competence and its counts, as many as the table has columns of numbers; "" for nothing."""

    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Specification:
    """One table for all forms that keep to one plan, else one for each. `form` is its title, "" for all."""

    form: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    total: tuple[str, ...]


def specifications(found: Work, language: str) -> list[Specification]:
    """Of a work with keys; opinions are not planned so."""
    if not (found.has_keys and found.scoring and found.framework):
        return []
    plan = blueprint(found.instrument, found.scoring, found.framework)
    if plan.is_parallel:
        return [_table(found, plan, plan.forms[0], "", language)]
    return [
        _table(found, plan, form.code, say(form.title, language), language) for form in found.instrument.forms
    ]


def _table(found: Work, plan: Blueprint, form: str, title: str, language: str) -> Specification:
    levels = plan.levels if plan.levels != (None,) else ()
    rows = [row for row in plan.rows if row.total(form)]
    blocks = dict.fromkeys(row.block for row in rows)

    def numbers(some: list[BlueprintRow]) -> tuple[str, ...]:
        counts = Counter[str | None]()
        for row in some:
            counts.update(row.counts[form])
        points = sum(row.points[form] for row in some)
        return (
            *(str(counts[level] or "") for level in levels),
            str(counts.total()),
            f"{points:g}".replace(".", ","),
        )

    return Specification(
        form=title,
        columns=(*(str(LEVEL_WORDS[level]) for level in levels), _("Заданий"), _("Баллов")),
        groups=tuple(
            Group(
                found.competence(block, language) if block else _("Вне блоков"),
                tuple(
                    Line(found.competence(row.competence, language), numbers([row]))
                    for row in rows
                    if row.block == block
                ),
            )
            for block in blocks
        ),
        total=numbers(rows),
    )

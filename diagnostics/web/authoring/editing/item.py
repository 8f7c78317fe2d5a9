"""The form of one item: what it shows of an entry, and the entry that a posted form means."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.controls import Control, Shown
from diagnostics.web.authoring.editing.entry import Entry
from diagnostics.web.authoring.editing.reader import Form, Reader
from diagnostics.web.authoring.editing.types import FORMS
from instruments.problems import Problem


@dataclass(frozen=True, slots=True)
class Groups:
    """The form by its groups, each a list of what is drawn."""

    about: tuple[Shown, ...]
    answer: tuple[Shown, ...]
    worth: tuple[Shown, ...]
    shown: tuple[Shown, ...]


def show_item(entry: Entry, around: Around) -> Groups:
    form = FORMS[entry.type]

    def draw(controls: tuple[Control, ...]) -> tuple[Shown, ...]:
        return tuple(control.show(entry, around) for control in controls)

    return Groups(draw(form.about), draw(form.answer), draw(form.worth), draw(form.shown))


def read_item(form: Form, entry: Entry, around: Around) -> Entry:
    """The entry that the form means. What the form does not show stays as it is."""
    reader = Reader(form, around.languages)
    made = entry.copied()
    for control in FORMS[entry.type].controls:
        control.read(reader, made, around)
    ticked = reader.tick("anchor")
    anchor = entry.anchor if ticked is None else ticked
    return Entry(made.item, made.key, anchor)


def wrong_fields(problems: tuple[Problem, ...], code: str) -> dict[str, Problem]:
    """Path of a field of this item → the first problem there: «text.ru», «points», «options.b.ru»."""
    found: dict[str, Problem] = {}
    for problem in problems:
        head, _, path = problem.where.partition(f"items.{code}.")
        if not head and path:
            found.setdefault(path, problem)
    return found


def elsewhere(problems: tuple[Problem, ...], code: str) -> list[Problem]:
    """Problems of the documents outside this item: a page cannot mend them."""
    return [problem for problem in problems if not problem.where.startswith(f"items.{code}.")]


def different(mine: Entry, theirs: Entry, around: Around) -> list[tuple[Shown, Shown]]:
    """Fields that differ between two states of one item, for a page that shows both side by side."""
    if mine.type != theirs.type:
        return []
    pairs = [
        (control.show(mine, around), control.show(theirs, around)) for control in FORMS[mine.type].controls
    ]
    return [(one, other) for one, other in pairs if one != other]

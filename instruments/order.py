"""Which questions are still locked where the order is fixed: one rule for the page and for the API.

A question is *taken* once it was answered or explicitly passed; clearing the answer later does not lock what
came after it. Words to read are never waited for.

- `order: fixed` of the instrument: a section opens when every question of the sections before it is taken.
- fixed order of a section (its own, else the instrument's): a question opens when every question before it
  in the section is taken.

So a section that says `free` in a fixed instrument opens as a whole, and a `fixed` section of a free
instrument may be entered at any time, from its beginning.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from instruments.document import Instrument, Section, is_question
from instruments.path import Step


def is_fixed(instrument: Instrument, section: Section) -> bool:
    return (section.order or instrument.order) == "fixed"


def is_ordered(instrument: Instrument, form: str) -> bool:
    """Whether anything of the form waits for anything else; KeyError for an unknown form."""
    sections = instrument.form(form).sections
    return instrument.order == "fixed" or any(is_fixed(instrument, section) for section in sections)


def locked(instrument: Instrument, steps: Sequence[Step], taken: Collection[str]) -> Mapping[str, str]:
    """Item that is not open yet → the question to continue with; empty where all is open.

    `steps`: the path in order; `taken`: codes of the questions that were answered or passed at least once.
    """
    found: dict[str, str] = {}
    if _is_free(instrument):
        return found
    section, before, here = "", None, None  # the first question to take: of earlier sections, of this one
    for step in steps:
        if step.section.code != section:
            section, before, here = step.section.code, before or here, None
        waits_for = before if instrument.order == "fixed" else None
        if waits_for is None and is_fixed(instrument, step.section):
            waits_for = here
        if waits_for is not None:
            found[step.item.code] = waits_for
        if here is None and is_question(step.item) and step.item.code not in taken:
            here = step.item.code
    return found


def _is_free(instrument: Instrument) -> bool:
    """Whether no form of it has a fixed order anywhere."""
    found: bool | None = instrument.kept.get(("free",))
    if found is None:
        found = not any(is_ordered(instrument, form.code) for form in instrument.forms)
        instrument.kept[("free",)] = found
    return found

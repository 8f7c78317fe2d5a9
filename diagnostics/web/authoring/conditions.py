"""Conditions of being asked in words, for pages of a work: by names for methodologists, by numbers on paper."""

from __future__ import annotations

from flask_babel import gettext as _

from instruments.document import Form, Instrument, is_question
from instruments.path import condition
from instruments.rules import said, said_on_paper

SECTION = "section "  # no code of an item holds a blank


def conditions_of(instrument: Instrument, language: str) -> dict[str, str]:
    """Item → its condition; an item that is always asked is absent."""
    rules = {item.code: condition(item.show_if) for item in instrument.items}
    return {code: said(rule, instrument, language, _) for code, rule in rules.items() if rule is not None}


def conditions_on_paper(instrument: Instrument, form: Form, language: str) -> dict[str, str]:
    """Item, or «section » and the code of a section → its condition, as who answers on paper reads it."""
    asked = [item for item in instrument.form_items(form.code) if is_question(item)]
    numbers = {item.code: number for number, item in enumerate(asked, 1)}
    texts = [(f"{SECTION}{section.code}", section.show_if) for section in form.sections]
    texts += [(item.code, item.show_if) for item in instrument.form_items(form.code)]
    return {
        code: said_on_paper(rule, instrument, numbers, language, _)
        for code, text in texts
        if (rule := condition(text)) is not None
    }

"""Forms and sections → text: headings among the questions where that says it all, else a block of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from instruments.formats.plaintext.partwriting import folded_text, named_lines
from instruments.formats.plaintext.reading import DEFAULT_TITLE, section_of
from instruments.formats.vocabulary import ORDERS, SHUFFLES
from instruments.texts import SOURCE_LANGUAGE

_FORM_MARKS = {"purpose": "НАЗНАЧЕНИЕ ВАРИАНТА", "instructions": "УКАЗАНИЯ ВАРИАНТА"}
_SECTION_WORDS = {"order": ("ПОРЯДОК ЗАДАНИЙ", ORDERS), "shuffle": ("СЛУЧАЙНЫЙ ПОРЯДОК", SHUFFLES)}


def is_simple(document: Mapping[str, Any]) -> bool:
    """Whether «РАЗДЕЛ: METH Методика» above the questions gives the only form back."""
    forms = document["forms"]
    if [form["code"] for form in forms] != ["A"] or set(forms[0]) != {"code", "title", "sections"}:
        return False
    sections = forms[0]["sections"]
    order = [code for section in sections for code in section["items"]]
    plain = all(map(_is_plain, sections)) and forms[0]["title"] == {SOURCE_LANGUAGE: DEFAULT_TITLE}
    return plain and order == [item["code"] for item in document["items"]]


def _is_plain(section: Mapping[str, Any]) -> bool:
    title = section["title"].get(SOURCE_LANGUAGE, "")
    alone = set(section) == {"code", "title", "items"} and set(section["title"]) == {SOURCE_LANGUAGE}
    return (
        alone and "\n" not in title and section_of(f"{section['code']} {title}") == (section["code"], title)
    )


def form_blocks(forms: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A block a form, its sections below it."""
    for form in forms:
        yield "\n".join(_form(form))
        yield from ("\n".join(_section(section)) for section in form["sections"])


def _form(form: Mapping[str, Any]) -> Iterator[str]:
    yield from named_lines(f"ВАРИАНТ РАБОТЫ {form['code']}", form["title"])
    for field, mark in _FORM_MARKS.items():
        yield from named_lines(mark, form.get(field, {}))
    if "minutes" in form:
        yield f"МИНУТ НА ВАРИАНТ: {form['minutes']}"


def _section(section: Mapping[str, Any]) -> Iterator[str]:
    yield from named_lines(f"РАЗДЕЛ {section['code']}", section["title"])
    yield from named_lines("ВСТУПЛЕНИЕ", section.get("text", {}))
    for field, (mark, words) in _SECTION_WORDS.items():
        if field in section:
            yield f"{mark}: {words.said(section[field])}"
    if "show_if" in section:
        yield f"ПОКАЗАТЬ, ЕСЛИ: {folded_text(section['show_if'])}"
    if section["items"]:
        yield f"ЗАДАНИЯ: {', '.join(section['items'])}"

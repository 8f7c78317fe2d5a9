"""The interface speaks both languages: nothing untranslated, nothing lost or left in the other alphabet."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import get_babel

from diagnostics.database import session, set_reading
from diagnostics.people.models import Account
from diagnostics.upkeep import marks
from diagnostics.upkeep.demo.settle import login_of
from diagnostics.upkeep.demo.visitors import PLAYED
from tests.support import make

ROOT = Path(__file__).resolve().parents[2]
FORMS = {"ru": 3, "en": 2}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|%|\{\w+\}")
CYRILLIC = re.compile(r"[А-Яа-яЁё][А-Яа-яЁё\w .,:;«»№-]*")
GETTEXT = {"_", "N_", "_l", "lazy_gettext", "gettext", "ngettext", "say", "mark", "count"}
YEAR = "г."  # stands after the year on Russian paper only
LANGUAGE_NAMES = ("Русский", "Рус", "По-русски")  # a language is offered in its own words
OWN_NAMES = ("Анна", "Соколова")
FILE_WORDS = {
    "ОТВЕТ",
    "КОМПЕТЕНЦИЯ",
    "Текст",
    "А",
    "В",
    "ё",
}  # what an author's file must hold, whoever reads the page


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (str(message.string or ""),)


def said(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def entries(of: Catalog) -> list[Message]:
    return [message for message in of if message.id]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What `make translations` would find in the sources today: its own command into another file."""
    recipe = next(
        line
        for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
        if "pybabel -q extract" in line
    )
    into = tmp_path_factory.mktemp("words") / "found.pot"
    options = shlex.split(recipe.split("pybabel", 1)[1])
    options[options.index("-o") + 1] = str(into)
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", *options], cwd=ROOT, check=True)
    with into.open("rb") as file:
        return read_po(file)


def test_every_string_of_the_sources_is_in_english(extracted: Catalog) -> None:
    english = catalogue("en")
    missing = [
        said(one)[0]
        for one in entries(extracted)
        if (found := english.get(said(one)[0])) is None or not all(forms(found))
    ]
    assert not missing, "run `make translations` and translate: " + "; ".join(missing)


def test_every_plural_of_the_sources_has_its_russian_forms(extracted: Catalog) -> None:
    russian = catalogue("ru")
    wrong = [
        said(one)[0]
        for one in entries(extracted)
        if one.pluralizable
        and ((found := russian.get(said(one)[0])) is None or not all(forms(found)) or len(forms(found)) != 3)
    ]
    assert not wrong, "three Russian forms are needed: " + "; ".join(wrong)


def literals() -> Iterator[tuple[str, str]]:
    """(place, text) of every Russian text that the sources hand to gettext, read from their syntax."""
    for folder in ("diagnostics", "instruments", "reports"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(call, ast.Call):
                    continue
                name = getattr(call.func, "attr", getattr(call.func, "id", ""))
                if name not in GETTEXT:
                    continue
                text = call.args[1:2] if name == "count" else call.args[:1]
                if text and isinstance(text[0], ast.Constant) and CYRILLIC.search(str(text[0].value)):
                    yield f"{path.relative_to(ROOT)}:{call.lineno}", str(text[0].value)


def test_no_string_hides_from_extraction() -> None:
    """Babel sees nothing inside an f-string and takes a literal of another argument for the text."""
    english = catalogue("en")
    hidden = [f"{place} {text!r}" for place, text in literals() if text != YEAR and not english.get(text)]
    assert not hidden, "give gettext a plain call of its own: " + "; ".join(hidden)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_translation_is_a_guess(language: str) -> None:
    assert [one.id for one in entries(catalogue(language)) if one.fuzzy] == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_plurals_have_as_many_forms_as_the_language(language: str) -> None:
    assert [
        one.id
        for one in entries(catalogue(language))
        if one.pluralizable and len(forms(one)) != FORMS[language]
    ] == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_translations_keep_the_placeholders(language: str) -> None:
    wrong = []
    for one in entries(catalogue(language)):
        first, *rest = [set(PLACEHOLDER.findall(text)) for text in said(one)]
        most = first.union(*rest)
        wrong += [
            f"{one.id!r}: {text!r}"
            for text in forms(one)
            if text and not first <= set(PLACEHOLDER.findall(text)) <= most
        ]
    assert not wrong, "; ".join(wrong)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_translations_keep_the_spaces_at_their_ends(language: str) -> None:
    def ends(text: str) -> tuple[bool, bool]:
        return text[:1].isspace(), text[-1:].isspace()

    wrong = [
        text
        for one in entries(catalogue(language))
        for text in forms(one)
        if text and ends(text) != ends(said(one)[0])
    ]
    assert not wrong, "; ".join(wrong)


def test_english_has_no_cyrillic_but_the_words_of_files() -> None:
    wrong = [
        text
        for one in entries(catalogue("en"))
        for text in forms(one)
        if set(re.findall(r"[А-Яа-яЁё]+", text)) - FILE_WORDS
    ]
    assert not wrong, "; ".join(wrong)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogues of today, whenever those of the environment were compiled."""
    root = tmp_path_factory.mktemp("translations")
    for language in FORMS:
        folder = root / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "messages.mo").open("wb") as file:
            write_mo(file, catalogue(language))
    return root


@pytest.fixture
def english_app(app: Flask, compiled: Path) -> Flask:
    get_babel(app).translation_directories[:] = [str(compiled)]
    return app


def left_in_russian(html: str) -> list[str]:
    for name in (*LANGUAGE_NAMES, *OWN_NAMES):
        html = html.replace(name, "")
    return CYRILLIC.findall(re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL))


@pytest.mark.parametrize("base", ["sqlite"], indirect=True)
def test_pages_for_everybody_are_in_english(english_app: Flask) -> None:
    client = english_app.test_client()
    for path in ("/login", "/help", "/accessibility", "/code", "/reading", "/no-such-page"):
        page = client.get(f"{path}?lang=en").text
        assert '<html lang="en"' in page, path
        assert left_in_russian(page) == [], path


@pytest.mark.parametrize("base", ["sqlite"], indirect=True)
def test_the_door_of_the_demo_is_in_english(english_app: Flask) -> None:
    with english_app.app_context():
        set_reading(False)
        marks.put("demo", "yes")
        institute = make.institute(make.region("Region"), "Institute")
        for code in PLAYED.values():
            person = make.person("Sokolova Anna Petrovna", at=institute)
            session.add(Account(person_id=person.id, login=login_of(code), created_at=person.created_at))
        session.commit()
    page = english_app.test_client().get("/who?lang=en").text
    assert page.count("Sokolova") == len(PLAYED)
    assert left_in_russian(page) == []

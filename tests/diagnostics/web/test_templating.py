"""Templates say their words in the language of the moment though they were compiled with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, render_template, render_template_string
from flask_babel import force_locale
from jinja2 import DictLoader

from diagnostics.web.translating import catalogue

PAGES = {
    "macro.html": "{% macro leave() %}{{ _('Выйти') }}{% endmacro %}",
    "page.html": "{% from 'macro.html' import leave %}{{ leave() }}, {% include 'part.html' %}",
    "part.html": "{{ _('Далее') }}",
    "around.html": "{% set word = 'своё' %}{% for n in (1, 2) %}{% include 'within.html' %}{% endfor %}{{ word }}",
    "within.html": "{% set word = 'чужое' %}{{ n }}{{ given }} ",
    "letter.txt": "{{ _('%(name)s пришёл', name='<b>') }}",
}


@pytest.fixture(autouse=True)
def own_templates(app: Flask) -> Iterator[None]:
    app.jinja_env.loader = DictLoader(PAGES)
    app.jinja_env.bytecode_cache = None
    with app.test_request_context("/"):
        yield


def test_macros_and_parts_of_a_page_are_in_its_language_whichever_came_first() -> None:
    with force_locale("en"):
        english = render_template("page.html")
    assert render_template("page.html") == "Выйти, Далее"
    with force_locale("en"):
        assert render_template("page.html") == english == "Sign out, Next"


def test_a_word_is_looked_up_when_a_template_is_compiled_and_never_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, asked = render_template("page.html"), []
    monkeypatch.setattr(catalogue(), "ugettext", lambda message: asked.append(message) or message)
    assert render_template("page.html") == first
    assert asked == []


def test_a_word_that_only_the_moment_knows_is_looked_up_then() -> None:
    with force_locale("en"):
        assert render_template_string("{{ _(word) }}", word="Выйти") == "Sign out"


def test_what_fills_a_text_without_markup_is_not_escaped() -> None:
    assert render_template("letter.txt") == "<b> пришёл"


def test_a_word_given_to_a_macro_is_markup_as_the_looked_up_one_was() -> None:
    shown = render_template_string(
        "{% macro strong(words) %}<b>{{ words }}</b>{% endmacro %}"
        "{{ strong(_('100 %%')) }} {{ strong(_('%(name)s пришёл', name=name)) }}",
        name="<i>",
    )
    assert shown == "<b>100 %</b> <b>&lt;i&gt; пришёл</b>"


def test_a_part_sees_the_page_around_it_and_leaves_nothing_behind() -> None:
    assert render_template("around.html", given="!") == "1! 2! своё"


def test_a_part_is_read_again_where_templates_are(app: Flask) -> None:
    app.jinja_env.auto_reload = True
    pages = dict(PAGES)
    app.jinja_env.loader = DictLoader(pages)
    assert render_template("page.html") == "Выйти, Далее"
    pages["part.html"] = "{{ _('Назад') }}"
    assert render_template("page.html") == "Выйти, Назад"

"""Words of templates come from the catalogue of the language of the moment, escaped and filled as ever."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, get_translations, refresh

from diagnostics.web.translating import catalogue

WORD = "{{ _('Выйти') }}"


def test_a_word_is_in_the_language_asked_for(app: Flask) -> None:
    with app.test_request_context("/"):
        assert render_template_string(WORD) == "Выйти"
    with app.test_request_context("/?lang=en"):
        assert render_template_string(WORD) == get_translations().ugettext("Выйти") != "Выйти"


def test_a_language_forced_for_a_letter_ends_with_it(app: Flask) -> None:
    with app.test_request_context("/"):
        before = render_template_string(WORD)
        with force_locale("en"):
            assert render_template_string(WORD) != before
        assert render_template_string(WORD) == before


def test_a_language_chosen_in_the_middle_counts_at_once(app: Flask) -> None:
    with app.test_request_context("/"):
        first = catalogue()
        refresh()
        assert catalogue() is first is get_translations()


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ _('100 %%') }}", "100 %"),
        ("{{ _('%(name)s пришёл', name='<b>') }}", "&lt;b&gt; пришёл"),
        ("{{ ngettext('%(num)s ответ', '%(num)s ответов', 3) }}", "3 ответа"),
        ("{% trans name='<b>' %}Здесь {{ name }}{% endtrans %}", "Здесь &lt;b&gt;"),
    ],
)
def test_words_are_filled_and_what_fills_them_is_escaped(app: Flask, template: str, said: str) -> None:
    with app.test_request_context("/"):
        assert render_template_string(template) == said

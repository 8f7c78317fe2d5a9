from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment, Template, meta, nodes
from markupsafe import Markup

from diagnostics.assets import path_of
from diagnostics.web import importing
from diagnostics.web.importing import ImportedTemplate

IMPORT = "{% from 'macros' import greet %}{{ greet() }}"
MACRO = "{% macro greet() %}{{ word }}{% endmacro %}"


def environment(**templates: str) -> Environment:
    made = Environment(loader=DictLoader(templates), autoescape=True)
    made.template_class = ImportedTemplate
    return made


def told(kind: type[Template]) -> list[str]:
    """One macro imported by pages with global names of their own, before and after pages without."""
    made = environment(macros=MACRO, plain=IMPORT, own=IMPORT + "!")
    made.template_class = kind
    pages = [made.get_template("plain"), made.get_template("own", globals={"word": "своё"})]
    return [page.render() for page in (pages[0], pages[1], pages[0], pages[1], pages[1], pages[0])]


def test_macros_see_the_same_global_names_as_by_the_rule_of_jinja() -> None:
    assert told(ImportedTemplate) == told(Template) == ["", "своё!", "", "своё!", "своё!", ""]


def test_a_kept_partial_is_rendered_once_for_each_of_its_words() -> None:
    rendered = []
    made = environment(**{
        "answering/_save_states.html": "{{ note() }}{{ language }} {{ nameless }}",
        "page": "{% include 'answering/_save_states.html' %}",
    })  # fmt: skip
    made.globals["note"] = lambda: rendered.append(1) or ""
    page = made.get_template("page")
    for language, nameless in (("ru", False), ("en", False), ("ru", True), ("ru", False)):
        assert page.render(language=language, nameless=nameless) == f"{language} {nameless}"
    assert len(rendered) == 3


def test_partials_that_are_kept_name_nothing_but_what_they_are_kept_by() -> None:
    """A variable of the page in such a partial would be told to the next person."""

    known = {"_", "icon", "state"}
    for name, words in importing.KEPT.items():
        source = (path_of("templates") / name).read_text(encoding="utf-8")
        asked = meta.find_undeclared_variables(Environment(autoescape=True).parse(source))
        assert asked <= known | set(words), asked


@pytest.mark.parametrize(
    ("told", "page"),
    [
        ("<b>", "&lt;b&gt;"),
        (Markup("<b>"), "<b>"),
        (1, "1"),
        (None, "None"),
        ([1, "<"], "[1, &#39;&lt;&#39;]"),
    ],
)
def test_what_is_written_out_is_escaped_as_by_the_rule_of_jinja(told: object, page: str) -> None:
    for kind in (ImportedTemplate, Template):
        made = environment(page="{{ told }}")
        made.template_class = kind
        assert made.get_template("page").render(told=told) == page


def test_a_macro_that_is_kept_tells_markup_from_the_same_signs_as_text() -> None:
    made = environment(**{
        "components/icons.html": "{% macro icon(name, size=20) %}{{ name }} {{ size }};{% endmacro %}",
        "page": "{% from 'components/icons.html' import icon %}{{ icon(name) }}{{ icon(name, size=size) }}",
    })  # fmt: skip
    page = made.get_template("page")
    for _ in range(2):
        assert page.render(name="<b>", size=1) == "&lt;b&gt; 20;&lt;b&gt; 1;"
        assert page.render(name=Markup("<b>"), size=True) == "<b> 20;<b> True;"


def test_macros_that_are_kept_look_at_nothing_but_what_they_are_given() -> None:
    known = {"_", "icon", "SHAPES"}
    for name, macros in importing.KEPT_MACROS.items():
        parsed = Environment(autoescape=True).parse((path_of("templates") / name).read_text(encoding="utf-8"))
        found = {one.name: one for one in parsed.find_all(nodes.Macro)}
        for macro in macros:
            given = {one.name for one in found[macro].args}
            read = {one.name for one in found[macro].find_all(nodes.Name) if one.ctx == "load"}
            made = {one.name for one in found[macro].find_all(nodes.Name) if one.ctx == "store"}
            assert read <= given | made | known, (macro, read)

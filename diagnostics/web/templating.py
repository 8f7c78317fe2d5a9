"""Templates compiled once for each language: their words are put in when they are compiled.

A page of the player says some fifty words. Looked up at each rendering they cost a tenth of the page; put in at once,
they and the markup between them are one constant. What only the moment knows stays as it was: a plural, a computed word.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from babel.support import NullTranslations
from flask import has_app_context
from flask.templating import Environment as FlaskEnvironment
from jinja2 import Template, nodes
from jinja2.visitor import NodeTransformer

from diagnostics.web.importing import KEPT
from diagnostics.web.translating import catalogue

GETTEXT = frozenset({"_", "gettext"})


class Environment(FlaskEnvironment):
    """The application's environment hands each template out of the one of the language of now."""

    words: NullTranslations | None = None  # of the one language; None: of the application, for all

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._languages: dict[NullTranslations, Environment] = {}
        self.found: dict[str, Template] = {}  # templates by name, where they are not read again

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's own name
    ) -> Template:
        here = self._of_now()
        is_lasting = isinstance(name, str) and globals is None and not here.auto_reload
        if is_lasting and (found := here.found.get(name)) is not None:  # type: ignore[arg-type]
            return found
        made = super(Environment, here).get_template(name, parent, globals)
        if is_lasting:
            here.found[name] = made  # type: ignore[index]
        return made

    def from_string(self, *arguments: Any, **options: Any) -> Template:
        return super(Environment, self._of_now()).from_string(*arguments, **options)

    def _of_now(self) -> Environment:
        if self.words is not None or not has_app_context():
            return self
        words = catalogue()
        found = self._languages.get(words)
        return found or self._languages.setdefault(words, self._in(words))

    def _in(self, words: NullTranslations) -> Environment:
        made: Environment = self.overlay()
        made.words, made.found = words, {}
        return made

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        if self.words is not None:
            if not self.auto_reload:
                _Parts(self).visit(source)
            _Words(self.words).visit(source)
            source.set_environment(self)
        return super()._generate(source, *arguments, **options)


class _Parts(NodeTransformer):
    """`{% include "a part.html" %}` becomes the part itself, in a scope of its own: nothing is left to call at each page.

    Not where templates are read again when they change: who includes a part would not notice.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - Jinja's own name
        name = node.template
        if not isinstance(name, nodes.Const) or not isinstance(name.value, str):
            return node
        if node.ignore_missing or not node.with_context or name.value in KEPT:
            return node
        text, filename, _uptodate = self._environment.loader.get_source(self._environment, name.value)  # type: ignore[union-attr]
        part = self._environment.parse(text, name.value, filename)
        if part.find(nodes.Extends) or part.find(nodes.Block):
            return node
        self.visit(part)
        return nodes.Scope(part.body, lineno=node.lineno)


class _Words(NodeTransformer):
    """`_("Далее")` becomes the text itself; `_("%(n)s из %(m)s", n=…, m=…)` a format of it."""

    def __init__(self, words: NullTranslations) -> None:
        self._words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's own name
        self.generic_visit(node)
        message = _message(node)
        if message is None:
            return node
        text = self._words.ugettext(message)
        said = nodes.TemplateData(text, lineno=node.lineno)
        if not node.kwargs and "%" not in text:
            return said
        filled = [nodes.Pair(nodes.Const(one.key), one.value, lineno=one.lineno) for one in node.kwargs]
        return nodes.Mod(said, nodes.Dict(filled, lineno=node.lineno), lineno=node.lineno)


def _message(node: nodes.Call) -> str | None:
    """What a call asks the catalogue for, if it can be known now."""
    if not (isinstance(node.node, nodes.Name) and node.node.name in GETTEXT):
        return None
    if len(node.args) != 1 or node.dyn_args is not None or node.dyn_kwargs is not None:
        return None
    told = node.args[0]
    return told.value if isinstance(told, nodes.Const) and isinstance(told.value, str) else None

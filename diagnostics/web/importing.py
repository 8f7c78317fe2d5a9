"""What templates take from other templates, found once: macros, and partials that say the same to everybody.

Jinja compares all global names at each import of each rendered template, and a page of the player imports a dozen
times, a pack of questions some hundred: a tenth of their processor time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from flask import Flask
from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

#: Partials without anything of a person or a sitting, and the variables that change their words.
KEPT: Mapping[str, tuple[str, ...]] = {"answering/_save_states.html": ("language", "nameless")}
Render = Callable[[Context], Iterator[str]]


class ImportedTemplate(Template):
    """Jinja's own rule; where it has found no new global names, the same names are not compared again."""

    _told: frozenset[str] = frozenset()  # global names that were all known to the module that is kept

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's own name
    ) -> Template:
        made = super()._from_namespace(environment, namespace, globals)
        names = KEPT.get(made.name or "")
        if names is not None:
            made.root_render_func = _kept(made.root_render_func, names)
        return made

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        kept: TemplateModule | None = self._module
        if kept is not None and ctx is not None and ctx.globals_keys <= self._told:
            return kept
        found = super()._get_default_module(ctx)
        if ctx is not None and found is self._module:
            self._told = frozenset(ctx.globals_keys)
        return found


def _kept(render: Render, names: tuple[str, ...]) -> Render:
    """Rendered once for each of the few values of `names`."""
    found: dict[tuple[object, ...], str] = {}

    def root(context: Context) -> Iterator[str]:
        key = tuple(context.get(name) for name in names)
        if key not in found:
            found[key] = "".join(render(context))
        yield found[key]

    return root


def install(app: Flask) -> None:
    """Before the first template is loaded."""
    app.jinja_env.template_class = ImportedTemplate

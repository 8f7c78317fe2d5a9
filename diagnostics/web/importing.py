"""What templates take from other templates, found once: macros, and partials that say the same to everybody.

Jinja compares all global names at each import of each rendered template, and a page of the player imports a dozen
times, a pack of questions some hundred: a tenth of their processor time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask
from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, new_context
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # of text: no mark is made

#: Partials without anything of a person or a sitting, and the variables that change their words.
KEPT: Mapping[str, tuple[str, ...]] = {"answering/_save_states.html": ("language", "nameless")}
#: Macros that say the same to everybody who gives them the same words, numbers and marks, and so are asked again and
#: again; none of them looks at anything but what it is given.
KEPT_MACROS: Mapping[str, tuple[str, ...]] = {
    "components/buttons.html": ("button",),
    "components/forms.html": ("plain_option_row",),
    "components/icons.html": ("icon",),
    "components/notices.html": ("save_line",),
    "components/player.html": ("progress",),  # most people answer in order
}
MOST_KEPT = 2048  # answers of one macro: a name or a time may be among the words
Render = Callable[[Context], Iterator[str]]


class ImportedTemplate(Template):
    """Jinja's own rule; where it has found no new global names, the same names are not compared again."""

    _told: frozenset[str] = frozenset()  # global names that were all known to the module that is kept
    _names: dict[str, Any] | None = None  # the global names as a plain dict, for a chain is walked in Python

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's own name
    ) -> Template:
        namespace["escape"] = _escaped  # what a template says is escaped some eighty times a page
        made = super()._from_namespace(environment, namespace, globals)
        names = KEPT.get(made.name or "")
        if names is not None:
            made.root_render_func = _kept(made.root_render_func, names)
        return made

    def new_context(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - Jinja's own names
        shared: bool = False,  # noqa: FBT001, FBT002
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> Context:
        names = self._names
        if names is None:
            names = dict(self.globals)
            if not self.environment.auto_reload:
                self._names = names
        return new_context(self.environment, self.name, self.blocks, vars, shared, names, locals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        kept: TemplateModule | None = self._module
        if kept is not None and ctx is not None and ctx.globals_keys <= self._told:
            return kept
        found = super()._get_default_module(ctx)
        if found is not kept:
            for name in KEPT_MACROS.get(self.name or "", ()):
                # By type too: markup and the same signs as plain text are not the same.
                setattr(found, name, lru_cache(MOST_KEPT, typed=True)(getattr(found, name)))
        if ctx is not None and found is self._module:
            self._told = frozenset(ctx.globals_keys)
        return found


def _escaped(value: Any) -> str:
    """`markupsafe.escape` for what is written out at once and needs no mark that it was escaped."""
    if value.__class__ is str:
        return _escape_inner(value)
    return value if value.__class__ is Markup else escape(value)


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

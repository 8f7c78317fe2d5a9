"""The words of templates: Flask-Babel's catalogues, found once for a language of a request and not at each word.

A page of the player asks some thirty times. Each time Flask-Babel and the i18n extension of Jinja look the
request, the domain, the language and the catalogue up and call through three aliases: a tenth of the page.
"""

from __future__ import annotations

from typing import Any

from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import Domain, get_babel, get_locale, get_translations
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup


def catalogue() -> NullTranslations:
    """Of the language of now; another one is looked up where the language was changed in between."""
    kept: tuple[object, NullTranslations] | None = g.get("catalogue")
    # A forced language puts another object in the place of the request's own.
    locale = getattr(g.get("_flask_babel"), "babel_locale", None)
    if kept is not None and locale is not None and kept[0] is locale:
        return kept[1]
    found: NullTranslations = get_translations()
    g.catalogue = (get_locale(), found)
    return found


def said(message: str, **variables: Any) -> str:
    """`flask_babel.gettext` for what a page of the player says at every question; import it as `_`."""
    found = catalogue().ugettext(message)
    return str(found % variables if variables else found)


@pass_context
def gettext(context: Context, message: str, **variables: Any) -> str:
    """As the extension's: a format string always, escaped where the template escapes."""
    found = catalogue().ugettext(message)
    return _filled(context, found, variables) if variables or "%" in found else _marked(context, found)


@pass_context
def ngettext(context: Context, one: str, many: str, num: int, **variables: Any) -> str:
    found = catalogue().ungettext(one, many, num)
    return _filled(context, found, {"num": num} | variables)


def _marked(context: Context, text: str) -> str:
    return Markup(text) if context.eval_ctx.autoescape else text  # noqa: S704 - our own catalogue


def _filled(context: Context, text: str, variables: dict[str, Any]) -> str:
    return _marked(context, text) % variables


class QuickDomain(Domain):
    """Flask-Babel's catalogues for words outside of templates, found once for a language of a request too."""

    def get_translations(self) -> NullTranslations:
        kept: tuple[object, NullTranslations] | None = g.get("catalogue") if g else None
        if kept is not None and kept[0] is getattr(g.get("_flask_babel"), "babel_locale", None):
            return kept[1]
        found: NullTranslations = super().get_translations()
        if g:
            g.catalogue = (get_locale(), found)
        return found


def install(app: Flask) -> None:
    """After Babel has bound itself."""
    get_babel(app).instance.domain_instance = QuickDomain()
    app.jinja_env.globals.update({"_": gettext, "gettext": gettext, "ngettext": ngettext})

"""What the editor's templates ask of values: numbers as they are typed, mistakes by the path of a field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.sentences.common import N_

LANGUAGES = {"ru": N_("по-русски"), "en": N_("по-английски")}


def plain_number(value: Any) -> str:
    """12, 0,5; what is no number comes back as typed; nothing for nothing."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return str(value)


def at(wrong: Mapping[str, str], name: str) -> str:
    """The mistake of a field or of a part of it."""
    inside = (words for path, words in wrong.items() if path.startswith(f"{name}."))
    return wrong.get(name) or next(inside, "")


def language_name(code: str) -> str:
    return _(LANGUAGES[code]) if code in LANGUAGES else code


FILTERS: dict[str, Callable[..., str]] = {
    "plain_number": plain_number,
    "at": at,
    "language_name": language_name,
}

for _name, _filter in FILTERS.items():
    authoring.add_app_template_filter(_filter, _name)

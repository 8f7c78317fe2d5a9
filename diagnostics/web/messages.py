"""Error code → one sentence in the user's language. The sentences lie by stage in `sentences/`."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import get_locale
from flask_babel import gettext as _

from diagnostics.web.sentences import (
    campaigns,
    catalogue,
    common,
    findings,
    improvement,
    marking,
    pathways,
    people,
    releases,
    reporting,
    sittings,
    upkeep,
)
from instruments.words import said

TABLES: tuple[Mapping[str, str], ...] = (
    campaigns.SENTENCES,
    catalogue.SENTENCES,
    common.SENTENCES,
    people.SENTENCES,
    sittings.SENTENCES,
    findings.SENTENCES,
    improvement.SENTENCES,
    marking.SENTENCES,
    pathways.SENTENCES,
    releases.SENTENCES,
    reporting.SENTENCES,
    upkeep.SENTENCES,
)


def sentence(code: str, parameters: Mapping[str, object] | None = None) -> str:
    """The sentence of a code; an unknown code is a programming error that a test catches."""
    for table in TABLES:
        if code in table:
            return _(table[code]) % said(parameters or {}, str(get_locale() or "ru"))
    return _(common.SENTENCES["unexpected"])


def page_title(status: int) -> str:
    return _(common.TITLES.get(status, common.TITLES[500]))

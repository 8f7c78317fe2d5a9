"""Words of reports in the reader's language: the same for a page, a document and a job."""

from __future__ import annotations

from functools import lru_cache

from babel.support import Translations

from diagnostics.assets import path_of
from instruments.texts import SOURCE_LANGUAGE
from reports.wording.words import Words


@lru_cache(maxsize=8)
def words_of(language: str) -> Words:
    """Russian needs no catalogue; what another one lacks is said in Russian."""
    if language == SOURCE_LANGUAGE:
        return Words()
    catalogue = Translations.load(path_of("translations"), [language])
    return Words(catalogue.gettext, catalogue.ngettext, decimal=".")

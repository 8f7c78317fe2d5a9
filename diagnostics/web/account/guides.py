"""Guides of `docs/` as pages of the product: who works in a browser has no repository."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from flask import render_template, url_for
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from diagnostics.access import Permission
from diagnostics.assets import path_of
from diagnostics.web.account.blueprint import account
from diagnostics.web.guard import screen

FILES: Mapping[str, str] = {
    "authoring": "guide-methodologist.md",
    "documents": "document-reference.md",
    "files": "formats.md",
    "marking": "guide-expert.md",
}
_PICTURE = re.compile(r"^!\[.*\n+", re.MULTILINE)  # they are of the repository


@account.get("/help/<any(authoring, documents, files, marking):guide>")
@screen(Permission.PUBLIC, of_object=False)
def guide_page(guide: str) -> str:
    title, body = _page(guide)
    addresses = {file: url_for("account.guide_page", guide=one) for one, file in FILES.items()}
    for file, address in addresses.items():
        body = body.replace(f'href="{file}', f'href="{address}')
    return render_template("account/guide.html", title=title, body=Markup(body))  # noqa: S704  our own file


@lru_cache
def _page(name: str) -> tuple[str, str]:
    """The title and the rest as HTML; raw HTML of a text stays text."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(_PICTURE.sub("", (path_of("docs") / FILES[name]).read_text("utf-8")))
    title, rest = tokens[1].content, tokens[3:]
    for opening, words in pairwise(rest):
        _named(opening, words)
    made = str(reader.renderer.render(rest, reader.options, {}))
    wide = '<div class="table-scroll" tabindex="0"><table class="table" data-excel="no">'
    return title, made.replace("<table>", wide).replace("</table>", "</table></div>").replace(
        "<pre>", '<pre class="as-typed">'
    )


def _named(opening: Token, words: Token) -> None:
    """Headings can be linked to, as on the pages of repositories."""
    if opening.type == "heading_open":
        opening.attrSet("id", re.sub(r"[^\w\- ]", "", words.content.lower()).replace(" ", "-"))

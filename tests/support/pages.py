"""Every page that any test fetches is checked: one page reader, no per-page work."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Elements that HTML closes by itself when the next one opens.
SELF_CLOSING = {"li", "p", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot"}
FIELDS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
OUTSIDE = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
EXCEL = re.compile(r"<a [^>]*xlsx|Excel</(?:a|button)>")
# A signed token (payload, time, signature) and a proof (id, signature): any short word turns up in them one day.
SIGNED = re.compile(r"[\w-]{8,}\.(?:[\w-]{6}\.[\w-]{27}|[\w-]{43})")
LEFTOVER = re.compile(r"%\((?:num|\w+)\)[sd]|\{\{|\{%|\bNone\b|Undefined")


class Page(HTMLParser):
    """What a page is made of, as far as the rules ask."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self.ids: Counter[str] = Counter()
        self.labels_for: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.radios: dict[str, bool] = {}
        self.headings = 0
        self.title = ""
        self.language = ""
        self.words: list[str] = []
        self.links: list[dict[str, str]] = []
        self.tables: list[dict[str, str]] = []
        self._stack: list[str] = []
        self._legends: list[bool] = []
        self._in_label = 0
        self.feed(html)
        self.close()
        self.problems += [f"never closed: <{tag}>" for tag in self._stack if tag not in SELF_CLOSING]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        names = [name for name, _ in attrs]
        self.problems += [f"<{tag}> has {name} twice" for name, times in Counter(names).items() if times > 1]
        self._attributes(tag, values)
        self._structure(tag, values)
        if tag not in VOID:
            self._stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._stack.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self._stack and self._stack[-1] != tag and self._stack[-1] in SELF_CLOSING:
            self._stack.pop()
        if not self._stack or self._stack.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")
        if tag == "label":
            self._in_label -= 1
        if tag == "fieldset":
            self._legends.pop()

    def handle_data(self, data: str) -> None:
        if "title" in self._stack and "svg" not in self._stack:
            self.title += data
        if not {"script", "style", "pre", "code"} & set(self._stack):
            self.words.append(data)

    def _attributes(self, tag: str, values: dict[str, str]) -> None:
        if "id" in values:
            self.ids[values["id"]] += 1
        for name, value in values.items():
            if name == "style" or name.startswith("on"):
                self.problems.append(f"<{tag}> carries {name}=")
            if name in {"src", "href", "action", "srcset"} and tag != "a" and OUTSIDE.match(value):
                self.problems.append(f"<{tag}> reaches another host: {value}")

    def _structure(self, tag: str, values: dict[str, str]) -> None:
        if tag == "html":
            self.language = values.get("lang", "")
        elif tag == "a":
            self.links.append(values)
        elif tag == "table" and "table" in values.get("class", "").split():
            self.tables.append(values)
        elif tag == "h1":
            self.headings += 1
        elif tag == "label":
            self._in_label += 1
            self.labels_for.add(values.get("for", ""))
        elif tag == "fieldset":
            self._legends.append(False)
        elif tag == "legend" and self._legends:
            self._legends[-1] = True
        elif tag == "img" and "alt" not in values:
            self.problems.append(f"an image without alt: {values.get('src')}")
        elif tag in FIELDS and values.get("type") not in UNLABELLED:
            self.fields.append(values | {"labelled": "yes" if self._in_label else ""})
            if values.get("type") == "radio":
                self.radios[values.get("name", "")] = bool(self._legends and self._legends[-1])


def unsigned(html: str) -> str:
    """The page without its signed tokens: only so can a word of two or three letters be said to be absent."""
    return SIGNED.sub("", html)


def problems_of(html: str) -> list[str]:
    """Everything wrong with a page by the rules of the house, as sentences."""
    page = Page(html)
    found = list(page.problems)
    if not html.lstrip().lower().startswith("<!doctype html>"):
        found.append("no doctype")
    if page.language not in {"ru", "en"}:
        found.append(f"the page's language is {page.language!r}")
    if not page.title.strip():
        found.append("no title")
    if "data-error-summary" in html and not page.title.startswith(("Ошибка:", "Error:")):
        found.append("the title does not begin with the mistake")
    if page.headings != 1:
        found.append(f"{page.headings} main headings")
    found += [f"id {name!r} stands {times} times" for name, times in page.ids.items() if times > 1]
    found += [f"the radio group {name!r} has no legend" for name, legend in page.radios.items() if not legend]
    found += [
        f"the field {field.get('name')!r} has no label"
        for field in page.fields
        if not field["labelled"] and field.get("id") not in page.labels_for and not field.get("aria-label")
        and not field.get("aria-labelledby")
    ]  # fmt: skip
    text = " ".join(page.words)
    found += [f"left over in the text: {one}" for one in LEFTOVER.findall(text)]
    return found


def tables_without_a_file(html: str) -> list[str]:
    """Tables of data without «Скачать в Excel»: a link of their own, or the page's one that they name.

    A table of a report has no name: its page gives the whole report as a workbook, or lets it be ordered.
    One of a guide (`data-excel="no"`) holds words and no data.
    """
    page = Page(html)
    files = {link.get("id") for link in page.links} - {None}
    own = Counter(link.get("aria-describedby", "") for link in page.links)
    reports = bool(EXCEL.search(html))
    return [
        f"the table {table.get('id')!r} has no file of its rows"
        for table in page.tables
        if table.get("data-excel") != "no"
        and not (
            (table.get("data-excel") in files or own[f"{table['id']}-caption"] == 1)
            if "id" in table
            else reports
        )
    ]


class CheckingClient(FlaskClient):
    """A test client that refuses a page which breaks the rules, whoever fetched it and why."""

    def open(self, *args: Any, **keywords: Any) -> TestResponse:
        response = super().open(*args, **keywords)
        response.request.environ["wsgi.input"].close()  # of a large upload a file that nobody else closes
        is_page = response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 307, 308}
        if is_page and response.data:
            found = problems_of(response.text)
            if response.request.method == "GET":
                found += tables_without_a_file(response.text)
            assert not found, f"{response.request.path}: " + "; ".join(found)
        return response

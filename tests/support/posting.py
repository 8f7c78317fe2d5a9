"""What a browser would post: the fields of a form as it stands in a page."""

from __future__ import annotations

from lxml import html
from lxml.html import FormElement
from werkzeug.datastructures import MultiDict


def posted(page: str, form_id: str = "") -> MultiDict[str, str]:
    """Fields of the form with the id, of the page's only one without; the pressed button stays out."""
    tree = html.fromstring(page)
    forms = [one for one in tree.iter("form") if not form_id or one.get("id") == form_id]
    found: FormElement = forms[0] if forms else html.fromstring(f"<form>{page}</form>")
    fields: MultiDict[str, str] = MultiDict()
    for control in found.iter("input", "select", "textarea"):
        name, value = control.get("name"), _value(control)
        if name and value is not None:
            fields.add(name, value)
    return fields


def _value(control: html.HtmlElement) -> str | None:
    if control.tag == "textarea":
        return (control.text or "").removeprefix("\n")
    if control.tag == "select":
        chosen = [one for one in control.iter("option") if one.get("selected") is not None]
        first = chosen or list(control.iter("option"))[:1]
        return first[0].get("value") if first else None
    if control.get("type") in ("checkbox", "radio") and control.get("checked") is None:
        return None
    return None if control.get("type") == "submit" else control.get("value", "")

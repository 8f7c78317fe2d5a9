"""The Jinja environment of report templates."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.render.printable import printable


def _fresh(templates: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=4)
def page_environment(templates: Path) -> Environment:
    """For fragments of pages: `templates` is the folder that holds `reports/`."""
    return _fresh(templates)


@lru_cache(maxsize=4)
def paper_environment(templates: Path) -> Environment:
    """For PDF: every text is cut down to what the embedded face can draw."""

    def finalize(value: Any) -> Any:
        return printable(value) if type(value) is str else value

    environment = _fresh(templates)
    environment.finalize = finalize
    return environment

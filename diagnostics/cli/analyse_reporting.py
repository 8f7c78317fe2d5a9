"""`--report FILE`: the answer of a command as a document, the same numbers in every format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from diagnostics.assets import path_of
from diagnostics.cli import analyse_contents as contents
from diagnostics.cli.analyse_reading import DataRefused
from diagnostics.reporting.language import words_of
from reports.contents.analysis import Origin
from reports.outline import Outline
from reports.outlines.analysis import ON_PAPER, ON_SCREEN, Look, about_lines, data_tables
from reports.outlines.analysis_growth import growth_outline
from reports.outlines.analysis_items import agreement_outline, dif_outline, items_outline
from reports.outlines.analysis_models import calibration_outline
from reports.render.page import page
from reports.render.pdf import TooLargeError, pdf
from reports.render.xlsx import xlsx
from reports.wording.words import Words

Draw = Callable[[Words, Look], Outline]
Kind = Callable[[dict[str, Any], Origin], Draw]
KINDS: dict[str, Kind] = {
    "items": lambda answer, origin: lambda w, look: items_outline(contents.items(answer, origin), w, look),
    "calibrate": lambda answer, origin: (
        lambda w, look: calibration_outline(contents.calibration(answer, origin), w, look)
    ),
    "dif": lambda answer, origin: lambda w, look: dif_outline(contents.dif(answer, origin), w, look),
    "growth": lambda answer, origin: lambda w, look: growth_outline(contents.growth(answer, origin), w, look),
    "agreement": lambda answer, origin: (
        lambda w, look: agreement_outline(contents.agreement(answer, origin), w, look)
    ),
}
FORMATS = (".html", ".pdf", ".xlsx")


@dataclass(frozen=True, slots=True)
class Report:
    """Where the report goes, and in which language."""

    path: Path
    language: str


def wanted(path: Path | None, language: str, sources: tuple[Path, ...]) -> Report | None:
    """Check what was asked before any work.

    Raises
    ------
    click.UsageError
        If the format is unknown, the folder is missing, or the report would replace the data.
    """
    if path is None:
        return None
    if path.suffix.lower() not in FORMATS:
        raise click.UsageError(f"--report {path}: a report ends in {', '.join(FORMATS)}")
    if not path.parent.is_dir():
        raise click.UsageError(f"--report {path}: there is no folder {path.parent}")
    if path.exists() and any(path.samefile(source) for source in sources):
        raise click.UsageError(f"--report {path}: this is the file of the answers")
    return Report(path, language)


def write(report: Report, command: str, answer: dict[str, Any], sources: tuple[Path, ...]) -> None:
    """Make the document and put it in its place; a report of the same name is replaced by the new one.

    Raises
    ------
    DataRefused
        If the tables are too long for a PDF.
    """
    data = content(report, KINDS[command](answer, origin_of(answer, sources)))
    fresh = report.path.with_name(f".{report.path.name}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(report.path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise click.UsageError(f"--report {report.path}: it cannot be written ({error.strerror})") from error


def origin_of(answer: dict[str, Any], sources: tuple[Path, ...]) -> Origin:
    """Data are as old as the youngest file: the same data, the same report."""
    youngest = max(source.stat().st_mtime for source in sources)
    return Origin(
        files=tuple(source.name for source in sources),
        data_cut=datetime.fromtimestamp(youngest, UTC).replace(microsecond=0),
        method_version=answer["method_version"],
        n=answer.get("n", answer.get("n_matched", 0)),
    )


def content(report: Report, draw: Draw) -> bytes:
    """Bytes of the format of the file's name.

    Raises
    ------
    DataRefused
    """
    words, suffix = words_of(report.language), report.path.suffix.lower()
    if suffix == ".html":
        outline = draw(words, ON_SCREEN)
        return page(outline, words, path_of("templates"), language=report.language).encode()
    outline = draw(words, ON_PAPER)
    if suffix == ".xlsx":
        return xlsx(
            data_tables(outline), words,
            title=f"{outline.title}. {' '.join(outline.subtitle)}",
            about=about_lines(outline),
            stamp=outline.heading.formed_at,
        )  # fmt: skip
    try:
        return pdf(outline, words, path_of("templates"))
    except TooLargeError as error:
        raise DataRefused(f"{error.rows} rows are too many for a PDF: ask for .xlsx or .html") from error

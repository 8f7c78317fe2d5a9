"""`orientir instrument …`: documents without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from diagnostics.cli.instrument_files import convert, import_command, read_work, template_command
from instruments.bundled import bundled
from instruments.checking import check_framework, check_instrument, check_scoring
from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.framework import Framework
from instruments.linting import lint
from instruments.problems import DocumentError, Problem, has_errors
from instruments.scoring import Scoring


@click.group()
def instrument() -> None:
    """Check, import and export documents of works, scorings and frameworks."""


for _command in (convert, template_command, import_command):
    instrument.add_command(_command)


@instrument.command(epilog="Example: orientir instrument check work.yaml --scoring key.yaml")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--scoring", "scoring_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def check(file: Path, scoring_file: Path | None, *, as_json: bool) -> None:
    """Tell every mistake of FILE (a document, a workbook, a text) at once, and hints; exit code 1 when there is an error."""
    if not _is_ours(file):
        read = read_work(file)
        hints = lint(read.instrument, read.scoring) if read.instrument else []
        _print([*read.problems, *hints], as_json=as_json)
        sys.exit(1 if has_errors(read.problems) else 0)
    try:
        document = read_document(file)
        scoring = _keys_in(scoring_file) if scoring_file and isinstance(document, Instrument) else None
        found = _problems(document)
        if isinstance(document, Instrument):
            if scoring is not None:
                found += check_scoring(document, scoring, _framework(scoring.framework))
            found += lint(document, scoring)
    except DocumentError as error:
        found = list(error.problems)
    _print(found, as_json=as_json)
    sys.exit(1 if has_errors(found) else 0)


def _is_ours(file: Path) -> bool:
    return file.suffix.lower() in (".yaml", ".yml", ".json")


def _keys_in(file: Path) -> Scoring:
    document = read_document(file)
    if not isinstance(document, Scoring):
        raise click.UsageError(f"{file} is a document of kind {document.kind}, not a scoring")
    return document


def _problems(document: Instrument | Scoring | Framework) -> list[Problem]:
    if isinstance(document, Instrument):
        return list(check_instrument(document))
    if isinstance(document, Framework):
        return list(check_framework(document))
    asked = bundled("instrument").get(document.instrument)
    if asked is None:
        raise click.UsageError(
            f"the scoring belongs to {document.instrument!r}: check that work's file and pass this one with --scoring"
        )
    return list(check_scoring(asked, document, _framework(document.framework)))


def _framework(code: str) -> Framework:
    found = bundled("framework").get(code)
    if found is None:
        raise click.UsageError(
            f"unknown framework {code!r}: shipped ones are {', '.join(bundled('framework'))}"
        )
    return found


def _print(found: list[Problem], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {"where": one.where, "code": one.code, "severity": one.severity.value, "message": one.sentence()}
            for one in found
        ]
        click.echo(json.dumps({"problems": rows, "errors": has_errors(found)}, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.severity.value}: {one.where}: {one.sentence()}")
    if not found:
        click.echo("no problems")

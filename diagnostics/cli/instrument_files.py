"""`orientir instrument convert | template | import`: works between workbooks, texts and documents of ours."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from diagnostics.catalogue.actions import drafts
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.cli.keeping import opened
from diagnostics.cli.user import found_person, found_place
from instruments.formats.anyfile import read_file
from instruments.formats.arrived import Read, Work
from instruments.formats.plaintext import read_text, write_text
from instruments.formats.uncarried import Left, uncarried
from instruments.formats.workbook import read_workbook, template, write_workbook
from instruments.formats.yaml import read_document, write_document
from instruments.problems import DocumentError, Severity
from instruments.scoring import Scoring

Existing = click.Path(exists=True, dir_okay=False, path_type=Path)
Target = click.Path(dir_okay=False, path_type=Path)


@dataclasses.dataclass(frozen=True)
class Sent:
    """Files that were written, and what they do not hold."""

    paths: tuple[Path, ...]
    left: tuple[Left, ...] = ()


@click.command(epilog="Example: orientir instrument convert work.yaml work.xlsx --scoring key.yaml")
@click.argument("source", type=Existing)
@click.argument("target", type=Target)
@click.option(
    "--scoring", "scoring_file", type=Existing, help="Keys of a YAML work; found beside it when left out."
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def convert(source: Path, target: Path, scoring_file: Path | None, *, as_json: bool) -> None:
    """Write SOURCE (YAML, XLSX, ODS, CSV, DOCX, text, Aiken) as TARGET (.yaml .xlsx .ods .csv .txt)."""
    writer = _WRITERS.get(target.suffix.lower())
    if writer is None:
        raise click.UsageError(f"TARGET must end with one of: {', '.join(_WRITERS)}")
    read = read_work(source, scoring_file)
    if read.instrument is None:
        _report(read, Sent(()), as_json=as_json)
        sys.exit(1)
    sent = writer(Work(read.instrument, read.scoring), target)
    _report(read, sent, as_json=as_json)
    sys.exit(1 if read.left_out else 0)


@click.command(name="template", epilog="Example: orientir instrument template new-work.xlsx")
@click.argument("target", type=Target)
@click.option(
    "--language", type=click.Choice(["ru", "en"]), default="ru", help="Names of sheets and columns."
)
@click.option("--full", is_flag=True, help="An example of every type instead of three questions.")
def template_command(target: Path, language: str, *, full: bool) -> None:
    """Write a workbook to fill in: examples, hints, drop-downs."""
    target.write_bytes(template(language, full=full))
    click.echo(f"written: {target}")


@click.command(name="import", epilog="Example: orientir instrument import work.xlsx --as anna@example.org")
@click.argument("source", type=Existing)
@click.option("--as", "who", required=True, help="Login or e-mail of the author.")
@click.option("--place", help="Code or id of the place; the topmost one when left out.")
@click.option("--scoring", "scoring_file", type=Existing)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def import_command(
    source: Path, *, who: str, place: str | None, scoring_file: Path | None, as_json: bool
) -> None:
    """Make a draft of SOURCE in the catalogue; the work is published from there by a second person."""
    read = read_work(source, scoring_file)
    if read.instrument is None:
        _report(read, Sent(()), as_json=as_json)
        sys.exit(1)
    body: dict[str, Any] = {"instrument": _body(read.instrument), "scoring": _body(read.scoring)}
    with opened(writing=True):
        draft, _ = drafts.create(
            DraftKind.INSTRUMENT, body, node_id=found_place(place), actor_id=found_person(who)
        )
        draft_id = draft.id
    _report(read, Sent(()), as_json=as_json, draft=draft_id)


def read_work(source: Path, scoring_file: Path | None = None) -> Read:
    """The work of a file. Keys of a YAML work stand in a file of their own, named or found beside it."""
    read = read_file(source.name, source.read_bytes())
    beside = scoring_file or _beside(source)
    if read.instrument is None or read.scoring is not None or beside is None:
        return read
    try:
        keys = read_document(beside)
    except DocumentError as wrong:
        raise click.ClickException(f"{beside}: {wrong}") from wrong
    if not isinstance(keys, Scoring):
        raise click.UsageError(f"{beside} is a document of kind {keys.kind}, not a scoring")
    return dataclasses.replace(read, scoring=keys)


def _beside(source: Path) -> Path | None:
    if source.suffix.lower() not in (".yaml", ".yml"):
        return None
    candidates = (
        source.with_name(f"{source.stem}.scoring{source.suffix}"),
        source.with_name(f"scoring{source.suffix}"),
    )
    return next((one for one in candidates if one.is_file() and one != source), None)


def _to_yaml(work: Work, target: Path) -> Sent:
    target.write_text(write_document(work.instrument), encoding="utf-8")
    if work.scoring is None:
        return Sent((target,))
    beside = target.with_name(f"{target.stem}.scoring{target.suffix}")
    beside.write_text(write_document(work.scoring), encoding="utf-8")
    return Sent((target, beside))


def _to_book(work: Work, target: Path) -> Sent:
    kind: Any = target.suffix.lower().removeprefix(".").replace("zip", "csv")
    content = write_workbook(*work, kind)
    target.write_bytes(content)
    return Sent((target,), uncarried(work, read_workbook(target.name, content)))


def _to_text(work: Work, target: Path) -> Sent:
    written = write_text(*work)
    target.write_text(written.text, encoding="utf-8")
    return Sent((target,), uncarried(work, read_text(written.text)))


_WRITERS: dict[str, Callable[[Work, Path], Sent]] = {
    ".yaml": _to_yaml, ".yml": _to_yaml, ".xlsx": _to_book, ".ods": _to_book, ".csv": _to_book, ".zip": _to_book,
    ".txt": _to_text,
}  # fmt: skip


def _body(document: Any) -> dict[str, Any]:
    return {} if document is None else document.model_dump(mode="json", exclude_defaults=True)


def _report(read: Read, sent: Sent, *, as_json: bool, draft: str | None = None) -> None:
    items = len(read.instrument.items) if read.instrument else 0
    unread = [{"item": code, "reason": _why(read, code)} for code in read.left_out]
    left = [{"item": one.item, "reason": one.reason()} for one in sent.left]
    lost = {one.item for one in sent.left if one.item and not one.field}
    problems = [
        {"where": one.where, "code": one.code, "severity": one.severity.value, "message": one.sentence()}
        for one in read.problems
    ]
    told = {
        "items": items + len(unread), "carried": items - len(lost), "not_carried": [*unread, *left],
        "problems": problems, "read_as": read.origin.kind, "encoding": read.origin.encoding,
        "written": [str(path) for path in sent.paths], "draft": draft,
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in problems:
        click.echo(f"{one['severity']}: {one['where']}: {one['message']}", err=one["severity"] == "error")
    for one in (*unread, *left):
        click.echo(f"not carried: {one['item'] or '-'}: {one['reason']}")
    click.echo(f"items: {told['items']}, carried: {told['carried']}")
    for path in (*sent.paths, *([f"draft {draft}"] if draft else [])):
        click.echo(f"written: {path}")


def _why(read: Read, code: str) -> str:
    errors = [
        one.sentence()
        for one in read.problems
        if one.path.startswith(f"items.{code}")
        and one.severity is Severity.ERROR
        and one.code != "item_left_out"
    ]
    return " ".join(errors) or "item_left_out"

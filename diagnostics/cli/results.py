"""`orientir results import`: results from elsewhere become a finished diagnosis."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from diagnostics import clock
from diagnostics.campaigns.models import WaveKind
from diagnostics.catalogue import bundled
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.cli.keeping import opened
from diagnostics.database import Json, session
from diagnostics.findings import actions
from diagnostics.findings.importing.planning import KINDS, ImportPlan, Settings
from diagnostics.findings.importing.problems import AlreadyImported, ImportRefused, Problem
from diagnostics.findings.queries import imports
from diagnostics.people.queries.actors import roles_of

File = click.Path(exists=True, dir_okay=False, path_type=Path)
Day = click.DateTime(["%Y-%m-%d"])


@click.group()
def results() -> None:
    """Bring results from other systems."""


@results.command(
    "import",
    epilog="Example: orientir results import answers.csv --kind items --campaign-title 'Входной тест' --key key.csv",
)
@click.argument("file", type=File)
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Item answers or points of blocks.")
@click.option("--campaign-title", "title", required=True, help="Name of the diagnosis that is made.")
@click.option("--framework", default="dpo", show_default=True, help="Code of a published framework.")
@click.option("--preset", default="levels3", show_default=True, help="Levels of the framework.")
@click.option(
    "--key", type=File, help="For items: columns item, competence and, if needed, key, points, title."
)
@click.option("--block", default="", help="For items without a key: the competence that all of them measure.")
@click.option(
    "--match", "matches", multiple=True, metavar="ROW=PERSON", help="PERSON: an id, a row number, or 'new'."
)
@click.option("--entry-on", type=Day, help="Day of the entry; without it, days up to today.")
@click.option("--exit-on", type=Day, help="Day of the exit.")
@click.option("--owner", metavar="LOGIN", help="Whose diagnosis it is; without it, the first trainer.")
@click.option("--check", "only_check", is_flag=True, help="Show what would be made, change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def import_(
    file: Path,
    kind: str,
    title: str,
    framework: str,
    preset: str,
    key: Path | None,
    block: str,
    matches: tuple[str, ...],
    entry_on: datetime | None,
    exit_on: datetime | None,
    owner: str | None,
    *,
    only_check: bool,
    as_json: bool,
) -> None:
    """Read FILE (CSV or XLSX), match its people, make the diagnosis; exit code 1 when something is wrong or open."""
    days = {WaveKind.ENTRY: entry_on, WaveKind.EXIT: exit_on}
    with opened(writing=True) as (_app, config):
        given = Settings(
            kind=kind,
            title=title,
            framework_id=_framework(framework),
            preset=preset,
            block=block,
            dates={wave: day.date() for wave, day in days.items() if day},
            matches=dict(map(_match, matches)),
        )
        upload = actions.Upload(file.name, file.read_bytes())
        key_upload = actions.Upload(key.name, key.read_bytes()) if key else None
        answer, well = _import(upload, key_upload, given, owner, config.files_dir, only_check=only_check)
        if only_check or not well:
            session.rollback()
    _tell(answer, as_json=as_json)
    sys.exit(0 if well else 1)


def _import(
    upload: actions.Upload,
    key: actions.Upload | None,
    given: Settings,
    owner: str | None,
    folder: Path,
    *,
    only_check: bool,
) -> tuple[Json, bool]:
    owner_id, node_id = _owner(owner)
    try:
        plan = imports.plan_of(upload.content, key.content if key else None, given, node_id=node_id)
        if only_check or not plan.ready:
            return _shown(plan), plan.ready
        kept = actions.keep_import(upload, key, given, node_id=node_id, folder=folder, actor_id=owner_id)
        made = actions.apply_import(kept, plan, owner_id=owner_id, actor_id=owner_id)
    except ImportRefused as refused:
        return {"problems": _rows(refused.problems)}, False
    except AlreadyImported as refused:
        return {"problems": [{"code": refused.code}], "campaign_id": refused.campaign_id}, False
    return _shown(plan) | {"campaign_id": made.campaign_id, "waves": list(made.waves)}, True


def _framework(code: str) -> str:
    found = catalogue.latest_published(VersionKind.FRAMEWORK, code)
    if found is None:
        bundled.install()
        found = catalogue.latest_published(VersionKind.FRAMEWORK, code)
    if found is None:
        raise click.UsageError(f"no published framework {code!r}")
    return found.id


def _owner(login: str | None) -> tuple[str, str]:
    today = clock.now().date()
    people = imports.importers(today, login)
    node_id = imports.place_of(roles_of(people[0], today)) if people else None
    if node_id is None:
        raise click.UsageError("nobody here may import results: name one with --owner LOGIN")
    return people[0], node_id


def _match(text: str) -> tuple[int, str]:
    row, _, who = text.partition("=")
    if not row.isdigit() or not who:
        raise click.UsageError(f"--match {text!r}: write ROW=PERSON, for instance 27=3 or 27=new")
    return int(row), f"row:{who}" if who.isdigit() else who


def _shown(plan: ImportPlan) -> Json:
    return {
        "rows": plan.rows,
        "persons": plan.persons,
        "new_persons": plan.new_persons,
        "findings": len(plan.entries),
        "people_in": {wave.value: plan.people_in(wave) for wave in plan.waves},
        "blocks": list(plan.blocks),
        "empty_cells": plan.empty_cells,
        "problems": _rows(plan.problems),
        "doubts": [
            {
                "row": doubt.row,
                "name": doubt.full_name,
                "candidates": {one.ref: one.full_name for one in doubt.candidates},
            }
            for doubt in plan.people.undecided
        ],
    }


def _rows(problems: Sequence[Problem]) -> list[Json]:
    return [
        {"row": one.row, "column": one.column, "code": one.code, "value": one.value, **one.parameters}
        for one in problems
    ]


def _tell(answer: Json, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    for one in answer.get("problems", ()):
        place = f"row {one['row']}" if one.get("row") else "file"
        click.echo(f"{place}: {one['code']} {one.get('column', '')} {one.get('value', '')}".rstrip())
    for doubt in answer.get("doubts", ()):
        named = ", ".join(f"{ref} ({name})" for ref, name in doubt["candidates"].items())
        click.echo(
            f"row {doubt['row']}: {doubt['name']} may be {named}: add --match {doubt['row']}=… or =new"
        )
    if "findings" in answer:
        click.echo(
            f"{answer['findings']} results of {answer['persons']} persons, {answer['new_persons']} of them new"
        )
    if answer.get("campaign_id"):
        click.echo(f"diagnosis {answer['campaign_id']}")

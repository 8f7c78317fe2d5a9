"""`orientir analyse …`: the measurement core on plain CSV files, without any base."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from diagnostics.cli import (
    analyse_agreement,
    analyse_calibrate,
    analyse_dif,
    analyse_growth,
    analyse_growth_showing,
    analyse_items,
)
from diagnostics.cli.analyse_cells import KeyLine
from diagnostics.cli.analyse_keys import read_key
from diagnostics.cli.analyse_pairing import read_pair
from diagnostics.cli.analyse_reading import DataRefused, one_line, read_answers
from diagnostics.cli.analyse_reporting import Report, wanted, write
from diagnostics.cli.analyse_showing import as_json as to_json

File = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
Maker = Callable[[], dict[str, Any]]
Words = Callable[[dict[str, Any]], str]


@click.group()
def analyse() -> None:
    """Analyse a CSV of answers: a row a person, a column an item, NA or empty = missing."""


no_header = click.option("--no-header", is_flag=True, help="The first row holds answers: names are i1, i2, …")
machine = click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
languages = click.option(
    "--lang", type=click.Choice(["ru", "en"]), default="ru", show_default=True, help="Language of the report."
)
reported = click.option(
    "--report", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.html|.pdf|.xlsx",
    help="Write a document of the same numbers with figures; an older one of this name is replaced.",
)  # fmt: skip
ignored = click.option(
    "--ignore", default="", metavar="A,B,C", help="Columns that are neither items nor asked for."
)
keyed = click.option(
    "--key", type=File, help="Right answers: columns item, key (and points). Without it the cells are scores."
)


@analyse.command(epilog="Example: orientir analyse items answers.csv --key key.csv --json")
@click.argument("file", type=File)
@keyed
@click.option(
    "--max", "maximum", type=click.FloatRange(min=0, min_open=True), help="Highest score of every item."
)
@ignored
@no_header
@reported
@languages
@machine
def items(
    file: Path, key: Path | None, maximum: float | None, ignore: str, target: Path | None, lang: str,
    *, no_header: bool, as_json: bool,
) -> None:  # fmt: skip
    """Difficulty and rest correlation of each item; alpha, omega and standard error of the test."""
    report = wanted(target, lang, (file,))

    def make() -> dict[str, Any]:
        found = key_of(key)
        answers = read_answers(file, header=not no_header, key=found, ignore=listed(ignore))
        return analyse_items.answer_of(answers, found, maximum)

    answer = tell("items", (file,), make, analyse_items.shown, report, as_json=as_json)
    stop = analyse_items.refusal(answer, keyed=key is not None)
    if stop:
        click.echo(f"{file}: {stop}", err=True)
        sys.exit(1)


@analyse.command(epilog="Example: orientir analyse calibrate answers.csv --model rasch --cut 60 --json")
@click.argument("file", type=File)
@click.option(
    "--model",
    type=click.Choice(analyse_calibrate.MODELS),
    default="rasch",
    show_default=True,
    help="rasch, 1pl, 2pl: right or wrong; pcm, rsm, gpcm, grm: categories 0, 1, 2 …",
)
@click.option(
    "--way",
    type=click.Choice(list(analyse_calibrate.WAYS)),
    help="How items are found; without it, what suits the model and the number of people.",
)
@click.option("--cut", "cuts", type=float, multiple=True, help="Per cent of the total: the error there.")
@keyed
@ignored
@no_header
@reported
@languages
@machine
def calibrate(
    file: Path, model: str, way: str | None, cuts: tuple[float, ...], key: Path | None, ignore: str, target: Path | None,
    lang: str, *, no_header: bool, as_json: bool,
) -> None:  # fmt: skip
    """Difficulties (and slopes) of the items on one scale, with standard errors."""
    report = wanted(target, lang, (file,))

    def make() -> dict[str, Any]:
        answers = read_answers(file, header=not no_header, key=key_of(key), ignore=listed(ignore))
        return analyse_calibrate.answer_of(answers, model, cuts, way)

    tell("calibrate", (file,), make, analyse_calibrate.shown, report, as_json=as_json)


@analyse.command(epilog="Example: orientir analyse dif answers.csv --group place --json")
@click.argument("file", type=File)
@click.option("--group", required=True, metavar="COLUMN", help="Column that names the group of each person.")
@click.option("--reference", help="Value of the reference group; without it, the first in order.")
@click.option("--focal", help="Value of the focal group.")
@keyed
@ignored
@no_header
@reported
@languages
@machine
def dif(
    file: Path, group: str, reference: str | None, focal: str | None, key: Path | None, ignore: str,
    target: Path | None, lang: str, *, no_header: bool, as_json: bool,
) -> None:  # fmt: skip
    """Items that people of equal score, but of different groups, solve unequally often."""
    report = wanted(target, lang, (file,))

    def make() -> dict[str, Any]:
        answers = read_answers(file, header=not no_header, text=group, key=key_of(key), ignore=listed(ignore))
        return analyse_dif.answer_of(answers, analyse_dif.groups_of(answers, group, reference, focal))

    tell("dif", (file,), make, analyse_dif.shown, report, as_json=as_json)


@analyse.command(
    epilog="Example: orientir analyse growth entry.csv exit.csv --anchors q1,q2,q3,q4,q5,q6,q7,q8 --json"
)
@click.argument("entry", type=File)
@click.argument("leave", metavar="EXIT", type=File)
@click.option("--anchors", default="", metavar="A,B,C", help="Items that are the same task in both files.")
@click.option(
    "--cluster", metavar="COLUMN", help="Column of ENTRY with the school or class: intervals by it."
)
@keyed
@click.option("--key-exit", type=File, help="Right answers of EXIT, where they are not those of --key.")
@click.option(
    "--max", "maximum", type=click.FloatRange(min=0, min_open=True), help="Highest score of every item."
)
@ignored
@reported
@languages
@machine
def growth(
    entry: Path, leave: Path, anchors: str, cluster: str | None, key: Path | None, key_exit: Path | None,
    maximum: float | None, ignore: str, target: Path | None, lang: str, *, as_json: bool,
) -> None:  # fmt: skip
    """What changed between ENTRY and EXIT of the same people (column person), if it may be compared at all."""
    report = wanted(target, lang, (entry, leave))

    def make() -> dict[str, Any]:
        first = key_of(key)
        keys = first, key_of(key_exit) if key_exit else first
        pair = read_pair(entry, leave, keys, maximum, cluster, listed(ignore))
        return analyse_growth.answer_of(pair, listed(anchors), cluster)

    tell("growth", (entry, leave), make, analyse_growth_showing.shown, report, as_json=as_json)


@analyse.command(epilog="Example: orientir analyse agreement marks.csv --json")
@click.argument("file", type=File)
@ignored
@no_header
@reported
@languages
@machine
def agreement(
    file: Path, ignore: str, target: Path | None, lang: str, *, no_header: bool, as_json: bool
) -> None:
    """Do raters agree? A row a work, a column a rater."""
    report = wanted(target, lang, (file,))

    def make() -> dict[str, Any]:
        return analyse_agreement.answer_of(read_answers(file, header=not no_header, ignore=listed(ignore)))

    tell("agreement", (file,), make, analyse_agreement.shown, report, as_json=as_json)


def listed(names: str) -> tuple[str, ...]:
    """Names between commas, each once."""
    return tuple(dict.fromkeys(one_line(name) for name in names.split(",") if name.strip()))


def key_of(path: Path | None) -> dict[str, KeyLine] | None:
    """The key, whose refusals name its file."""
    if path is None:
        return None
    try:
        return read_key(path)
    except DataRefused as refused:
        named = DataRefused(f"{path.name}: {refused}")
        named.row, named.column = refused.row, refused.column
        raise named from refused


def tell(
    command: str, files: tuple[Path, ...], make: Maker, words: Words, report: Report | None,
    *, as_json: bool,
) -> dict[str, Any]:  # fmt: skip
    """Print the answer and write the report, or one sentence with its place and exit code 1."""
    try:
        answer = make()
        if report is not None:
            write(report, command, answer, files)
    except DataRefused as refused:
        wrong = refused.file or files[0]
        if as_json:
            place = {"row": refused.row, "column": refused.column}
            click.echo(to_json({"error": str(refused), "where": {"file": wrong.name} | place}))
        click.echo(f"{wrong}: {refused}", err=True)
        sys.exit(1)
    click.echo(to_json(answer) if as_json else words(answer))
    return answer

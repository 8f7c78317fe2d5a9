"""One table of commands; an error is one sentence and the place, the exit code 0, 1 (problems) or 2 (misuse)."""

from __future__ import annotations

import sys

import click

from diagnostics.cli.analyse import analyse
from diagnostics.cli.demo import demo
from diagnostics.cli.instrument import instrument
from diagnostics.cli.keeping import backup, restore, verify
from diagnostics.cli.results import results
from diagnostics.cli.serving import serve, worker
from diagnostics.cli.user import user
from diagnostics.config import ConfigError
from diagnostics.errors import DomainError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Orientir: diagnostics of teacher competence, from the question to the change it caused."""


COMMANDS: tuple[click.Command, ...] = (
    serve,
    worker,
    demo,
    user,
    instrument,
    backup,
    restore,
    verify,
    results,
    analyse,
)
for _command in COMMANDS:
    cli.add_command(_command)


def main() -> None:
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(1)
    except ConfigError as error:
        click.echo(f"orientir: {error}", err=True)
        sys.exit(2)
    except DomainError as error:
        details = ", ".join(f"{name}={value}" for name, value in error.parameters.items())
        click.echo(f"orientir: {error.code}" + (f" ({details})" if details else ""), err=True)
        sys.exit(1)
    except SystemExit:
        raise

"""Runs commands on files that a test writes down as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from diagnostics.cli.analyse import analyse

#: Exit code, answer, what stood on the error channel.
Ran = tuple[int, Any, str]
RunFiles = Callable[..., Ran]


@pytest.fixture
def run_files(tmp_path: Path) -> RunFiles:
    """`run_files(command, {name: content}, *options)`: the files are the arguments, in their order."""

    def call(command: str, files: Mapping[str, str | bytes], *options: str) -> Ran:
        paths = []
        for name, content in files.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(str(path))
        found = CliRunner().invoke(analyse, [command, *paths, "--json", *options])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        assert "NaN" not in found.stdout
        assert "Infinity" not in found.stdout
        return found.exit_code, json.loads(found.stdout or "null"), found.stderr

    return call

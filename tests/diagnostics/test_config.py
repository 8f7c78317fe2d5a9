from __future__ import annotations

from pathlib import Path

import pytest

from diagnostics import config
from diagnostics.config import ConfigError


def load(folder: Path, **values: str) -> config.Config:
    return config.load({"DATA_DIR": str(folder), **values})


def test_a_fresh_folder_gets_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    first = load(tmp_path)
    assert len(first.secret_key) >= 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert load(tmp_path).secret_key == first.secret_key


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ("postgres://u@h/b", "postgresql+psycopg://u@h/b"),
        ("postgresql://u@h/b", "postgresql+psycopg://u@h/b"),
        ("sqlite:////x.db", "sqlite:////x.db"),
    ],
)
def test_a_database_address_is_read_as_people_write_it(tmp_path: Path, given: str, opened: str) -> None:
    assert load(tmp_path, DATABASE_URL=given).database_url == opened


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("PORT", "80a"),
        ("PORT", "70000"),
        ("PORT", "0"),
        ("DATABASE_URL", "mysql://x"),
    ],
)
def test_an_unsafe_or_unreadable_setting_refuses_the_start_and_is_named(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(ConfigError, match=name):
        load(tmp_path, **{name: value})


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False)],  # noqa: S104
)
def test_only_loopback_counts_as_this_machine(tmp_path: Path, host: str, loopback: bool) -> None:
    assert load(tmp_path, HOST=host).is_loopback is loopback


def test_cookies_are_secure_where_the_address_is_https(tmp_path: Path) -> None:
    assert load(tmp_path, BASE_URL="https://orientir.example").secure_cookies
    assert not load(tmp_path).secure_cookies

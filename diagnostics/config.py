"""Typed settings. A default is safe in production and fit to be public, or the start is refused."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


class ConfigError(Exception):
    """A setting that makes a safe start impossible; the message is the exact fix."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Every number of the rules that is our own decision, in one place, so that tests read it too."""

    password_minimum: int = 10
    password_maximum: int = 1000
    sign_in_failures: int = 5
    sign_in_window_minutes: int = 15
    session_idle_minutes: int = 30
    session_hours: int = 12
    invitation_days: int = 14
    reset_minutes: int = 60
    paper_code_failures: int = 10
    # New sittings by one link from one network: a whole school may stand behind one address.
    link_sittings_an_hour: int = 200
    save_body_bytes: int = 64 * 1024
    batch_events: int = 200
    upload_bytes: int = 20 * 1024 * 1024
    sequence_jump: int = 100_000
    late_grace_seconds: int = 30  # a save that was on its way at the deadline still counts
    # From the deadline until a wave closes itself: answers typed without a connection arrive the next
    # morning, and the organiser may still prolong the wave.
    wave_close_grace_hours: int = 12
    group_minimum_adults: int = 5
    group_minimum_pupils: int = 10
    group_minimum_words: int = 20  # answers of a group from which its free texts may be read at all
    search_characters: int = 200
    # An expert may mend the last mark of a work for so long; then the result is counted and given out.
    marking_mend_minutes: int = 10
    marking_hold_minutes: int = 30  # an answer that an expert has begun to mark is not offered to another
    job_lease_seconds: int = 30
    job_attempts: int = 5


@dataclass(frozen=True, slots=True)
class Config:
    data_dir: Path
    database_url: str
    queue_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = ""
    mail_url: str = ""
    secure_cookies: bool = False
    erased_log: Path = Path("erased.log")  # whom this installation has erased, outside every base
    secret_before: str = ""  # replaced by `secret_key`: files of answers made before are still read
    second_step: str = "nobody"  # who must sign in with a code too: nobody | administrators | staff
    limits: Limits = field(default_factory=Limits)

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def secrets(self) -> tuple[str, ...]:
        """The present secret, then the one before it, if it is told."""
        return tuple(filter(None, (self.secret_key, self.secret_before)))

    @property
    def is_loopback(self) -> bool:
        return self.host in {"127.0.0.1", "localhost", "::1"}

    @property
    def files_dir(self) -> Path:
        return self.data_dir / "files"

    @property
    def public_url(self) -> str:
        return self.base_url or f"http://{self.host}:{self.port}"


def load(environment: Mapping[str, str] | None = None) -> Config:
    """Settings from the environment; refuses what cannot be run safely.

    Raises
    ------
    ConfigError
        With one sentence that says what to set.
    """
    values = os.environ if environment is None else environment
    data_dir = Path(values.get("DATA_DIR", ".data")).resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    base_url = values.get("BASE_URL", "").rstrip("/")
    host = values.get("HOST", "127.0.0.1")
    return Config(
        data_dir=data_dir,
        database_url=_database_url(values.get("DATABASE_URL", ""), data_dir),
        queue_url=values.get("QUEUE_URL", ""),
        secret_key=_secret_key(values.get("SECRET_KEY", ""), data_dir),
        secret_before=values.get("SECRET_KEY_BEFORE", ""),
        host=host,
        port=_port(values.get("PORT", "8000")),
        base_url=base_url,
        mail_url=values.get("MAIL_URL", ""),
        secure_cookies=base_url.startswith("https://"),
        erased_log=Path(values.get("ERASED_LOG", "") or data_dir / "erased.log").resolve(),
        second_step=_second_step(values.get("SECOND_STEP", ""), base_url),
    )


def _database_url(given: str, data_dir: Path) -> str:
    if not given:
        return f"sqlite:///{data_dir / 'orientir.db'}"
    for scheme in ("postgres://", "postgresql://"):
        if given.startswith(scheme):
            return "postgresql+psycopg://" + given.removeprefix(scheme)
    if given.startswith(("sqlite:", "postgresql+psycopg:")):
        return given
    message = "DATABASE_URL: only sqlite:///… and postgresql://… are supported"
    raise ConfigError(message)


def _secret_key(given: str, data_dir: Path) -> str:
    if given:
        if len(given) < 32:  # noqa: PLR2004 - 32 characters, named in the message below
            message = "SECRET_KEY is shorter than 32 characters: set a random one or remove it to use the stored key"
            raise ConfigError(message)
        return given
    path = data_dir / "secret_key"
    if not path.exists():
        # Written once with owner-only rights: restarts keep sessions, a copy of the code does not.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _second_step(given: str, base_url: str) -> str:
    """Where the product is served to the world (https), administrators need a second step unless told otherwise."""
    if not given:
        return "administrators" if base_url.startswith("https://") else "nobody"
    if given in {"nobody", "administrators", "staff"}:
        return given
    message = f"SECOND_STEP must be nobody, administrators or staff, not {given!r}"
    raise ConfigError(message)


def _port(given: str) -> int:
    if not given.isdigit() or not 0 < int(given) < 65536:  # noqa: PLR2004 - the range of TCP ports
        message = f"PORT must be a number from 1 to 65535, not {given!r}"
        raise ConfigError(message)
    return int(given)

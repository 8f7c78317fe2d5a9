"""The queue that carries job ids: SQLite in the data folder by default, Redis when QUEUE_URL says so.

It may lose or double a message without harm: the job table is the truth, claims are exclusive and a
sweeper wakes whatever is due.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from diagnostics.config import Config, ConfigError

if TYPE_CHECKING:
    from huey import Huey

log = logging.getLogger("orientir.jobs")

TASK = "run_job"
REDIS = ("redis://", "rediss://")


def _unbound(job_id: str) -> None:
    """What a process without a worker does with a message: nothing; the sweeper will wake it."""
    del job_id


class Transport:
    """Sends ids; a worker's transport also says what to do with one.

    The queue is opened when the first id is sent: a page needs neither it nor the clients that huey brings.

    Raises
    ------
    ConfigError
        At once, for a QUEUE_URL that names no queue we know.
    """

    def __init__(self, config: Config, act: Callable[[str], object] = _unbound) -> None:
        if config.queue_url and not config.queue_url.startswith(REDIS):
            message = (
                "QUEUE_URL: only redis://… is supported; leave it empty for the queue in the data folder"
            )
            raise ConfigError(message)
        self._config, self._act = config, act

    @cached_property
    def huey(self) -> Huey:
        return make_huey(self._config)

    @cached_property
    def _task(self) -> Callable[[str], Any]:
        act = self._act

        def run_job(job_id: str) -> None:  # one name and module for sender and worker: huey matches both
            act(job_id)

        found: Callable[[str], Any] = self.huey.task(name=TASK)(run_job)
        return found

    def register(self) -> None:
        """For the consumer: the task must be known before the first message of a former run is taken."""
        _ = self._task

    def send(self, job_ids: Iterable[str]) -> None:
        for job_id in job_ids:
            self._task(job_id)


def make_huey(config: Config) -> Huey:
    from huey import RedisHuey, SqliteHuey  # noqa: PLC0415 - brings the clients of redis and PostgreSQL

    if not config.queue_url:
        return SqliteHuey("orientir", filename=str(config.data_dir / "queue.db"), fsync=True, results=False)
    from redis import ConnectionPool  # noqa: PLC0415 - as above

    # A queue that does not answer holds up neither who sends nor, for longer than this, the consumer.
    pool = ConnectionPool.from_url(config.queue_url, socket_connect_timeout=2, socket_timeout=5)
    return RedisHuey("orientir", connection_pool=pool, results=False)


_waker: Callable[[list[str]], None] | None = None


def use(waker: Callable[[list[str]], None] | None) -> None:
    """What is told the ids of committed jobs in this process; None: the sweeper alone finds them."""
    global _waker  # noqa: PLW0603 - a process has one queue
    _waker = waker


@sa.event.listens_for(Session, "after_commit")
def _wake(current: Session) -> None:
    ids = current.info.pop("wake", [])
    if not ids or _waker is None:
        return
    try:
        _waker(ids)
    except (
        Exception
    ):  # whatever the queue's client raises: the rows are committed, and the sweeper finds them
        log.warning("the queue does not answer; the sweeper wakes what waits", exc_info=True)


@sa.event.listens_for(Session, "after_rollback")
def _forget(current: Session) -> None:
    current.info.pop("wake", None)

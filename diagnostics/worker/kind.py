from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diagnostics.access import Permission, Thing
from diagnostics.jobs.queries import JobView

#: Tell(stage, done, total): progress in a transaction of its own. What the handler has not committed is rolled back.
#: What it has not committed when it returns is committed with the job's end, in one transaction.
Tell = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job leaves: a stored file, not committed yet, a page to open, or nothing."""

    file_id: str | None = None
    url: str | None = None


NOTHING = Outcome()


@dataclass(frozen=True, slots=True)
class Together:
    """How up to `most` first tries of a kind run in one transaction, which the caller commits.

    `run` does all or raises; then each job is run by itself, so that only the failing one fails.
    """

    run: Callable[[Sequence[JobView]], None]
    most: int


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job. A kind without permission is the system's own and has no asker."""

    run: Callable[[JobView, Tell], Outcome]
    permission: Permission | None = None
    thing: Callable[[str], Thing] | None = None  # subject_id → what the asker must be allowed to use
    together: Together | None = None
    pause: float = 1  # seconds: after a failure it is tried again after 2, 4, 8 … of them

    def __post_init__(self) -> None:
        if self.together is not None and self.permission is not None:
            message = "each asker's right is checked alone"
            raise ValueError(message)

"""F3: kill -9 of the worker in the middle of a PDF and of a letter: each report is made once and whole, none left half.

The engine of PDF is a child of the worker: it must not outlive it.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
from diagnostics.files.models import StoredFile
from diagnostics.findings.models import Finding
from diagnostics.jobs import actions as jobs
from diagnostics.jobs.actions import DUE
from diagnostics.jobs.models import Job, JobState
from diagnostics.outbox import actions as outbox
from diagnostics.outbox.models import Letter, LetterState
from diagnostics.upkeep import retention
from tests.faults.trial import Trial, begin, send_all
from tests.support.smtp import MailServer, mail_server
from tests.support.worker_process import engines_of, lives, wait_until, worker

REPORT = "reporting.person"


def everybody_asks(trial: Trial) -> None:
    """All have a result and ask for it on paper; a letter to each waits between the reports."""
    send_all(trial)
    trial.run_due()
    with trial.acting():
        for found in session.scalars(sa.select(Finding)):
            jobs.enqueue(REPORT, found.id, asker_id=found.person_id, parameters={"format": "pdf"})
            outbox.write(
                to_address=f"{found.person_id}@example.org",
                subject="Результат готов",
                text="Отчёт можно скачать.",
                about="result",
                to_person_id=found.person_id,
                sender_id=None,
            )


def tries(trial: Trial, kind: str) -> int:
    with trial.acting():
        return session.scalar(sa.select(sa.func.sum(Job.attempts)).where(Job.kind == kind)) or 0


def over(trial: Trial) -> bool:
    with trial.acting():
        due = sa.select(Job.id).where(Job.state.in_(DUE), Job.kind.in_([REPORT, "outbox.send"]))
        return session.scalars(due).first() is None


def nothing_half(trial: Trial) -> Counter[JobState]:
    """What a person can reach is whole: a report for each job that is done, and none for any other."""
    with trial.acting():
        made = session.scalars(sa.select(Job).where(Job.kind == REPORT)).all()
        stored = {one.id: one for one in session.scalars(sa.select(StoredFile))}
        assert set(stored) == {one.result_file_id for one in made if one.state is JobState.DONE}
        assert all(one.result_file_id is None for one in made if one.state is not JobState.DONE)
        for row in stored.values():
            content = (trial.folder / "files" / row.id).read_bytes()
            assert hashlib.sha256(content).hexdigest() == row.sha256
            assert content.startswith(b"%PDF")
        return Counter(one.state for one in made)


def nothing_twice(trial: Trial, mail: MailServer) -> None:
    """A letter came once; or the worker died in the conversation, and then it is listed and not sent again."""
    came = Counter(message["To"] for _, message in mail.letters)
    with trial.acting():
        for letter in session.scalars(sa.select(Letter)):
            if letter.state is LetterState.SENT:
                assert came[letter.to_address] == 1
            else:
                assert (letter.state, letter.error) == (LetterState.FAILED, "mail_unknown")
                assert came[letter.to_address] <= 1


def nothing_left_over(trial: Trial) -> int:
    """Bytes that a killed worker left without a row are nobody's; the daily clearing takes them. How many there were."""
    with trial.acting(), clock.shifted(2 * retention.STRAY_KEPT):
        stray = retention.clear(trial.folder / "files")["stray_bytes"]
        named = set(session.scalars(sa.select(StoredFile.id)))
    assert {path.name for path in (trial.folder / "files").iterdir()} == named
    return stray


def kill_while_printing(folder: Path, url: str, *, people: int, kills: int, seed: int) -> None:
    trial, chance = begin(folder, url, people=people, browsers=1), random.Random(seed)
    everybody_asks(trial)
    with mail_server() as mail:
        mail.slow = 0.05
        environment = trial.environment | {"MAIL_URL": mail.url}
        for _ in range(kills):
            before = tries(trial, REPORT)
            with worker(environment) as process:
                wait_until(lambda before=before: tries(trial, REPORT) > before)  # type: ignore[misc]
                time.sleep(chance.uniform(0.0, 0.8))
                engines = engines_of(process.pid)
            wait_until(lambda engines=engines: not any(map(lives, engines)))  # type: ignore[misc]
            assert nothing_half(trial)[JobState.DONE] < people
        with worker(environment):
            wait_until(lambda: over(trial))
        assert nothing_half(trial) == {JobState.DONE: people}
        nothing_twice(trial, mail)
    again = tries(trial, REPORT) - people
    assert again > 0
    print(f"reports {people}, kills {kills}, begun again {again}, left over {nothing_left_over(trial)}")


def test_reports_and_letters_are_made_once_although_the_worker_is_killed(
    sqlite_url: str, tmp_path: Path
) -> None:
    kill_while_printing(tmp_path, sqlite_url, people=6, kills=2, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_thirty_kills_in_the_middle_of_a_pdf_in_ten_runs(url: str, tmp_path: Path, seed: int) -> None:
    kill_while_printing(tmp_path, url, people=16, kills=3, seed=seed)

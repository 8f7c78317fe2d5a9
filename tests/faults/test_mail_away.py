"""F16: the mail server is away, refuses, says nothing or breaks off: answering goes on, and each letter leaves once.

The worker, the web process and the mail server are real; the minutes between the tries are parts of a second here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.findings.models import Finding
from diagnostics.jobs.models import Job, JobState
from diagnostics.outbox import actions as outbox
from diagnostics.outbox import queries as letters_of
from diagnostics.outbox.models import Letter, LetterState
from diagnostics.web.running.letters import FAILURES
from tests.faults.trial import Trial, begin
from tests.support.history import together
from tests.support.postgres import free_port
from tests.support.smtp import MailServer, mail_server
from tests.support.worker_process import wait_until, worker

LETTERS = 3
PAUSE = 0.2  # seconds: the first try is repeated after two of them, then after 4, 8, 16
MOST_TRIES = 5

# What is wrong, and how it is mended.
TROUBLES: dict[str, tuple[Callable[[MailServer], None], Callable[[MailServer], None]]] = {
    "refuses": (lambda mail: setattr(mail, "busy", True), lambda mail: setattr(mail, "busy", False)),
    "says nothing": (lambda mail: setattr(mail, "silent", True), lambda mail: setattr(mail, "silent", False)),
    "breaks off": (lambda mail: setattr(mail, "cut", "MAIL"), lambda mail: setattr(mail, "cut", "")),
}


def write_letters(trial: Trial) -> None:
    with trial.acting():
        for person_id in trial.place.people[:LETTERS]:
            outbox.write(
                to_address=f"{person_id}@example.org",
                subject="Приглашение",
                text="Здравствуйте.",
                about="invitation",
                to_person_id=person_id,
                sender_id=None,
            )


def letters(trial: Trial) -> list[tuple[LetterState, int, str | None]]:
    with trial.acting():
        return [(one.state, one.attempts, one.error) for one in session.scalars(sa.select(Letter))]


def tried(trial: Trial, times: int) -> bool:
    return all(attempts >= times for _, attempts, _ in letters(trial))


def answered_and_sent(trial: Trial) -> None:
    """Answering, sending and scoring while the mail is away: all is as ever."""
    together(trial.clients, lambda: wait_until(lambda: all(len(one.history) > 3 for one in trial.clients)))
    assert [one.submit() for one in trial.clients] == ["sent"] * len(trial.clients)
    wait_until(lambda: _scored(trial) == len(trial.clients))


def _scored(trial: Trial) -> int:
    with trial.acting():
        return session.scalar(sa.select(sa.func.count()).select_from(Finding)) or 0


def environment_of(trial: Trial, url: str) -> dict[str, str]:
    return trial.environment | {"MAIL_URL": url, "JOB_PAUSE": str(PAUSE), "MAIL_TIMEOUT": "0.5"}


def until_it_comes_back(trial: Trial, trouble: str) -> None:
    """Twice in vain, then the server is well again."""
    process, port = trial.process(), free_port()
    process.start()
    try:
        with ExitStack() as open_:
            mail = MailServer(port)
            if trouble != "is away":
                mail = open_.enter_context(mail_server(port))
                TROUBLES[trouble][0](mail)
            write_letters(trial)
            open_.enter_context(worker(environment_of(trial, mail.url)))
            wait_until(lambda: tried(trial, 1))
            answered_and_sent(trial)
            if trouble == "is away":
                mail = open_.enter_context(mail_server(port))
            else:
                TROUBLES[trouble][1](mail)
            wait_until(lambda: is_over(trial))
            send_what_is_listed(trial)
            wait_until(lambda: is_over(trial))
    finally:
        process.kill()
    assert {(state, error) for state, _, error in letters(trial)} == {(LetterState.SENT, None)}
    assert sorted(to for to, _ in mail.letters) == sorted(
        f"{one}@example.org" for one in trial.place.people[:LETTERS]
    )
    trial.judge()


def is_over(trial: Trial) -> bool:
    return all(state not in outbox.UNDER_WAY for state, _, _ in letters(trial))


def send_what_is_listed(trial: Trial) -> None:
    """A busy machine may have used up all tries before the server was mended: the organiser's button is left."""
    with trial.acting():
        listed = session.scalars(sa.select(Letter).where(Letter.state == LetterState.FAILED)).all()
        assert {(one.error, one.attempts) for one in listed} <= {("mail_away", MOST_TRIES)}
        outbox.send_again([one.id for one in listed], {})


def a_new_trial(folder: Path, url: str) -> Trial:
    return begin(folder, url, people=LETTERS, browsers=1)


@pytest.mark.parametrize("trouble", ["is away", *TROUBLES])
def test_letters_leave_once_when_the_mail_is_back_and_nobody_who_answers_notices(
    sqlite_url: str, tmp_path: Path, trouble: str
) -> None:
    until_it_comes_back(a_new_trial(tmp_path, sqlite_url), trouble)


@pytest.mark.slow
@pytest.mark.parametrize("round_", range(10))
@pytest.mark.parametrize("trouble", ["is away", *TROUBLES])
def test_the_same_ten_times_on_both_bases(url: str, tmp_path: Path, trouble: str, round_: int) -> None:
    until_it_comes_back(a_new_trial(tmp_path, url), trouble)


def test_mail_that_stays_away_is_tried_five_times_with_growing_pauses_and_then_listed_in_words(
    sqlite_url: str, tmp_path: Path
) -> None:
    trial = a_new_trial(tmp_path, sqlite_url)
    with trial.acting():
        outbox.write(
            to_address="one@example.org", subject="Приглашение", text="Здравствуйте.", about="invitation",
            to_person_id=trial.place.people[0], sender_id=None,
        )  # fmt: skip
    with mail_server() as mail:
        mail.busy = True
        with worker(environment_of(trial, mail.url)):
            wait_until(lambda: letters(trial)[0][0] is LetterState.FAILED)
    assert letters(trial) == [(LetterState.FAILED, MOST_TRIES, "mail_away")]
    assert mail.letters == []
    assert len(mail.tried) == MOST_TRIES
    pauses = [later - earlier for earlier, later in zip(mail.tried, mail.tried[1:], strict=False)]
    assert all(pause >= PAUSE * 2**number for number, pause in enumerate(pauses, 1))
    with trial.acting():
        (failed,) = letters_of.failed_to(trial.place.people, ["invitation"])
        assert "пробовали пять раз" in FAILURES[str(failed.error)]
        assert session.scalars(sa.select(Job.state).where(Job.kind == "outbox.send")).all() == [JobState.DONE]

"""F3: kill -9 in the middle of erasing a person: wholly there or wholly gone, and asked again it is done once.

Erasing is one transaction of the request that asks for it, so the process that is killed is the one that serves it.
"""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.files import actions as files
from diagnostics.files.models import StoredFile
from diagnostics.findings.models import Finding
from diagnostics.outbox import actions as outbox
from diagnostics.outbox.models import Letter
from diagnostics.people.actions import signing
from diagnostics.people.models import OrgNode, Person, PersonalData, PersonState, Role
from diagnostics.sittings.models import AnswerEvent, SittingKey
from diagnostics.upkeep import erased_journal, opening, retention
from tests.conftest import make_config
from tests.faults.trial import Trial, begin, send_all
from tests.support import make
from tests.support.web_process import SERVE, Browser, WebProcess
from tests.support.worker_process import wait_until

# Every statement takes a moment, as on a slow disk, so that the middle is long enough to be met; and it is told
# when the first change of an erasure is made.
SLOW_DISK = """
import os, pathlib, time
import sqlalchemy as sa
from sqlalchemy.engine import Engine
middle = pathlib.Path(os.environ['DATA_DIR'], 'in_the_middle')
def slow(connection, cursor, statement, *_):
    if statement.startswith('UPDATE letter'):
        middle.touch()
    time.sleep(0.01)
sa.event.listen(Engine, 'after_cursor_execute', slow)
"""
LONGEST = 0.8  # seconds from the first change to the kill
ADDRESS = "{}@example.org"


def everybody_has_something(trial: Trial) -> Browser:
    """Answers, a result, a report and a letter each; the browser of an administrator who is signed in."""
    send_all(trial)
    trial.run_due()
    with trial.acting():
        for person_id in trial.place.people:
            outbox.write(
                to_address=ADDRESS.format(person_id), subject="Результат", text="Готов.", about="result",
                to_person_id=person_id, sender_id=None,
            )  # fmt: skip
            files.store(
                trial.folder / "files", name="отчёт.pdf", media_type="application/pdf", content=b"%PDF report",
                purpose="report", owner_id=person_id, days=30,
            )  # fmt: skip
        region = session.get_one(OrgNode, trial.place.region_id)
        opened = signing.begin(make.staff(Role.ADMINISTRATOR, region).id, Limits())
    return Browser.of(trial.app(), _user_id=opened.secret, _fresh=True)


def rows(person_id: str, sitting_id: str) -> Mapping[str, int]:
    """How much of a person there is, by kind; nothing of it once the person is erased."""
    kinds = {
        "data": sa.select(PersonalData.person_id).where(PersonalData.person_id == person_id),
        "answers": sa.select(AnswerEvent.position).where(AnswerEvent.sitting_id == sitting_id),
        "keys": sa.select(SittingKey.id).where(SittingKey.sitting_id == sitting_id),
        "results": sa.select(Finding.id).where(Finding.person_id == person_id),
        "letters": sa.select(Letter.id).where(Letter.to_address == ADDRESS.format(person_id)),
        "files": sa.select(StoredFile.id).where(StoredFile.owner_id == person_id),
    }
    return {name: len(session.execute(query).all()) for name, query in kinds.items()}


def ask(process: WebProcess, browser: Browser, person_id: str, surname: str) -> int | None:
    """The status of the answer; None when nobody answered."""
    connection = http.client.HTTPConnection("127.0.0.1", process.port, timeout=60)
    headers = browser.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        form = urlencode({"surname": surname})
        connection.request("POST", f"/admin/people/{person_id}/erase", form, headers)
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return response.status


def is_erased(person_id: str, sitting_id: str, before: Mapping[str, int]) -> bool:
    """Wholly, or not at all."""
    person, now = session.get_one(Person, person_id), rows(person_id, sitting_id)
    audited = session.scalars(
        sa.select(AuditRow.number).where(AuditRow.action == "person.erase", AuditRow.object_id == person_id)
    ).all()
    if person.state is PersonState.ERASED:
        assert set(now.values()) == {0}, now
        assert len(audited) == 1
        return True
    assert now == before
    assert audited == []
    return False


def kill_while_erasing(folder: Path, url: str, *, people: int, seed: int) -> None:
    trial, chance = begin(folder, url, people=people, browsers=1), random.Random(seed)
    administrator, gone_at_once, middle = everybody_has_something(trial), 0, folder / "in_the_middle"
    process = trial.process(code=SLOW_DISK + SERVE, threads=2)
    process.start()
    for person_id, one in zip(trial.place.people, trial.clients, strict=True):
        with trial.acting():
            before, surname = (
                rows(person_id, one.sitting_id),
                session.get_one(PersonalData, person_id).surname,
            )
        assert 0 not in before.values()
        asking = threading.Thread(target=ask, args=(process, administrator, person_id, surname))
        asking.start()
        wait_until(middle.exists)
        time.sleep(chance.uniform(0.0, LONGEST))
        process.kill()
        asking.join()
        with trial.acting():
            gone_at_once += is_erased(person_id, one.sitting_id, before)
        process.start()
        assert ask(process, administrator, person_id, surname) == 200
        with trial.acting():
            assert is_erased(person_id, one.sitting_id, before)
        middle.unlink()
    process.kill()
    everything_is_told_outside(trial)
    print(f"erased {people}, each killed once; {gone_at_once} were gone already, the others wholly there")


def everything_is_told_outside(trial: Trial) -> None:
    """The next start completes the journal; the clearing takes bytes whose rows went and that nobody dropped."""
    config = make_config(trial.folder, trial.url)
    with trial.acting(), clock.shifted(2 * retention.STRAY_KEPT):
        assert opening.keep_erased(config) == []
        retention.clear(config.files_dir)
    assert set(erased_journal.read(config.erased_log)) == set(trial.place.people)
    assert list(config.files_dir.iterdir()) == []


def test_an_erasure_that_is_killed_is_whole_or_has_not_begun(sqlite_url: str, tmp_path: Path) -> None:
    kill_while_erasing(tmp_path, sqlite_url, people=3, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_thirty_erasures_are_killed_in_three_runs(url: str, tmp_path: Path, seed: int) -> None:
    kill_while_erasing(tmp_path, url, people=10, seed=seed)

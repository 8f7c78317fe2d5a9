"""One person's result as PDF, asked for by a button: the whole job in a warm worker, seconds of the processor."""

from __future__ import annotations

import time

import sqlalchemy as sa
from flask import Flask

from benchmarks._figures import note
from benchmarks.groups import application
from diagnostics.campaigns.models import WaveKind
from diagnostics.database import session
from diagnostics.findings import queries
from diagnostics.jobs import actions as jobs
from diagnostics.jobs.models import Job, JobState
from diagnostics.people.models import Role
from diagnostics.web.settling import settle
from diagnostics.worker.run import run_job
from diagnostics.worker.warming import warm
from tests.support import make, results

PEOPLE = 12
GOAL_S = 1.0


def printed(app: Flask, finding_id: str, asker_id: str) -> float:
    """Seconds of the job from claim to stored file."""
    asked = jobs.enqueue(
        "reporting.person", finding_id, asker_id=asker_id, parameters={"format": "pdf", "language": "ru"}
    )
    job_id = asked.id
    session.commit()
    began = time.process_time()
    run_job(app, job_id)
    spent = time.process_time() - began
    session.expire_all()
    state = session.scalars(sa.select(Job.state).where(Job.id == job_id)).one()
    if state is not JobState.DONE:
        raise RuntimeError(f"the report is {state}")
    session.rollback()
    return spent


def main() -> None:
    with application() as app:
        region = make.region()
        institute, district = make.institute(region), make.municipality(region)
        trainer = make.staff(Role.TRAINER, institute)
        people = make.people(PEOPLE, make.school(district))
        wave = results.seat(results.diagnosis(trainer, institute), WaveKind.ENTRY, people)
        results.simulate(wave, dict.fromkeys(people, 0.3), 1)
        session.commit()
        trainer_id = trainer.id
        findings = [queries.of_person(one)[0].id for one in people]
        session.rollback()
        began = time.process_time()
        warm()
        settle()
        warmed = time.process_time() - began
        spent = [printed(app, one, trainer_id) for one in findings]
    print(f"loading the engine, once a worker: {warmed:.2f} s")
    print(f"a report: first {spent[0]:.2f} s, then {min(spent[1:]):.2f} to {max(spent[1:]):.2f} s")
    note("a personal report as PDF, warm worker", max(spent), "s CPU", goal=GOAL_S)


if __name__ == "__main__":
    main()

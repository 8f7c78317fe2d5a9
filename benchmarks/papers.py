"""The pack of papers for 30 and 300 people as the worker makes it: each paper, the whole job, its size and memory.

SQLite in a temporary folder, one process. Seconds are of the processor; memory is the peak of the process so far.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

import numpy as np
import sqlalchemy as sa
from flask import Flask

from benchmarks._figures import note
from benchmarks.groups import application
from diagnostics.database import session
from diagnostics.files.queries import bytes_path
from diagnostics.jobs import actions as jobs
from diagnostics.jobs.models import Job, JobState
from diagnostics.reporting.papers.files import paper_file
from diagnostics.reporting.papers.library import KINDS
from diagnostics.worker.run import run_job
from reports.wording.words import Words
from tests.support import papers, results

SIZES = (30,) if "--quick" in sys.argv else (30, 300)
STEPS = 5  # of each route
MB = 1024 * 1024


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def scene(people: int) -> papers.Scene:
    """Everybody answered and has a route."""
    made = papers.scene([f"Учитель{number} Имя Отчество" for number in range(people)])
    able = np.random.default_rng(people).normal(0.3, 0.8, people)
    results.simulate(made.entry, dict(zip(made.people, able.tolist(), strict=True)), 5)
    papers.answer_seats(made, made.people)
    text = papers.publish_consent(made)
    for person in made.people:
        papers.agree(text, person)
    papers.routes(made, made.people, hours=(4,) * STEPS)
    made.close()
    return made


def by_paper(made: papers.Scene) -> None:
    words, facts = Words(), made.facts()
    print(f"{'paper':<14}{'contents':>10}{'DOCX, s':>10}{'DOCX, KB':>10}{'XLSX, s':>10}")
    for kind in KINDS:
        began = time.process_time()
        contents = kind.make(facts, words)
        read = time.process_time() - began
        began = time.process_time()
        word = paper_file(contents, facts, words, "docx")
        set_word = time.process_time() - began
        set_excel = seconds(lambda contents=contents: paper_file(contents, facts, words, "xlsx"))  # type: ignore[misc]
        print(f"{kind.code:<14}{read:>10.2f}{set_word:>10.2f}{len(word) / 1024:>10.0f}{set_excel:>10.2f}")


def whole_job(app: Flask, made: papers.Scene) -> None:
    job = jobs.enqueue(
        "reporting.pack",
        made.campaign.id,
        asker_id=made.trainer.id,
        parameters={"wave_id": made.entry, "language": "ru"},
    )
    job_id = job.id
    session.commit()
    spent = seconds(lambda: run_job(app, job_id))
    session.expire_all()
    done = session.scalars(sa.select(Job).where(Job.id == job_id)).one()
    if done.state is not JobState.DONE or done.result_file_id is None:
        raise RuntimeError(f"the pack failed: {done.error}")
    size = bytes_path(app.extensions["orientir"].files_dir, done.result_file_id).stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    note(f"pack of papers for {len(made.people)} people", spent, "s CPU")
    print(
        f"the pack as a job: {spent:.1f} s of the processor, {size / MB:.1f} MB, peak {peak:.0f} MB of memory"
    )


def main() -> None:
    for people in SIZES:
        print(f"\n{people} people", flush=True)
        with application() as app:
            made = scene(people)
            session.commit()
            by_paper(made)
            session.rollback()
            whole_job(app, made)


if __name__ == "__main__":
    main()

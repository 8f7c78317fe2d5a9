"""Results of another portal come as a table; one teacher stands there under a former surname and is matched by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from diagnostics import clock
from diagnostics.campaigns.models import WaveKind
from diagnostics.database import session
from diagnostics.findings import actions
from diagnostics.findings.importing.planning import BLOCKS, ImportPlan, Settings
from diagnostics.findings.queries import imports
from diagnostics.upkeep.demo.calendar import at
from diagnostics.upkeep.demo.cast import Human
from diagnostics.upkeep.demo.stage import Stage
from diagnostics.upkeep.demo.work import shipped_work

SCHOOL, TITLE = "001003", "Результаты портала «Учитель»: оценивание и работа с текстом"
FILE = "результаты портала.csv"
#: Code of the teacher who has married since, and the surname that the portal knows.
RENAMED, FORMER_SURNAME = "t020", "Ковригина"
SEED = 616
#: Greatest points of a block, number of its tasks, mean share of points.
BLOCK_POINTS = {"EVAL": (12, 10, 0.62), "FLIT": (15, 12, 0.56)}


def bring(stage: Stage) -> str | None:
    """The id of the diagnosis that the table became; None where the school is not in the base."""
    teachers = [one for one in stage.people.cast.people if one.school == SCHOOL]
    if not teachers:
        return None
    day, place, content = stage.calendar.outside, stage.people.institute, _table(teachers)
    settings = Settings(
        kind=BLOCKS,
        title=TITLE,
        framework_id=shipped_work().framework_id,
        preset="levels3",
        dates={WaveKind.ENTRY: day - timedelta(days=5)},
    )
    with clock.frozen(at(day, 14)):
        doubtful = imports.plan_of(content, None, settings, node_id=place)
        settings = replace(settings, matches=_by_hand(stage, doubtful))
        plan = imports.plan_of(content, None, settings, node_id=place)
        upload = actions.Upload(FILE, content)
        kept = actions.keep_import(
            upload, None, settings, node_id=place, folder=stage.files, actor_id=stage.trainer
        )
        made = actions.apply_import(kept, plan, owner_id=stage.trainer, actor_id=stage.trainer)
        session.commit()
        stage.work_off()
    return made.campaign_id


def _table(teachers: Sequence[Human]) -> bytes:
    """What the portal sends: a row is a block of a person."""
    rng = np.random.default_rng(SEED)
    lines = ["ФИО;Школа;Этап;Блок;Баллы;Максимум;Заданий"]
    for one in teachers:
        surname = FORMER_SURNAME if one.code == RENAMED else one.surname
        name = " ".join(part for part in (surname, one.given, one.patronymic) if part)
        for block, (most, tasks, share) in BLOCK_POINTS.items():
            points = int(rng.binomial(most, np.clip(rng.normal(share, 0.13), 0.1, 0.95)))
            lines.append(f"{name};{SCHOOL};вход;{block};{points};{most};{tasks}")
    return "\n".join(lines).encode("utf-8-sig")


def _by_hand(stage: Stage, plan: ImportPlan) -> dict[int, str]:
    """The trainer knows who is meant: the colleague of the same name who works there now."""
    renamed = stage.people.persons[RENAMED]
    return {doubt.row: renamed for doubt in plan.people.undecided}

"""At the close the figures of a diagnosis are frozen: exact for the trainer, protected for the region."""

from __future__ import annotations

from datetime import date, timedelta

from diagnostics import clock
from diagnostics.cohorts import actions, queries
from diagnostics.database import session
from diagnostics.jobs import actions as jobs
from diagnostics.releases.models import Audience
from diagnostics.upkeep.demo.calendar import at
from diagnostics.upkeep.demo.stage import Stage

REPORT, FORMATS = "reporting.entry_exit", ("pdf", "xlsx")


def released(stage: Stage, campaign_id: str, last: date) -> None:
    """Two days after the last day of the exit."""
    with clock.frozen(at(last + timedelta(days=2), 11)):
        found = queries.growth(campaign_id)
        for audience, who in ((Audience.OWN, "trainer"), (Audience.UPWARD, "coordinator")):
            actions.release_growth(campaign_id, found, audience=audience, actor_id=stage.people.persons[who])
        session.commit()


def printed(stage: Stage, campaign_id: str) -> None:
    """The coordinator has asked for the document of the released figures the day before yesterday."""
    with clock.frozen(at(stage.calendar.today - timedelta(days=2), 10)):
        for kind in FORMATS:
            jobs.enqueue(
                REPORT,
                campaign_id,
                asker_id=stage.people.persons["coordinator"],
                title=f"Отчёт «Вход и выход», {kind.upper()}",
                parameters={"audience": Audience.UPWARD.value, "format": kind, "language": "ru"},
            )
        session.commit()
        stage.work_off()

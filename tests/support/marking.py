"""A diagnosis with a sent answer that experts mark: W1 of the work that holds every item type."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.findings import actions as findings
from diagnostics.findings import queries as results
from diagnostics.findings.queries import FindingView
from diagnostics.marking import actions
from diagnostics.marking.models import MarkedText, TextState
from diagnostics.people.models import Membership, OrgNode, Role
from diagnostics.sittings import actions as sittings
from tests.support import make
from tests.support.answering import LIMITS, World, begin, event, fresh, save, world

#: The answer is counted at once, so that a test need not wait for the time in which a mark may be mended.
AT_ONCE = Limits(marking_mend_minutes=0)
WORDS = "Сначала найду причину, потом дам посильный шаг."
LOW = {"cause": 0, "step": 0}
MIDDLE = {"cause": 1, "step": 1}
HIGH = {"cause": 1, "step": 2}


@dataclass
class Marking:
    """The diagnosis, who runs it, and its experts."""

    place: World
    owner_id: str
    experts: list[str] = field(default_factory=list)

    @property
    def campaign_id(self) -> str:
        return self.place.campaign_id

    def expert(self, name: str = "Экспертова Инна", *, at: OrgNode | None = None) -> str:
        """One more expert of the region who is asked to mark; `at`: a place where they work, too."""
        region = session.get_one(OrgNode, self.place.region_id)
        person = make.staff(Role.EXPERT, region, name)
        if at is not None:
            session.add(Membership(person_id=person.id, node_id=at.id, since=make.LONG_AGO))
        session.flush()
        actions.assign(self.campaign_id, person.id, letter=None, actor_id=self.owner_id)
        self.experts.append(person.id)
        return person.id

    def rule(self, experts: int) -> None:
        actions.set_experts(self.campaign_id, experts, actor_id=self.owner_id, limits=AT_ONCE)

    def send(self, seat: int = 0, words: str = WORDS) -> str:
        """A sitting that is sent and scored; returns its id."""
        teacher = begin(self.place, seat=seat)
        save(teacher, event(1, "AGREE", {"agreed": True}), event(2, "W1", words), event(3, "N1", 12.5))
        save(teacher, event(4, "T1", kind="shown"))
        sittings.submit(fresh(teacher), without_answers=True, limits=LIMITS)
        findings.score(teacher.sitting_id)
        return teacher.sitting_id

    def text(self, sitting_id: str) -> MarkedText:
        session.expire_all()
        return session.scalars(
            sa.select(MarkedText).where(
                MarkedText.sitting_id == sitting_id, MarkedText.state != TextState.REPLACED
            )
        ).one()

    def mark(self, text_id: str, person_id: str, levels: dict[str, int], *, seen: int = 0) -> TextState:
        return actions.mark(
            text_id, levels=levels, remark="", seen=seen, actor_id=person_id, limits=AT_ONCE
        ).state

    def result(self) -> FindingView:
        session.expire_all()
        return results.of_wave(self.place.wave_id)[0]


def marking(*, experts: int = 2, rule: int | None = None, more: int = 0) -> Marking:
    place = world(every_type=True, more=more)
    made = Marking(place, session.get_one(Campaign, place.campaign_id).owner_id)
    for number in range(experts):
        made.expert(f"Эксперт{number} Инна")
    if rule is not None:
        made.rule(rule)
    return made

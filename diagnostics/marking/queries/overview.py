"""The organiser's page: how many answers are marked, wait or differ, and who marks them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.marking.actions.marks import experts_of
from diagnostics.marking.models import ExpertMark, MarkedText, MarkingExpert, TextState
from diagnostics.marking.queries import rights
from diagnostics.people.models import OrgNode, PersonalData, Role
from diagnostics.people.queries.actors import holders_at
from instruments.keys import RubricKey


@dataclass(frozen=True, slots=True)
class ExpertLine:
    """One expert of a diagnosis. `barred`: texts that they may not see, their own and their colleagues'."""

    person_id: str
    name: str
    marked: int
    barred: int


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One text as the organiser sees it: no name and no mark beside it."""

    text_id: str
    item: str
    scoring_id: str
    state: TextState
    marks: int
    nobody: bool  # no assigned expert may mark it any more


@dataclass(frozen=True, slots=True)
class Overview:
    experts: int  # asked for each text
    people: tuple[ExpertLine, ...]
    free: tuple[tuple[str, str], ...]  # (id, name) of experts who could be asked, too
    counts: dict[TextState, int]
    open: tuple[QueueLine, ...]  # waiting and differing, differing first

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return self.counts.get(TextState.SETTLED, 0) + self.counts.get(TextState.GIVEN, 0)

    @property
    def waiting(self) -> int:
        return self.counts.get(TextState.WAITING, 0)

    @property
    def differing(self) -> int:
        return self.counts.get(TextState.DIFFERING, 0)

    @property
    def stuck(self) -> int:
        return sum(one.nobody for one in self.open)


def with_open_texts(campaign_ids: Collection[str]) -> list[str]:
    """Of these diagnoses, those with answers that wait for a mark."""
    open_states = (TextState.WAITING, TextState.DIFFERING)
    query = sa.select(MarkedText.campaign_id).where(
        MarkedText.campaign_id.in_(list(campaign_ids)), MarkedText.state.in_(open_states)
    )
    return sorted(set(session.scalars(query)))


def rubrics_of(scoring_id: str) -> tuple[str, ...]:
    """Questions of a work that experts mark."""
    items = catalogue.scoring(scoring_id).items
    return tuple(code for code, entry in items.items() if isinstance(entry.key, RubricKey) and entry.points)


def overview(campaign_id: str) -> Overview:
    texts = {one.text_id: one for one in rights.facts_where(MarkedText.campaign_id == campaign_id)}
    rows = session.scalars(
        sa.select(MarkedText).where(MarkedText.id.in_(list(texts))).order_by(MarkedText.item, MarkedText.id)
    ).all()
    asked = session.scalars(
        sa.select(MarkingExpert.person_id)
        .where(MarkingExpert.campaign_id == campaign_id, MarkingExpert.removed_at.is_(None))
        .order_by(MarkingExpert.assigned_at)
    ).all()
    path = session.scalar(
        sa.select(OrgNode.path)
        .join(Campaign, Campaign.node_id == OrgNode.id)
        .where(Campaign.id == campaign_id)
    )
    holders = holders_at(path or "", [Role.EXPERT]) if path else []
    names = names_of({*asked, *holders})
    marked = _marked(list(texts))
    bars = rights.bars_of(asked)
    may = {
        text_id: [one for one in asked if one in holders and not rights.is_barred(one, facts, bars[one])]
        for text_id, facts in texts.items()
    }
    return Overview(
        experts=experts_of(campaign_id),
        people=tuple(
            ExpertLine(
                one,
                names.get(one, ""),
                sum(one in people for people in marked.values()),
                sum(one not in people for people in may.values()),
            )
            for one in asked
        ),
        free=tuple((one, names[one]) for one in holders if one not in asked and one in names),
        counts=dict(Counter(row.state for row in rows)),
        open=tuple(
            QueueLine(
                row.id,
                row.item,
                row.scoring_id,
                row.state,
                len(marked.get(row.id, ())),
                nobody=not set(may[row.id]) - marked.get(row.id, set()),
            )
            for row in sorted(rows, key=lambda one: one.state is not TextState.DIFFERING)
            if row.state in {TextState.WAITING, TextState.DIFFERING}
        ),
    )


def names_of(person_ids: set[str]) -> dict[str, str]:
    rows = session.scalars(sa.select(PersonalData).where(PersonalData.person_id.in_(list(person_ids))))
    return {
        one.person_id: " ".join(filter(None, (one.surname, one.given_name, one.patronymic))) for one in rows
    }


def _marked(text_ids: list[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    query = (
        sa.select(ExpertMark.text_id, ExpertMark.person_id).where(ExpertMark.text_id.in_(text_ids)).distinct()
    )
    for text_id, person_id in session.execute(query):
        found.setdefault(text_id, set()).add(person_id)
    return found

"""A person reads the free words before the team does: strikes what names somebody, changes nothing."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import Campaign
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.improvement.errors import WordsChanged
from diagnostics.improvement.models import WordsCheck, WordsVerdict
from diagnostics.improvement.queries.texts import reading


def check_words(campaign_id: str, *, mark: str, strike: Collection[str], actor_id: str | None) -> int:
    """Let the team read all but the struck texts; returns how many stay struck.

    The first call shows; each later one may only strike more. `mark`: of the reading that the person had before
    their eyes (`Reading.mark`), so that nothing unread is shown.

    Raises
    ------
    Missing
        A text to strike is not of this reading.
    WordsChanged
        Other texts wait now, or a colleague has checked them meanwhile with another result.
    """
    # Two who press at once come one after the other, on both databases.
    session.execute(sa.select(Campaign.id).where(Campaign.id == campaign_id).with_for_update())
    read = reading(campaign_id)
    if not set(strike) <= read.ids:
        raise Missing
    if mark != read.mark or not read.ids:
        raise WordsChanged
    first = read.checked_at is None
    struck = {word.id for heap in read.heaps for word in heap.words if word.struck}
    fresh = set(strike) - struck
    if first:
        session.add(WordsCheck(campaign_id=campaign_id, checked_at=clock.now()))
        session.add_all(
            WordsVerdict(text_id=one, campaign_id=campaign_id, struck=one in fresh)
            for one in sorted(read.ids)
        )
    elif fresh:
        session.execute(
            sa.update(WordsVerdict).where(WordsVerdict.text_id.in_(sorted(fresh))).values(struck=True)
        )
    session.flush()
    if first or fresh:
        audit.record(
            "words.check" if first else "words.strike",
            actor_id=actor_id,
            kind="self_assessment",
            object_id=campaign_id,
            note=f"read {len(read.ids)}, struck {len(struck | fresh)}",
        )
    return len(struck | fresh)

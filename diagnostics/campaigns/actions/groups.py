"""A trainer's group of learners: made, renamed, filled and thinned out."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.people.models import Group, GroupMember

LONGEST_TITLE = 200


def create_group(
    *, title: str, node_id: str, trainer_id: str, tutor_id: str | None, actor_id: str | None
) -> Group:
    """An empty group at the trainer's place; FieldRefused `title_empty`, `title_too_long`."""
    clean = " ".join(title.split())
    if not clean:
        raise FieldRefused("title_empty", field="title")
    if len(clean) > LONGEST_TITLE:
        raise FieldRefused("title_too_long", field="title", maximum=LONGEST_TITLE)
    group = Group(
        title=clean, node_id=node_id, trainer_id=trainer_id, tutor_id=tutor_id, created_at=clock.now()
    )
    session.add(group)
    session.flush()
    audit.record("group.create", actor_id=actor_id, kind="group", object_id=group.id)
    return group


def add_members(group_id: str, person_ids: Iterable[str], actor_id: str | None) -> int:
    """People who join today; who is in the group stays, who left comes back. Returns how many joined."""
    if session.get(Group, group_id) is None:
        raise Missing
    today = clock.now().date()
    standing = {
        member.person_id: member
        for member in session.scalars(sa.select(GroupMember).where(GroupMember.group_id == group_id))
    }
    joined = []
    for person_id in dict.fromkeys(person_ids):
        member = standing.get(person_id)
        if member is None:
            session.add(GroupMember(group_id=group_id, person_id=person_id, since=today))
        elif member.until is not None:
            member.until = None
        else:
            continue
        joined.append(person_id)
    session.flush()
    if joined:
        audit.record("group.join", actor_id=actor_id, kind="group", object_id=group_id, after=joined)
    return len(joined)


def remove_member(group_id: str, person_id: str, actor_id: str | None) -> None:
    """The person leaves the group today; what was done stays."""
    member = session.scalars(
        sa.select(GroupMember).where(
            GroupMember.group_id == group_id, GroupMember.person_id == person_id, GroupMember.until.is_(None)
        )
    ).first()
    if member is None:
        raise Missing
    member.until = clock.now().date()
    session.flush()
    audit.record("group.leave", actor_id=actor_id, kind="group", object_id=group_id, after=person_id)

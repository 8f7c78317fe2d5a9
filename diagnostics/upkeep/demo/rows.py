from __future__ import annotations

from datetime import date

from diagnostics import clock
from diagnostics.database import session
from diagnostics.people.models import (
    Account,
    ConsentDocument,
    Membership,
    NodeKind,
    OrgNode,
    Person,
    PersonalData,
    Role,
    RoleGrant,
)
from diagnostics.upkeep.demo.cast import Human, Place


def account(person_id: str, login: str) -> None:
    session.add(Account(person_id=person_id, login=login, created_at=clock.now()))
    session.flush()


def publish_consent(operator_id: str, actor_id: str) -> str:
    made = ConsentDocument(operator_id=operator_id, version=1, body={}, content_hash="x", published_at=clock.now(), published_by=actor_id)
    session.add(made)
    session.flush()
    return made.id

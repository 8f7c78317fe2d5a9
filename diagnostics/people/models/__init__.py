"""Persons, places, groups, roles, accounts, consents."""

from __future__ import annotations

from diagnostics.people.models.accounts import (
    Account,
    AccountToken,
    RecoveryCode,
    SecondStep,
    SignIn,
    SignInFailure,
    TokenKind,
)
from diagnostics.people.models.consents import Consent, ConsentDocument, ConsentWay
from diagnostics.people.models.persons import Person, PersonalData, PersonState
from diagnostics.people.models.places import (
    Group,
    GroupMember,
    Membership,
    NodeKind,
    OrgNode,
    Role,
    RoleGrant,
)

__all__ = [
    "Account",
    "AccountToken",
    "Consent",
    "ConsentDocument",
    "ConsentWay",
    "Group",
    "GroupMember",
    "Membership",
    "NodeKind",
    "OrgNode",
    "Person",
    "PersonState",
    "PersonalData",
    "RecoveryCode",
    "Role",
    "RoleGrant",
    "SecondStep",
    "SignIn",
    "SignInFailure",
    "TokenKind",
]

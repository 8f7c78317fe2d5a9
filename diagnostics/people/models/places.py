from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, Json, id_column, link, new_id


class NodeKind(enum.StrEnum):
    REGION = "region"
    MUNICIPALITY = "municipality"
    SCHOOL = "school"
    INSTITUTE = "institute"


class Role(enum.StrEnum):
    ADMINISTRATOR = "administrator"
    REGIONAL_COORDINATOR = "regional_coordinator"
    METHODOLOGIST = "methodologist"
    MUNICIPAL_COORDINATOR = "municipal_coordinator"
    SCHOOL_LEAD = "school_lead"
    SCHOOL_TEAM = "school_team"
    CURATOR = "curator"
    TUTOR = "tutor"
    TRAINER = "trainer"
    MENTOR = "mentor"
    EXPERT = "expert"
    TEACHER = "teacher"
    ANONYMOUS = "anonymous"
    AUDITOR = "auditor"


class OrgNode(Base):
    """A place in the tree region → municipality → school (or institute)."""

    __tablename__ = "org_node"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    kind: Mapped[NodeKind]
    parent_id: Mapped[str | None] = link("org_node.id", default=None)
    path: Mapped[str] = mapped_column(index=True)  # "/region/municipality/school/" of ids: scope by prefix
    name: Mapped[str]
    short_name: Mapped[str]
    code: Mapped[str | None] = mapped_column(default=None)  # a string: leading zeros matter
    zone: Mapped[str | None] = mapped_column(default=None)  # IANA name; None = as the parent
    requisites: Mapped[Json | None] = mapped_column(
        default=None
    )  # operator: address, inn, ogrn, contact, director
    created_at: Mapped[datetime]
    closed_on: Mapped[date | None] = mapped_column(default=None)


class Membership(Base):
    """Who works where, by date: a teacher who moves does not change last year's report."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_place", "node_id", "until"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    person_id: Mapped[str] = link("person.id")
    node_id: Mapped[str] = link("org_node.id", index=False)
    position: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)


class RoleGrant(Base):
    """A role at a node, by date; the role reaches everything below the node."""

    __tablename__ = "role_grant"

    id: Mapped[str] = id_column(default_factory=new_id)
    person_id: Mapped[str] = link("person.id")
    role: Mapped[Role]
    node_id: Mapped[str] = link("org_node.id")
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)


class Group(Base):
    """A trainer's group of learners."""

    __tablename__ = "learner_group"

    id: Mapped[str] = id_column(default_factory=new_id)
    title: Mapped[str]
    node_id: Mapped[str] = link("org_node.id")  # whose group it is: usually the institute
    trainer_id: Mapped[str] = link("person.id")
    tutor_id: Mapped[str | None] = link("person.id", default=None)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class GroupMember(Base):
    __tablename__ = "learner_group_member"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    group_id: Mapped[str] = link("learner_group.id", index=False)
    person_id: Mapped[str] = link("person.id")
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)

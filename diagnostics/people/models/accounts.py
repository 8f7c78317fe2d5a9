from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, Json, id_column, link, new_id


class Account(Base):
    """A way to sign in; many teachers never need one (a link or a paper card is enough)."""

    __tablename__ = "account"

    person_id: Mapped[str] = link("person.id", primary_key=True, index=False)
    login: Mapped[str] = mapped_column(unique=True)  # normalised e-mail
    password_hash: Mapped[str | None] = mapped_column(default=None)
    language: Mapped[str] = mapped_column(default="ru")
    reading: Mapped[Json | None] = mapped_column(default=None)  # size, spacing, contrast
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class SignIn(Base):
    """One signed-in browser: revocable, so a cookie from before sign-out opens nothing."""

    __tablename__ = "sign_in"

    id: Mapped[str] = id_column(default_factory=new_id)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str] = link("person.id")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class TokenKind(enum.StrEnum):
    INVITATION = "invitation"
    RESET = "reset"
    FIRST_ADMINISTRATOR = "first_administrator"


class AccountToken(Base):
    """A one-time link to make or mend an account; GET shows, POST uses."""

    __tablename__ = "account_token"

    id: Mapped[str] = id_column(default_factory=new_id)
    kind: Mapped[TokenKind]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str] = link("person.id")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class SecondStep(Base):
    """A person's authenticator. Its secret is derived from the server's key and this salt, so it lies in no base."""

    __tablename__ = "second_step"

    person_id: Mapped[str] = link("person.id", primary_key=True, index=False)
    salt: Mapped[str]
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(
        default=None
    )  # the first right code; asked for since
    last_counter: Mapped[int] = mapped_column(
        default=0
    )  # of the newest code used: it and older ones are refused


class RecoveryCode(Base):
    """A way past a lost authenticator, used once; only its hash is stored."""

    __tablename__ = "recovery_code"

    id: Mapped[str] = id_column(default_factory=new_id)
    person_id: Mapped[str] = link("person.id")
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class SignInFailure(Base):
    """Failures by (login or place, network): we slow guessing down, we never lock a person out."""

    __tablename__ = "sign_in_failure"

    id: Mapped[str] = id_column(default_factory=new_id)
    key: Mapped[str] = mapped_column(index=True)  # digest of what was tried and from where
    at: Mapped[datetime] = mapped_column(index=True)

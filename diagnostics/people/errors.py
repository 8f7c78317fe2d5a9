"""Refusals of the stage. `code` names the sentence; FieldRefused also names the field to mend."""

from __future__ import annotations

from diagnostics.errors import Conflict, DomainError


class PeopleError(DomainError):
    pass


class FieldRefused(PeopleError):  # noqa: N818 - reads as the answer it gives
    """A value that cannot be stored; `field` is the name of the action's argument."""

    def __init__(self, code: str, *, field: str, **parameters: object) -> None:
        super().__init__(code, field=field, **parameters)
        self.field = field


class LastAdministrator(Conflict):
    """Nobody else could administer the place: somebody else must get the role first."""

    def __init__(self) -> None:
        super().__init__("last_administrator")


class SignInFailed(PeopleError):  # noqa: N818 - reads as the answer it gives
    """The same words whether the login is unknown, closed or its password wrong."""

    def __init__(self) -> None:
        super().__init__("sign_in_failed")

"""What every stage's errors share: a stable code, parameters for its sentence, an HTTP status for the edge."""

from __future__ import annotations


class DomainError(Exception):
    """A refused change. Nothing was written; `code` names the sentence and `parameters` fill it."""

    status = 422

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


class FieldRefused(DomainError):  # noqa: N818 - reads as the answer it gives
    """A value that cannot be taken; `field` is the name of the action's argument, for the form to mark."""

    def __init__(self, code: str, *, field: str, **parameters: object) -> None:
        super().__init__(code, field=field, **parameters)
        self.field = field


class Missing(DomainError):  # noqa: N818 - reads as the answer it gives
    """No such object, or it must look so to the asker."""

    status = 404

    def __init__(self, code: str = "missing", **parameters: object) -> None:
        super().__init__(code, **parameters)


class Conflict(DomainError):  # noqa: N818 - reads as the answer it gives
    """The object is in another state than the change expects."""

    status = 409


class Gone(DomainError):  # noqa: N818 - reads as the answer it gives
    """A link that worked once or whose time is over."""

    status = 410


class TooMany(DomainError):  # noqa: N818 - reads as the answer it gives
    """Slowed down, not locked out; `minutes` says how long to wait."""

    status = 429

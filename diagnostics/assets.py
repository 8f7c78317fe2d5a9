"""Where templates, static files, migrations and translations lie: in a checkout or in the wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def path_of(name: str) -> Path:
    """The folder `name` at the top of a checkout, or its copy inside the installed package."""
    in_checkout = _PACKAGE.parent / name
    in_wheel = _PACKAGE / "_assets" / name
    if (_PACKAGE.parent / "pyproject.toml").exists() and in_checkout.is_dir():
        return in_checkout
    if in_wheel.is_dir():
        return in_wheel
    message = f"the installation is incomplete: no folder {name!r} beside the package"
    raise FileNotFoundError(message)

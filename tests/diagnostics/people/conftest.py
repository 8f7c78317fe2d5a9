from __future__ import annotations

import pytest

from tests.support import passwords


@pytest.fixture(autouse=True)
def _cheap_passwords() -> None:
    passwords.use_cheap()

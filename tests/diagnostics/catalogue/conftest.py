from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from diagnostics.catalogue.actions import drafts
from diagnostics.catalogue.draft_models import Draft
from diagnostics.database import Json
from diagnostics.people.models import OrgNode, Person, Role
from tests.support import make


@dataclass
class Desk:
    """Two methodologists and an expert of one institute, and a draft of a ready test."""

    institute: OrgNode
    author: Person
    colleague: Person
    reviewer: Person
    draft: Draft

    def body(self) -> Json:
        return deepcopy(self.draft.body)

    def edited(self, change: Callable[[Any], object]) -> Json:
        body = self.body()
        change(body)
        return body


@pytest.fixture
def desk(in_app: Flask) -> Desk:
    make.work()  # the shipped frameworks stand
    institute = make.institute(make.region())
    author, colleague = (make.staff(Role.METHODOLOGIST, institute) for _ in range(2))
    reviewer = make.staff(Role.EXPERT, institute)
    draft = drafts.create_from_ready("test", node_id=institute.id, actor_id=author.id)
    return Desk(institute, author, colleague, reviewer, draft)

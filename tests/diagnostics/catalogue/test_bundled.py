"""The shipped method comes beside the one that a base already works by."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from diagnostics.catalogue import actions, bundled
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.method_names import LATER

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def older(in_app: Flask) -> str:
    """A base of the release before: its method as that release wrote it."""
    body = {name: value for name, value in json.loads(METHOD.to_json()).items() if name not in LATER["3"]}
    found = actions.publish_method(body | {"version": "3", "min_items": 4}, actor_id=None)
    session.commit()
    return str(found.id)


def test_the_new_method_leads_and_the_older_one_stays_published_and_reads(older: str) -> None:
    bundled.install()

    versions = [one.id for one in catalogue.published(VersionKind.METHOD)]
    assert len(versions) == 2
    assert catalogue.method(versions[0]) == METHOD
    assert versions[1] == older
    assert (catalogue.method(older).version, catalogue.method(older).min_items) == ("3", 4)


def test_installing_again_publishes_nothing(older: str) -> None:
    bundled.install()
    bundled.install()

    assert len(catalogue.published(VersionKind.METHOD)) == 2

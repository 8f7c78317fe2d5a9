"""The shipped library into the catalogue: frameworks, works with their scorings, the method."""

from __future__ import annotations

import json

from diagnostics.catalogue import actions
from diagnostics.measurement.method import Method
from instruments.bundled import bundled


def install(*, actor_id: str | None = None) -> None:
    """Publish every shipped document that does not stand yet; run again, it changes nothing."""
    frameworks = bundled("framework")
    for framework in frameworks.values():
        actions.publish_framework(framework, actor_id=actor_id)
    instruments = bundled("instrument")
    for scoring in bundled("scoring").values():
        actions.publish_instrument(
            instruments[scoring.instrument], scoring, frameworks[scoring.framework], actor_id=actor_id
        )
    actions.publish_method(json.loads(Method().to_json()), actor_id=actor_id)

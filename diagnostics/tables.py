"""Every table of the product in one import: for migrations and for tests of the schema."""

from __future__ import annotations

from diagnostics.audit import models as audit
from diagnostics.campaigns import circle_models as circles
from diagnostics.campaigns import models as campaigns
from diagnostics.catalogue import draft_models as drafts
from diagnostics.catalogue import models as catalogue
from diagnostics.database import Base
from diagnostics.files import models as files
from diagnostics.findings import models as findings
from diagnostics.improvement import models as improvement
from diagnostics.jobs import models as jobs
from diagnostics.marking import models as marking
from diagnostics.outbox import models as outbox
from diagnostics.pathways import models as pathways
from diagnostics.people import models as people
from diagnostics.releases import models as releases
from diagnostics.resources import models as resources
from diagnostics.sittings import entry_models as entries
from diagnostics.sittings import models as sittings
from diagnostics.upkeep import marks

STAGES = (
    marks, files, audit, jobs, outbox, people, catalogue, drafts, campaigns, circles, sittings, entries, marking, findings, releases, resources,
    pathways, improvement,
)  # fmt: skip
metadata = Base.metadata

"""Every kind of job in one table."""

from __future__ import annotations

from diagnostics.access import Permission, things
from diagnostics.worker.campaigns import close_overdue, open_due
from diagnostics.worker.cards import print_cards
from diagnostics.worker.circle_sheets import print_sheets
from diagnostics.worker.findings import TOGETHER, calibrate_wave, rescore, score_sitting, score_sittings
from diagnostics.worker.growth import entry_exit, release
from diagnostics.worker.improvement import count_zones, print_opened, print_own
from diagnostics.worker.kind import Kind, Together
from diagnostics.worker.letters import write_letters
from diagnostics.worker.papers import print_pack, print_paper
from diagnostics.worker.pathways import print_route
from diagnostics.worker.reporting import person
from diagnostics.worker.sittings import close_by_time
from diagnostics.worker.system import clear_what_is_over, seal_audit, send_letter

KINDS: dict[str, Kind] = {
    "audit.seal": Kind(seal_audit),
    "campaigns.cards": Kind(print_cards, Permission.CAMPAIGN_RUN, things.campaign),
    "campaigns.close_wave": Kind(close_overdue),
    "campaigns.letters": Kind(write_letters, Permission.CAMPAIGN_RUN, things.campaign),
    "campaigns.open_wave": Kind(open_due),
    "campaigns.circle_sheets": Kind(print_sheets, Permission.ASSESSMENT_COLLECT, things.self_assessment),
    "findings.calibrate": Kind(calibrate_wave),
    "findings.rescore": Kind(rescore, Permission.INSTRUMENT_PUBLISH),
    "findings.score": Kind(score_sitting, together=Together(score_sittings, TOGETHER)),
    "improvement.zones": Kind(count_zones, Permission.ASSESSMENT_RUN, things.self_assessment),
    "outbox.send": Kind(send_letter, pause=60),  # a mail server comes back in minutes, not in seconds
    "reporting.route": Kind(print_route, Permission.ROUTE_READ, things.route),
    "reporting.entry_exit": Kind(entry_exit, Permission.GROWTH_READ_UPWARD, things.campaign),
    "reporting.pack": Kind(print_pack, Permission.PAPERS_ISSUE, things.campaign),
    "reporting.paper": Kind(print_paper, Permission.PAPERS_ISSUE, things.campaign),
    "reporting.person": Kind(person, Permission.RESULT_READ, things.finding),
    "reporting.release": Kind(release, Permission.GROWTH_READ_UPWARD, things.campaign),
    "reporting.zones": Kind(print_own, Permission.ASSESSMENT_READ, things.self_assessment),
    "reporting.zones_opened": Kind(print_opened, Permission.ASSESSMENT_READ_OPENED, things.zones),
    "sittings.close_by_time": Kind(close_by_time),
    "upkeep.clear": Kind(clear_what_is_over),
}

"""Every kind of job in one table."""

from __future__ import annotations

from diagnostics.access import Permission, things
from diagnostics.worker.cards import print_cards
from diagnostics.worker.kind import Kind
from diagnostics.worker.system import seal_audit, send_letter

KINDS: dict[str, Kind] = {
    "audit.seal": Kind(seal_audit),
    "campaigns.cards": Kind(print_cards, Permission.CAMPAIGN_RUN, things.campaign),
    "outbox.send": Kind(send_letter),
}

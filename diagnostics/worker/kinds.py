"""Every kind of job in one table."""

from __future__ import annotations

from diagnostics.worker.kind import Kind
from diagnostics.worker.system import seal_audit, send_letter

KINDS: dict[str, Kind] = {
    "audit.seal": Kind(seal_audit),
    "outbox.send": Kind(send_letter),
}

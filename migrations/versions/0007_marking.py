"""Experts' marks: texts that wait, marks, drafts of them, who marks; blocks that wait for a mark"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def upgrade() -> None:
    op.create_table(
        "marked_text",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("campaign_id", sa.String(length=14), nullable=False),
        sa.Column("sitting_id", sa.String(length=14), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("scoring_id", sa.String(length=14), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "differing",
                "settled",
                "given",
                "replaced",
                name="textstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_marked_text_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(["scoring_id"], ["version.id"], name=op.f("fk_marked_text_scoring_id_version")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_marked_text_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marked_text")),
        sa.UniqueConstraint("sitting_id", "item", "stamp", name=op.f("uq_marked_text_sitting_id_item_stamp")),
    )
    with op.batch_alter_table("marked_text", schema=None) as batch_op:
        batch_op.create_index("ix_marked_text_queue", ["campaign_id", "state"], unique=False)

    op.create_table(
        "expert_mark",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("text_id", sa.String(length=14), nullable=False),
        sa.Column("person_id", sa.String(length=14), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scoring_id", sa.String(length=14), nullable=False),
        sa.Column("levels", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_expert_mark_person_id_person")),
        sa.ForeignKeyConstraint(["scoring_id"], ["version.id"], name=op.f("fk_expert_mark_scoring_id_version")),
        sa.ForeignKeyConstraint(["text_id"], ["marked_text.id"], name=op.f("fk_expert_mark_text_id_marked_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_mark")),
        sa.UniqueConstraint("text_id", "place", "number", name=op.f("uq_expert_mark_text_id_place_number")),
        info={"frozen": ("update", "delete")},
    )
    with op.batch_alter_table("expert_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_mark_person_id"), ["person_id"], unique=False)

    op.create_table(
        "mark_draft",
        sa.Column("text_id", sa.String(length=14), nullable=False),
        sa.Column("person_id", sa.String(length=14), nullable=False),
        sa.Column("levels", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mark_draft_person_id_person")),
        sa.ForeignKeyConstraint(["text_id"], ["marked_text.id"], name=op.f("fk_mark_draft_text_id_marked_text")),
        sa.PrimaryKeyConstraint("text_id", "person_id", name=op.f("pk_mark_draft")),
    )
    with op.batch_alter_table("mark_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mark_draft_person_id"), ["person_id"], unique=False)

    op.create_table(
        "marking_expert",
        sa.Column("campaign_id", sa.String(length=14), nullable=False),
        sa.Column("person_id", sa.String(length=14), nullable=False),
        sa.Column("assigned_by", sa.String(length=14), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assigned_by"], ["person.id"], name=op.f("fk_marking_expert_assigned_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_marking_expert_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_marking_expert_person_id_person")),
        sa.PrimaryKeyConstraint("campaign_id", "person_id", name=op.f("pk_marking_expert")),
    )
    with op.batch_alter_table("marking_expert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marking_expert_person_id"), ["person_id"], unique=False)

    op.create_table(
        "marking_rule",
        sa.Column("campaign_id", sa.String(length=14), nullable=False),
        sa.Column("experts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_marking_rule")),
    )
    with op.batch_alter_table("finding_scale", schema=None) as batch_op:
        batch_op.add_column(sa.Column("awaiting", sa.Integer(), server_default="0", nullable=False))
    _ask_experts()


def downgrade() -> None:
    with op.batch_alter_table("finding_scale", schema=None) as batch_op:
        batch_op.drop_column("awaiting")

    op.drop_table("marking_rule")
    with op.batch_alter_table("marking_expert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_marking_expert_person_id"))

    op.drop_table("marking_expert")
    with op.batch_alter_table("mark_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mark_draft_person_id"))

    op.drop_table("mark_draft")
    with op.batch_alter_table("expert_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_mark_person_id"))

    op.drop_table("expert_mark")
    with op.batch_alter_table("marked_text", schema=None) as batch_op:
        batch_op.drop_index("ix_marked_text_queue")

    op.drop_table("marked_text")


def _ask_experts() -> None:
    """Works that were scored when nobody could mark: their scoring is done again and puts them before experts."""
    base, now = op.get_bind(), datetime.now(tz=UTC)
    found = base.execute(
        sa.text(
            "SELECT sitting_id FROM finding WHERE current_key = 'current' AND sitting_id IS NOT NULL "
            "AND CAST(items AS TEXT) LIKE '%\"awaiting\"%'"
        )
    ).scalars()
    jobs = [_job(sitting_id, now) for sitting_id in found]
    if jobs:
        op.bulk_insert(_JOB, jobs)


_JOB = sa.table(
    "job",
    sa.column("id", sa.String),
    sa.column("kind", sa.Text),
    sa.column("subject_id", sa.Text),
    sa.column("title", sa.Text),
    sa.column("parameters", sa.JSON),
    sa.column("state", sa.Text),
    sa.column("stages", sa.JSON),
    sa.column("stage", sa.Integer),
    sa.column("done", sa.Integer),
    sa.column("total", sa.Integer),
    sa.column("attempts", sa.Integer),
    sa.column("lease_until", sa.DateTime(timezone=True)),
    sa.column("created_at", sa.DateTime(timezone=True)),
)


def _job(sitting_id: str, now: datetime) -> dict[str, object]:
    return {
        "id": "".join(secrets.choice(_LETTERS) for _ in range(14)),
        "kind": "findings.score",
        "subject_id": sitting_id,
        "title": "",
        "parameters": {"reason": "submitted"},
        "state": "queued",
        "stages": {"names": []},
        "stage": 0,
        "done": 0,
        "total": 0,
        "attempts": 0,
        "lease_until": now,
        "created_at": now,
    }

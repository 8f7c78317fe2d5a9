"""The workshop: drafts with their steps, comments and approvals; decisions about questions; trials"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("instrument", "framework", "scoring", name="draftkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("node_id", sa.String(length=14), nullable=False),
        sa.Column("based_on_id", sa.String(length=14), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "review",
                "returned",
                "approved",
                "dropped",
                name="draftstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("wanted", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.String(length=14), nullable=True),
        sa.Column("version_id", sa.String(length=14), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=14), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=14), nullable=False),
        sa.ForeignKeyConstraint(["based_on_id"], ["version.id"], name=op.f("fk_draft_based_on_id_version")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_draft_created_by_person")),
        sa.ForeignKeyConstraint(["node_id"], ["org_node.id"], name=op.f("fk_draft_node_id_org_node")),
        sa.ForeignKeyConstraint(["submitted_by"], ["person.id"], name=op.f("fk_draft_submitted_by_person")),
        sa.ForeignKeyConstraint(["updated_by"], ["person.id"], name=op.f("fk_draft_updated_by_person")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_draft_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_based_on_id"), ["based_on_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_created_by"), ["created_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_node_id"), ["node_id"], unique=False)

    op.create_table(
        "item_decision",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("version_id", sa.String(length=14), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("keep", "revise", "drop", name="verdict", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("person_id", sa.String(length=14), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_item_decision_person_id_person")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_item_decision_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_decision")),
        info={"frozen": ("update", "delete")},
    )
    with op.batch_alter_table("item_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_decision_version_id"), ["version_id"], unique=False)

    op.create_table(
        "version_claim",
        sa.Column("version_id", sa.String(length=14), nullable=False),
        sa.Column("before_id", sa.String(length=14), nullable=False),
        sa.Column(
            "claim",
            sa.Enum(
                "none",
                "cosmetic",
                "equivalent",
                "breaking",
                name="comparability",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "found",
            sa.Enum(
                "none",
                "cosmetic",
                "equivalent",
                "breaking",
                name="comparability",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("anchors", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(length=14), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["before_id"], ["version.id"], name=op.f("fk_version_claim_before_id_version")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_version_claim_person_id_person")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_version_claim_version_id_version")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_claim")),
        info={"frozen": ("update", "delete")},
    )
    with op.batch_alter_table("version_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_version_claim_before_id"), ["before_id"], unique=False)

    op.create_table(
        "draft_approval",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("draft_id", sa.String(length=14), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(length=14), nullable=False),
        sa.Column("checklist", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_approval_draft_id_draft")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_approval_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_approval")),
    )
    with op.batch_alter_table("draft_approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_approval_draft_id"), ["draft_id"], unique=False)

    op.create_table(
        "draft_comment",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("draft_id", sa.String(length=14), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("answers_id", sa.String(length=14), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.String(length=14), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=14), nullable=True),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["draft_comment.id"], name=op.f("fk_draft_comment_answers_id_draft_comment")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_draft_comment_author_id_person")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_comment_draft_id_draft")),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["person.id"], name=op.f("fk_draft_comment_resolved_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_comment")),
    )
    with op.batch_alter_table("draft_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_comment_draft_id"), ["draft_id"], unique=False)

    op.create_table(
        "draft_revision",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("draft_id", sa.String(length=14), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "created",
                "saved",
                "undone",
                "redone",
                "refused",
                "chosen",
                name="stepkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("patch", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("base_revision", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.String(length=14), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_revision_draft_id_draft")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_revision_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_revision")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_draft_revision_draft_id_number")),
        info={"frozen": ("update", "delete")},
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trial", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_column("trial")

    op.drop_table("draft_revision")
    with op.batch_alter_table("draft_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_comment_draft_id"))

    op.drop_table("draft_comment")
    with op.batch_alter_table("draft_approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_approval_draft_id"))

    op.drop_table("draft_approval")
    with op.batch_alter_table("version_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_version_claim_before_id"))

    op.drop_table("version_claim")
    with op.batch_alter_table("item_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_decision_version_id"))

    op.drop_table("item_decision")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_node_id"))
        batch_op.drop_index(batch_op.f("ix_draft_created_by"))
        batch_op.drop_index(batch_op.f("ix_draft_based_on_id"))

    op.drop_table("draft")

"""Clarifying tasks after the fixed part; counts of leaving the page and of pasting"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_signal",
        sa.Column("sitting_id", sa.String(length=14), nullable=False),
        sa.Column("client", sa.String(length=14), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("pastes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_page_signal_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("sitting_id", "client", name=op.f("pk_page_signal")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.add_column(sa.Column("clarify_most", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("watch", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.add_column(sa.Column("clarify_id", sa.String(length=14), nullable=True))
        batch_op.create_foreign_key(op.f("fk_wave_clarify_id_version"), "version", ["clarify_id"], ["id"])
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("clarified", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_column("clarified")
    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_wave_clarify_id_version"), type_="foreignkey")
        batch_op.drop_column("clarify_id")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_column("watch")
        batch_op.drop_column("clarify_most")
    op.drop_table("page_signal")

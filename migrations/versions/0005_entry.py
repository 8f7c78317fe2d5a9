"""Ways in beside the player: answers held for who has to come in again, answers from paper, agreed extra time"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_answer",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("mark_hash", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.String(length=14), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_held_answer_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_answer")),
        sa.UniqueConstraint(
            "sitting_id", "mark_hash", "item", name=op.f("uq_held_answer_sitting_id_mark_hash_item")
        ),
    )
    op.create_table(
        "paper_entry",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("wave_id", sa.String(length=14), nullable=False),
        sa.Column("seat_id", sa.String(length=14), nullable=True),
        sa.Column("circle_id", sa.String(length=14), nullable=True),
        sa.Column("code_id", sa.String(length=14), nullable=True),
        sa.Column(
            "state",
            sa.Enum("entered", "confirmed", "dropped", name="paperstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("entered_by", sa.String(length=14), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(length=14), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["circle_id"], ["respondent_circle.id"], name=op.f("fk_paper_entry_circle_id_respondent_circle")),
        sa.ForeignKeyConstraint(["code_id"], ["one_time_code.id"], name=op.f("fk_paper_entry_code_id_one_time_code")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_paper_entry_confirmed_by_person")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_paper_entry_entered_by_person")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_paper_entry_seat_id_seat")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_paper_entry_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entry")),
    )
    with op.batch_alter_table("paper_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_entry_circle_id"), ["circle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_entry_seat_id"), ["seat_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_entry_wave_id"), ["wave_id"], unique=False)
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decline_reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("extra_reason", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_column("extra_reason")
        batch_op.drop_column("decline_reason")

    with op.batch_alter_table("paper_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_entry_wave_id"))
        batch_op.drop_index(batch_op.f("ix_paper_entry_seat_id"))
        batch_op.drop_index(batch_op.f("ix_paper_entry_circle_id"))

    op.drop_table("paper_entry")
    op.drop_table("held_answer")

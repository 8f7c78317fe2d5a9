"""school thread"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("person_id", sa.String(length=14), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "second_step",
        sa.Column("person_id", sa.String(length=14), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_counter", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_step_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_step")),
    )
    op.create_table(
        "words_check",
        sa.Column("campaign_id", sa.String(length=14), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_words_check_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_words_check")),
    )
    op.create_table(
        "zones_opening",
        sa.Column("campaign_id", sa.String(length=14), nullable=False),
        sa.Column(
            "state",
            sa.Enum("closed", "open", "taken", name="openingstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=14), nullable=True),
        sa.Column("taken_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_zones_opening_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_zones_opening_changed_by_person")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_zones_opening")),
    )
    op.create_table(
        "sheet_declaration",
        sa.Column("wave_id", sa.String(length=14), nullable=False),
        sa.Column("people", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=14), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_sheet_declaration_recorded_by_person")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_sheet_declaration_wave_id_wave")),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_sheet_declaration")),
    )
    op.create_table(
        "respondent_circle",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("wave_id", sa.String(length=14), nullable=False),
        sa.Column("assignment_id", sa.String(length=14), nullable=False),
        sa.Column("school_id", sa.String(length=14), nullable=False),
        sa.Column("respondent_group", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum("sheet", "codes", "link", name="circleway", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=True),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_respondent_circle_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["org_node.id"], name=op.f("fk_respondent_circle_school_id_org_node")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_respondent_circle_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_respondent_circle")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_respondent_circle_secret_hash")),
        sa.UniqueConstraint(
            "wave_id",
            "respondent_group",
            "label",
            name=op.f("uq_respondent_circle_wave_id_respondent_group_label"),
        ),
    )
    with op.batch_alter_table("respondent_circle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_respondent_circle_school_id"), ["school_id"], unique=False)

    op.create_table(
        "free_text",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("circle_id", sa.String(length=14), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["respondent_circle.id"], name=op.f("fk_free_text_circle_id_respondent_circle")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_free_text")),
    )
    with op.batch_alter_table("free_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_free_text_circle_id"), ["circle_id"], unique=False)

    op.create_table(
        "one_time_code",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("circle_id", sa.String(length=14), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("fresh", "open", "spent", "revoked", name="codestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("seat_id", sa.String(length=14), nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["respondent_circle.id"], name=op.f("fk_one_time_code_circle_id_respondent_circle")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_one_time_code_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_one_time_code_secret_hash")),
    )
    with op.batch_alter_table("one_time_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_code_circle_id"), ["circle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_one_time_code_seat_id"), ["seat_id"], unique=False)

    op.create_table(
        "words_verdict",
        sa.Column("text_id", sa.String(length=14), nullable=False),
        sa.Column("campaign_id", sa.String(length=14), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_words_verdict_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["free_text.id"], name=op.f("fk_words_verdict_text_id_free_text")
        ),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_words_verdict")),
    )
    with op.batch_alter_table("words_verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_words_verdict_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "late_decision",
        sa.Column("id", sa.String(length=14), nullable=False),
        sa.Column("sitting_id", sa.String(length=14), nullable=False),
        sa.Column(
            "choice",
            sa.Enum("accepted", "refused", name="latechoice", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("hash_before", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(length=14), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_late_decision_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_late_decision_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_decision")),
    )
    with op.batch_alter_table("late_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_late_decision_sitting_id"), ["sitting_id"], unique=False)

    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "purpose",
                sa.Enum("diagnosis", "self_assessment", name="campaignpurpose", native_enum=False, length=32),
                server_default="diagnosis",
                nullable=False,
            )
        )

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("readable_until", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hold_until", sa.Date(), nullable=True))

    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("circle_id", sa.String(length=14), nullable=True))
        batch_op.add_column(sa.Column("extension_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("extension_answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_seat_circle_id"), ["circle_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_seat_circle_id_respondent_circle"), "respondent_circle", ["circle_id"], ["id"]
        )

    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("closed_by", sa.String(length=14), nullable=True))
        batch_op.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("pause_reason", sa.Text(), server_default="", nullable=False))
        batch_op.create_foreign_key(batch_op.f("fk_wave_closed_by_person"), "person", ["closed_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_wave_closed_by_person"), type_="foreignkey")
        batch_op.drop_column("pause_reason")
        batch_op.drop_column("paused_at")
        batch_op.drop_column("closed_by")
        batch_op.drop_column("closed_at")

    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_seat_circle_id_respondent_circle"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_seat_circle_id"))
        batch_op.drop_column("extension_answered_at")
        batch_op.drop_column("extension_asked_at")
        batch_op.drop_column("circle_id")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("hold_until")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("readable_until")

    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_column("purpose")

    with op.batch_alter_table("late_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_late_decision_sitting_id"))

    op.drop_table("late_decision")
    with op.batch_alter_table("words_verdict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_words_verdict_campaign_id"))

    op.drop_table("words_verdict")
    with op.batch_alter_table("one_time_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_code_seat_id"))
        batch_op.drop_index(batch_op.f("ix_one_time_code_circle_id"))

    op.drop_table("one_time_code")
    with op.batch_alter_table("free_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_free_text_circle_id"))

    op.drop_table("free_text")
    with op.batch_alter_table("respondent_circle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_respondent_circle_school_id"))

    op.drop_table("respondent_circle")
    op.drop_table("sheet_declaration")
    op.drop_table("zones_opening")
    op.drop_table("words_check")
    op.drop_table("second_step")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_person_id"))

    op.drop_table("recovery_code")

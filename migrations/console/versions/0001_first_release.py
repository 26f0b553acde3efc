"""The tables of the first release."""
# ruff: noqa: PLR0915

import sqlalchemy as sa
from alembic import op

from app.db.base import UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "category",
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("needs_visit", sa.BigInteger(), nullable=False),
        sa.Column("is_opinion", sa.BigInteger(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("is_active", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name=op.f("fk_category_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
    )
    op.create_table(
        "cause",
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["cause.id"], name=op.f("fk_cause_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cause")),
    )
    op.create_table(
        "service_calendar",
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("opens_minute", sa.BigInteger(), nullable=False),
        sa.Column("closes_minute", sa.BigInteger(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_calendar")),
    )
    op.create_table(
        "site",
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "skill",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
    )
    op.create_table(
        "supplier",
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier")),
    )
    op.create_table(
        "building",
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_building_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building")),
    )
    with op.batch_alter_table("building", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_building_site_id"), ["site_id"], unique=False)

    op.create_table(
        "calendar_day",
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=True),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_calendar_day_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
    )
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_day_day"), ["day"], unique=False)

    op.create_table(
        "category_skill",
        sa.Column("category_id", sa.String(length=36), nullable=False),
        sa.Column("skill_id", sa.String(length=36), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_category_skill_category_id")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_category_skill_skill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_skill")),
    )
    with op.batch_alter_table("category_skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_category_skill_category_id"), ["category_id"], unique=False)

    op.create_table(
        "resident",
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_resident_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident")),
    )
    with op.batch_alter_table("resident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resident_site_id"), ["site_id"], unique=False)

    op.create_table(
        "sla_policy",
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=True),
        sa.Column("property_kind", sa.String(), nullable=True),
        sa.Column("category_id", sa.String(length=36), nullable=True),
        sa.Column("priority", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_sla_policy_category_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_sla_policy_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_policy")),
    )
    op.create_table(
        "staff",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("employee_no", sa.String(), nullable=False),
        sa.Column("home_site_id", sa.String(length=36), nullable=False),
        sa.Column("trade_zh", sa.String(), nullable=False),
        sa.Column("trade_en", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("supplier_id", sa.String(length=36), nullable=True),
        sa.Column("is_active", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["home_site_id"], ["site.id"], name=op.f("fk_staff_home_site_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_staff_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_table(
        "app_user",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("is_active", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_app_user_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
    )
    op.create_table(
        "exemption",
        sa.Column("resident_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name=op.f("fk_exemption_resident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
    )
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemption_resident_id"), ["resident_id"], unique=False)

    op.create_table(
        "order_reporter",
        sa.Column("work_order_id", sa.String(length=36), nullable=False),
        sa.Column("resident_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name=op.f("fk_order_reporter_resident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_reporter")),
    )
    with op.batch_alter_table("order_reporter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_reporter_phone"), ["phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_reporter_resident_id"), ["resident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_reporter_work_order_id"), ["work_order_id"], unique=False)

    op.create_table(
        "place",
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("building_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_place_building_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_place_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_building_id"), ["building_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_site_id"), ["site_id"], unique=False)

    op.create_table(
        "resident_phone",
        sa.Column("resident_id", sa.String(length=36), nullable=False),
        sa.Column("digits", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("is_primary", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name=op.f("fk_resident_phone_resident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_phone")),
    )
    with op.batch_alter_table("resident_phone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resident_phone_digits"), ["digits"], unique=False)
        batch_op.create_index(batch_op.f("ix_resident_phone_resident_id"), ["resident_id"], unique=False)

    op.create_table(
        "sla_policy_version",
        sa.Column("policy_id", sa.String(length=36), nullable=False),
        sa.Column("from_at", UtcTime(), nullable=False),
        sa.Column("calendar_id", sa.String(length=36), nullable=False),
        sa.Column("response_minutes", sa.BigInteger(), nullable=True),
        sa.Column("resolution_minutes", sa.BigInteger(), nullable=True),
        sa.Column("warn_percent", sa.BigInteger(), nullable=False),
        sa.Column("pausing_reasons", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["service_calendar.id"], name=op.f("fk_sla_policy_version_calendar_id")
        ),
        sa.ForeignKeyConstraint(["policy_id"], ["sla_policy.id"], name=op.f("fk_sla_policy_version_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_policy_version")),
    )
    with op.batch_alter_table("sla_policy_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sla_policy_version_policy_id"), ["policy_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("building_id", sa.String(length=36), nullable=False),
        sa.Column("entrance", sa.String(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("area_dm2", sa.BigInteger(), nullable=True),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("occupancy", sa.String(), nullable=False),
        sa.Column("handed_over_on", sa.String(), nullable=True),
        sa.Column("steward_user_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_unit_building_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_unit_site_id")),
        sa.ForeignKeyConstraint(["steward_user_id"], ["app_user.id"], name=op.f("fk_unit_steward_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_building_id"), ["building_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_site_id"), ["site_id"], unique=False)

    op.create_table(
        "asset",
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("building_id", sa.String(length=36), nullable=True),
        sa.Column("unit_id", sa.String(length=36), nullable=True),
        sa.Column("place_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("installed_on", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_asset_building_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_asset_place_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_asset_site_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_asset_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
    )
    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asset_building_id"), ["building_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_asset_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_asset_site_id"), ["site_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_asset_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "residence",
        sa.Column("resident_id", sa.String(length=36), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("is_primary", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name=op.f("fk_residence_resident_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_residence_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residence")),
    )
    with op.batch_alter_table("residence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_residence_resident_id"), ["resident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_residence_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "work_order",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("source_number", sa.String(), nullable=True),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("building_id", sa.String(length=36), nullable=True),
        sa.Column("unit_id", sa.String(length=36), nullable=True),
        sa.Column("place_id", sa.String(length=36), nullable=True),
        sa.Column("asset_id", sa.String(length=36), nullable=True),
        sa.Column("place_label", sa.String(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("category_id", sa.String(length=36), nullable=True),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held_from", sa.String(), nullable=True),
        sa.Column("hold_reason", sa.String(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.Column("duplicate_of_id", sa.String(length=36), nullable=True),
        sa.Column("steward_user_id", sa.String(length=36), nullable=True),
        sa.Column("lead_staff_id", sa.String(length=36), nullable=True),
        sa.Column("lead_supplier_id", sa.String(length=36), nullable=True),
        sa.Column("reported_at", UtcTime(), nullable=False),
        sa.Column("reported_by_user_id", sa.String(length=36), nullable=True),
        sa.Column("appointment_at", UtcTime(), nullable=True),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.Column("reopened_at", UtcTime(), nullable=True),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("chase_count", sa.BigInteger(), nullable=False),
        sa.Column("chased_at", UtcTime(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("cause_id", sa.String(length=36), nullable=True),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column("has_clocks", sa.BigInteger(), nullable=False),
        sa.Column("response_due_at", UtcTime(), nullable=True),
        sa.Column("response_warn_at", UtcTime(), nullable=True),
        sa.Column("response_target", sa.BigInteger(), nullable=True),
        sa.Column("response_elapsed", sa.BigInteger(), nullable=False),
        sa.Column("response_verdict", sa.String(), nullable=True),
        sa.Column("resolution_due_at", UtcTime(), nullable=True),
        sa.Column("resolution_warn_at", UtcTime(), nullable=True),
        sa.Column("resolution_target", sa.BigInteger(), nullable=True),
        sa.Column("resolution_elapsed", sa.BigInteger(), nullable=False),
        sa.Column("resolution_verdict", sa.String(), nullable=True),
        sa.Column("paused_since", UtcTime(), nullable=True),
        sa.Column("due_at", UtcTime(), nullable=True),
        sa.Column("warn_at", UtcTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_work_order_asset_id")),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_work_order_building_id")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_work_order_category_id")),
        sa.ForeignKeyConstraint(["cause_id"], ["cause.id"], name=op.f("fk_work_order_cause_id")),
        sa.ForeignKeyConstraint(["duplicate_of_id"], ["work_order.id"], name=op.f("fk_work_order_duplicate_of_id")),
        sa.ForeignKeyConstraint(["lead_staff_id"], ["staff.id"], name=op.f("fk_work_order_lead_staff_id")),
        sa.ForeignKeyConstraint(["lead_supplier_id"], ["supplier.id"], name=op.f("fk_work_order_lead_supplier_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_work_order_place_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_work_order_site_id")),
        sa.ForeignKeyConstraint(["steward_user_id"], ["app_user.id"], name=op.f("fk_work_order_steward_user_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_work_order_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order")),
    )
    with op.batch_alter_table("work_order", schema=None) as batch_op:
        batch_op.create_index(
            "ix_work_order_by_text",
            [sa.text("substr(description, 1, 24)"), "id", "stream_id", "state"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_work_order_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_building_id"), ["building_id"], unique=False)
        batch_op.create_index("ix_work_order_by_due", ["due_at", "id", "stream_id", "state"], unique=False)
        batch_op.create_index("ix_work_order_by_lead", ["lead_staff_id", "id", "stream_id", "state"], unique=False)
        batch_op.create_index("ix_work_order_by_number", ["number", "id", "stream_id", "state"], unique=False)
        batch_op.create_index("ix_work_order_by_place", ["place_label", "id", "stream_id", "state"], unique=False)
        batch_op.create_index(
            "ix_work_order_by_priority", ["priority", "due_at", "id", "stream_id", "state"], unique=False
        )
        batch_op.create_index(
            "ix_work_order_by_report", ["reported_at", "id", "stream_id", "state", "due_at"], unique=False
        )
        batch_op.create_index("ix_work_order_by_state", ["state", "id", "stream_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_category_id"), ["category_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_duplicate_of_id"), ["duplicate_of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_source_number"), ["source_number"], unique=False)
        batch_op.create_index("ix_work_order_stream_reported", ["stream_id", "reported_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("work_order_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("supplier_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("assigned_at", UtcTime(), nullable=False),
        sa.Column("chased_at", UtcTime(), nullable=True),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_assignment_staff_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_assignment_supplier_id")),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_assignment_work_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_staff_id"), ["staff_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_work_order_id"), ["work_order_id"], unique=False)

    op.create_table(
        "data_error",
        sa.Column("work_order_id", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("noted_at", UtcTime(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_data_error_work_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_error")),
    )
    with op.batch_alter_table("data_error", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_data_error_work_order_id"), ["work_order_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("work_order_id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("read_at", UtcTime(), nullable=True),
        sa.Column("read_by_user_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_notice_site_id")),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_notice_work_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_work_order_id"), ["work_order_id"], unique=False)

    op.create_table(
        "number_alias",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("work_order_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_number_alias_work_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_alias")),
    )
    with op.batch_alter_table("number_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_number_alias_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_number_alias_work_order_id"), ["work_order_id"], unique=False)

    op.create_table(
        "timeline",
        sa.Column("work_order_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("happened_at", UtcTime(), nullable=False),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("supplier_id", sa.String(length=36), nullable=True),
        sa.Column("is_by_phone", sa.BigInteger(), nullable=False),
        sa.Column("is_offline", sa.BigInteger(), nullable=False),
        sa.Column("is_withdrawn", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("undo", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_timeline_staff_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_timeline_supplier_id")),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_timeline_work_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline")),
    )
    with op.batch_alter_table("timeline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_timeline_work_order_id"), ["work_order_id"], unique=False)

    op.create_table(
        "base_row",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("image", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("table_name", "row_id", name=op.f("pk_base_row")),
    )
    op.create_table(
        "counter",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_counter")),
    )
    op.create_table(
        "cursor",
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("stream_id", name=op.f("pk_cursor")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("first_words", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.Column("parked_at", UtcTime(), nullable=True),
        sa.Column("handed_to_id", sa.String(length=36), nullable=True),
        sa.Column("handed_by_id", sa.String(length=36), nullable=True),
        sa.Column("handed_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_user_id"), ["user_id"], unique=False)

    op.create_table(
        "fetch",
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("stream_class", sa.String(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("head", sa.BigInteger(), nullable=True),
        sa.Column("is_again", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("stream_id", name=op.f("pk_fetch")),
    )
    op.create_table(
        "local_user",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("verifier", sa.String(), nullable=True),
        sa.Column("roles", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("streams", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("scope_version", sa.BigInteger(), nullable=False),
        sa.Column("last_online_at", UtcTime(), nullable=False),
        sa.Column("offline_until", UtcTime(), nullable=False),
        sa.Column("failed_count", sa.BigInteger(), nullable=False),
        sa.Column("locked_until", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_local_user")),
        sa.UniqueConstraint("login", name=op.f("uq_local_user_login")),
    )
    op.create_table(
        "made_row",
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("command_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("row_id", "command_id", name=op.f("pk_made_row")),
    )
    with op.batch_alter_table("made_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_made_row_command_id"), ["command_id"], unique=False)

    op.create_table(
        "met_row",
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("stream_id", "table_name", "row_id", name=op.f("pk_met_row")),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "outbox",
        sa.Column("position", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("command_id", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("base", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reads", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("stream_ids", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("clock_offset_ms", sa.BigInteger(), nullable=False),
        sa.Column("is_offline", sa.BigInteger(), nullable=False),
        sa.Column("depends_on", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("undoes", sa.String(length=36), nullable=True),
        sa.Column("replaces", sa.String(length=36), nullable=True),
        sa.Column("inverse", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("context", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("seqs", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("renumbered", sa.String(), nullable=True),
        sa.Column("error", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("by", sa.String(length=36), nullable=True),
        sa.Column("is_unsure", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbox")),
        sa.UniqueConstraint("command_id", name=op.f("uq_outbox_command_id")),
        sa.UniqueConstraint("sequence", name=op.f("uq_outbox_sequence")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_status"), ["status"], unique=False)

    op.create_table(
        "saved_filter",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("is_starred", sa.BigInteger(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
    )
    with op.batch_alter_table("saved_filter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_filter_user_id"), ["user_id"], unique=False)

    op.create_table(
        "search_document",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=36), nullable=False),
        sa.Column("subject_table", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("doc", name=op.f("pk_search_document")),
        sa.UniqueConstraint("table_name", "row_id", name=op.f("uq_search_document_table_name_row_id")),
    )
    with op.batch_alter_table("search_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_document_subject_id"), ["subject_id"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5 (codes, names, words, tokenize = 'unicode61', columnsize = 0)"
    )

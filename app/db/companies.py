"""Tables of the company stream: sites, staff, categories, and what everyone may read."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Id, LongText, Moment, Number, Synced


class Site(Synced, Base):
    """A housing estate, office tower or mall."""

    __tablename__ = "site"
    name_zh: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    """``housing``, ``office`` or ``mall``: what an SLA policy calls the property kind."""
    timezone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")


class Supplier(Synced, Base):
    """An outside firm."""

    __tablename__ = "supplier"
    name_zh: Mapped[str]
    name_en: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")


class Staff(Synced, Base):
    """A person who works for the company or for one of its outside firms."""

    __tablename__ = "staff"
    name: Mapped[str]
    employee_no: Mapped[str]
    home_site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"))
    trade_zh: Mapped[str]
    trade_en: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    supplier_id: Mapped[Id | None] = mapped_column(ForeignKey("supplier.id"))
    is_active: Mapped[Number] = mapped_column(default=1)


class AppUser(Synced, Base):
    """A person who signs in, as others see them; the account itself stays on the server."""

    __tablename__ = "app_user"
    name: Mapped[str]
    title_zh: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str] = mapped_column(default="")
    staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id"))
    is_active: Mapped[Number] = mapped_column(default=1)


class Skill(Synced, Base):
    """Something a person may be able to do."""

    __tablename__ = "skill"
    code: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]


class Category(Synced, Base):
    """A kind of work order, in a tree."""

    __tablename__ = "category"
    parent_id: Mapped[Id | None] = mapped_column(ForeignKey("category.id"))
    code: Mapped[str] = mapped_column(default="")
    name_zh: Mapped[str]
    name_en: Mapped[str]
    priority: Mapped[str] = mapped_column(default="P3")
    """What is suggested for an order of this kind."""
    needs_visit: Mapped[Number] = mapped_column(default=1)
    is_opinion: Mapped[Number] = mapped_column(default=0)
    """A complaint or opinion: its response is the first answer."""
    keywords: Mapped[LongText] = mapped_column(default="")
    """Words that suggest the category, parted by spaces, in any language."""
    sort: Mapped[Number] = mapped_column(default=0)
    is_active: Mapped[Number] = mapped_column(default=1)


class CategorySkill(Synced, Base):
    """A skill that orders of a category ask for, and at what level (0–4)."""

    __tablename__ = "category_skill"
    category_id: Mapped[Id] = mapped_column(ForeignKey("category.id"), index=True)
    skill_id: Mapped[Id] = mapped_column(ForeignKey("skill.id"))
    level: Mapped[Number] = mapped_column(default=1)


class Cause(Synced, Base):
    """Why something broke, in a tree."""

    __tablename__ = "cause"
    parent_id: Mapped[Id | None] = mapped_column(ForeignKey("cause.id"))
    name_zh: Mapped[str]
    name_en: Mapped[str]
    sort: Mapped[Number] = mapped_column(default=0)


class ServiceCalendar(Synced, Base):
    """When a clock may run: always, or in working hours of working days."""

    __tablename__ = "service_calendar"
    name_zh: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    """``always`` or ``working``."""
    opens_minute: Mapped[Number] = mapped_column(default=0)
    closes_minute: Mapped[Number] = mapped_column(default=1440)
    country: Mapped[str] = mapped_column(default="CN")


class CalendarDay(Synced, Base):
    """A day that is not as its weekday says: a holiday, or a make-up working day."""

    __tablename__ = "calendar_day"
    country: Mapped[str]
    site_id: Mapped[Id | None] = mapped_column(ForeignKey("site.id"))
    """``NULL``: every site of the country."""
    day: Mapped[str] = mapped_column(index=True)
    """``YYYY-MM-DD``, local."""
    kind: Mapped[str]
    """``working``, ``rest``, ``holiday`` or ``makeup``."""
    name_zh: Mapped[str] = mapped_column(default="")
    name_en: Mapped[str] = mapped_column(default="")


class SlaPolicy(Synced, Base):
    """For which orders a promise is made; an empty selector matches any."""

    __tablename__ = "sla_policy"
    name_zh: Mapped[str]
    name_en: Mapped[str]
    site_id: Mapped[Id | None] = mapped_column(ForeignKey("site.id"))
    property_kind: Mapped[str | None]
    category_id: Mapped[Id | None] = mapped_column(ForeignKey("category.id"))
    priority: Mapped[str | None]


class SlaPolicyVersion(Synced, Base):
    """What is promised, from a minute on."""

    __tablename__ = "sla_policy_version"
    policy_id: Mapped[Id] = mapped_column(ForeignKey("sla_policy.id"), index=True)
    from_at: Mapped[Moment]
    calendar_id: Mapped[Id] = mapped_column(ForeignKey("service_calendar.id"))
    response_minutes: Mapped[Number | None]
    resolution_minutes: Mapped[Number | None]
    warn_percent: Mapped[Number] = mapped_column(default=80)
    pausing_reasons: Mapped[str] = mapped_column(default="")
    """Hold reasons that stop the clocks, parted by spaces."""

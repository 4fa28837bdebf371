"""Closed lists of this area, in the words of the glossary."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Force(TextChoices):
    """How strongly a clause speaks; one clause may speak differently to two addressees."""

    REQUIRE = "require", _("yêu cầu")
    ASSIGN = "assign", _("giao")
    FORBID = "forbid", _("cấm")
    REQUEST = "request", _("đề nghị")

    @property
    def binds(self) -> bool:
        """A request is shown, reminded and counted apart: never late, never escalated, it replaces nothing."""
        return self is not Force.REQUEST


class RelationKind(TextChoices):
    """What one measure does to another, as a document says it and a person has recorded it."""

    REPLACES = "replaces", _("thay thế, bãi bỏ")
    SUSPENDS = "suspends", _("tạm dừng, không áp dụng")

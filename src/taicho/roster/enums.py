"""Closed lists of this area, in the words of the glossary."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Mode(TextChoices):
    """Where somebody works on a day."""

    ON_SITE = "on_site", _("Tại cơ quan")
    REMOTE = "remote", _("Ở nhà")
    ABSENT = "absent", _("Vắng")


class Absence(TextChoices):
    """Why somebody is away. No word about health: who is ill is on leave here, and nothing more."""

    LEAVE = "leave", _("nghỉ phép")
    TRIP = "trip", _("đi công tác")
    OTHER = "other", _("lý do khác")


class AlwaysOn(TextChoices):
    """How people who must be on post stand to a cap that does not say (office decision, D6)."""

    COUNTED = "counted", _("tính trong mức tối đa")
    APART = "apart", _("tách ra trước khi tính")

"""Tell who must act on a health alert: the health post by name of the matter, the head only that somebody needs care."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.health.models import HealthAlert
from taicho.health.models.scope import HEALTH_POSTS
from taicho.kernel.actor import Actor
from taicho.messaging.actions.sending import send
from taicho.organisation.enums import HEAD_ROLES, PersonKind
from taicho.organisation.models import Person, Post


def tell_of(alert: HealthAlert, *, by: Actor, at: datetime) -> None:
    """Send once to the health post of the agency, once to the heads of the unit of a member of staff. No name, no health fact."""
    once = str(alert.key)
    send(
        "health.alert", to=_holders(at, role__in=HEALTH_POSTS, unit__agency_path=alert.agency.path),
        title=_("Có cảnh báo sức khỏe mới cần xem."), link=reverse("health:alert", args=[alert.key]),
        about=alert.key, once=once, by=by,
    )  # fmt: skip
    if alert.person.kind != PersonKind.STAFF:
        return
    send(
        "health.followed", to=_holders(at, role__in=HEAD_ROLES, unit=alert.person.home_unit),
        title=_("Có người của đơn vị cần theo dõi sức khỏe."), link=reverse("health:followed"),
        about=alert.key, once=once, by=by,
    )  # fmt: skip


def _holders(at: datetime, **which: object) -> QuerySet[Person]:
    """Who holds such a post now."""
    return Person.objects.filter(pk__in=Post.objects.in_force(at).filter(**which).order_by().values("person"))

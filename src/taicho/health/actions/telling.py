"""Tell who must act: the health post by name of the matter, heads only that somebody needs care, or that the health
post has decided about itself."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.health.models import HealthAlert, Restriction
from taicho.health.models.scope import HEALTH_POSTS
from taicho.kernel.actor import Actor, system
from taicho.messaging.actions.sending import send
from taicho.organisation.enums import HEAD_ROLES, PersonKind
from taicho.organisation.models import Person, Post, Unit


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


def tell_of_own_decision(thing: HealthAlert | Restriction, agency: Unit, *, by: Actor, at: datetime) -> None:
    """Tell the accountable head of the agency, else all who lead it, that the health post has decided about itself."""
    leading = Post.objects.in_force(at).filter(unit=agency, role__in=HEAD_ROLES).exclude(person__key=by.me)
    heads = leading.filter(accountable_head=True) if leading.filter(accountable_head=True).exists() else leading
    send(
        "health.own_decision", to=Person.objects.filter(pk__in=heads.order_by().values("person")),
        title=_("Y tế cơ quan vừa tự kết thúc việc theo dõi sức khỏe của chính mình."),
        link=reverse("health:followed"), about=thing.key, once=str(thing.key), by=by,
    )  # fmt: skip


def tell_of_newcomer(person: Person, *, from_unit: str, once: str, at: datetime) -> None:
    """Tell the health post of the agency a person in need of care has come to; within one agency nothing changes.

    A transfer for a day to come tells nobody yet: until that day the old health post has the care.
    """
    came_from, home = Unit.objects.get(key=from_unit), person.home_unit
    alerts = HealthAlert.objects.open().filter(person=person)
    if home is None or home.agency_path == came_from.agency_path:
        return
    if not (alerts.exists() or Restriction.objects.in_force(at).filter(person=person).exists()):
        return
    send(
        "health.followed", to=_holders(at, role__in=HEALTH_POSTS, unit__agency_path=home.agency_path),
        title=_("Có người mới chuyển đến cần theo dõi sức khỏe."), link=reverse("health:person", args=[person.key]),
        about=UUID(str(person.key)), once=once, by=system("health"),
    )  # fmt: skip


def _holders(at: datetime, **which: object) -> QuerySet[Person]:
    """Who holds such a post now."""
    return Person.objects.filter(pk__in=Post.objects.in_force(at).filter(**which).order_by().values("person"))

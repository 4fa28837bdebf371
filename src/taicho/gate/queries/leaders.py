"""Who decides an exception: the leaders of the agency, and who acts for one (E3)."""

from datetime import datetime

from django.db.models import Q, QuerySet

from taicho.gate.models.scope import DECIDES
from taicho.organisation.models import Delegation, Person, Post, Unit


def leaders_on_duty(agency: Unit, at: datetime) -> QuerySet[Person]:
    """Leaders of the agency now, and those to whom one has delegated; the duty roster of leaders is not kept here yet."""
    posts = Post.objects.in_force(at).filter(unit__agency_path=agency.path, role__in=DECIDES)
    delegated = Delegation.objects.in_force(at).filter(post__in=posts)
    return Person.objects.filter(Q(pk__in=posts.values("person")) | Q(pk__in=delegated.values("person"))).order_by(
        "name_key"
    )

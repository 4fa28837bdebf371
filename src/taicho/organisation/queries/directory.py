"""The directory (danh bạ): who works where, sorted by tên, in a bounded number of queries (B5)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from taicho.kernel.actor import Actor
from taicho.organisation.models import Post, StaffMembership, Unit
from taicho.organisation.models.person import units_of_colleagues


def directory(
    actor: Actor,
    at: datetime,
    *,
    terms: tuple[str, ...] = (),
    unit: Unit | None = None,
    category: str = "",
) -> QuerySet[StaffMembership]:
    """Main memberships in force at `at` of the people the actor sees, by tên; narrowed by words, unit and category."""
    seen = StaffMembership.objects.in_force(at).filter(
        main=True, unit__in=units_of_colleagues(actor).order_by().values("pk")
    )
    if unit is not None:
        seen = seen.filter(unit__path__gte=unit.reach.start, unit__path__lt=unit.reach.end)
    if category:
        seen = seen.filter(person__category=category)
    matching = (Q(person__name_folded__contains=term) for term in terms)
    return seen.filter(*matching).select_related("person", "unit").order_by("person__name_key", "pk")


def categories_in(memberships: QuerySet[StaffMembership]) -> dict[str, int]:
    """How many people of each category a list holds, before it is narrowed by category."""
    counted = memberships.order_by().values("person__category").annotate(people=Count("pk"))
    return {row["person__category"]: row["people"] for row in counted}


def with_posts(memberships: Iterable[StaffMembership], at: datetime) -> list[StaffMembership]:
    """The memberships with the posts of each person in force at `at` as `person.posts_now`; one query."""
    rows = list(memberships)
    held: dict[int, list[Post]] = {}
    posts = (
        Post.objects.in_force(at).filter(person__in=[row.person_id for row in rows]).order_by("-accountable_head", "pk")
    )
    for post in posts.select_related("unit"):
        held.setdefault(post.person_id, []).append(post)
    for row in rows:
        row.person.home_unit = row.unit
        row.person.posts_now = held.get(row.person_id, [])
    return rows

"""What the page of a person shows (B5, C9)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from taicho.kernel.clock import today
from taicho.organisation.models import (
    BodyMember,
    Delegation,
    HomeWorkingMeans,
    OutsideAuthority,
    Person,
    Post,
    StaffMembership,
)
from taicho.organisation.queries.health_stations import health_station_for


@dataclass(slots=True)
class PersonPage:
    """One person: where from when, which posts, which seats, what is at home, which health station is told."""

    person: Person
    memberships: list[StaffMembership]
    posts: list[Post]
    former_posts: list[Post]
    delegations: list[Delegation]
    seats: list[BodyMember]
    home_working: HomeWorkingMeans | None
    station: OutsideAuthority | None

    @property
    def is_serving(self) -> bool:
        """Whether the person is on a staff list now."""
        return any(membership.main for membership in self.memberships)


def person_page(person: Person, at: datetime) -> PersonPage:
    """The page of `person` at `at`; what of it is shown, the policies of the page decide."""
    posts = list(Post.objects.filter(person=person).select_related("unit").order_by("-starts_at"))
    given = Delegation.objects.in_force(at).filter(person=person)
    return PersonPage(
        person=person,
        memberships=list(StaffMembership.objects.in_force(at).filter(person=person).select_related("unit")),
        posts=[post for post in posts if post.ends_at is None or post.ends_at > at],
        former_posts=[post for post in posts if post.ends_at is not None and post.ends_at <= at],
        delegations=list(given.select_related("post__person", "post__unit")),
        seats=list(
            BodyMember.objects.filter(
                Q(composition__ends_at__isnull=True) | Q(composition__ends_at__gt=at),
                person=person,
                composition__starts_at__lte=at,
            ).select_related("composition__body")
        ),
        home_working=HomeWorkingMeans.objects.filter(person=person).first(),
        station=health_station_for(person.staying_in, today(at)) if person.staying_in else None,
    )

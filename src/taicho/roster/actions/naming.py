"""Say who holds a post that a document names only by its work (D4)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.directives.models import Measure
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Refusal
from taicho.organisation.models import Person
from taicho.roster.models import PostNaming
from taicho.roster.policies import may_name
from taicho.roster.rules.posts import key_of


@transaction.atomic
def name_people(measure: Measure, post: str, people: Iterable[Person], *, by: Actor) -> list[PostNaming]:
    """Let exactly `people` hold `post` of `measure` (`rules.posts.key_of` of it); nobody: the post is without a name again.

    Refused: may_name (of the agency of the measure), no-such-post, not-of-the-agency.
    """
    may_name.permit(by, measure.agency)
    Measure.objects.select_for_update(no_key=True).get(pk=measure.pk)
    if post not in {key_of(one) for one in measure.params.get("posts", ())}:
        raise Refusal(_("Biện pháp này không có vị trí thường trực đó."), code="no-such-post", field="post")
    chosen = {person.pk: person for person in people}
    for person in chosen.values():
        if person.home_unit is None or person.home_unit.agency_path != measure.agency.path:
            raise Refusal(_("Chọn người của cơ quan."), code="not-of-the-agency", field="people")
    named = PostNaming.objects.filter(measure=measure, post=post)
    named.exclude(person__in=chosen).delete()
    known = set(named.values_list("person", flat=True))
    now = clock.now()
    PostNaming.objects.bulk_create(
        PostNaming(measure=measure, post=post, person=person, named_by=by.person, named_at=now)
        for pk, person in chosen.items()
        if pk not in known
    )
    facts = {"post": post, "people": sorted(str(person.key) for person in chosen.values())}
    audit.record("roster.name_people", by=by, of=measure, unit=measure.agency.key, facts=facts)
    return list(named.select_related("person").order_by("person__name_key", "pk"))

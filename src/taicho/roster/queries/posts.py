"""The posts of a measure with who holds them, as the office sees them when it names people (D4)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from taicho.directives.models import Measure
from taicho.organisation.models import Person, Unit
from taicho.roster.models import PostNaming
from taicho.roster.queries.people import people_of
from taicho.roster.rules.posts import in_words, key_of


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One post: its key, the words to show, whom the office has named; `by_work`: only people name it."""

    number: int
    key: str
    words: str
    by_work: bool
    named: tuple[Person, ...] = ()


def posts_of(measure: Measure) -> list[HeldPost]:
    """The posts of a measure in the order of the document, numbered from 1."""
    named: dict[str, list[Person]] = {}
    for naming in PostNaming.objects.filter(measure=measure).select_related("person").order_by("person__name_key"):
        named.setdefault(naming.post, []).append(naming.person)
    return [
        HeldPost(
            number,
            key_of(post),
            _shown(post),
            "role" in post or "service" in post,
            tuple(named.get(key_of(post), ())),
        )
        for number, post in enumerate(measure.params["posts"], 1)
    ]


def candidates(unit: Unit, day: date, named: tuple[Person, ...]) -> list[Person]:
    """Whom to choose from: the people of one unit, before them whoever has been named already."""
    kept = {person.pk for person in named}
    return [*named, *(person for person in people_of(unit, day) if person.pk not in kept)]


def _shown(post: dict[str, str]) -> str:
    """The line with the name in the place of a key."""
    ((what, name),) = post.items()
    try:
        key = UUID(name)
    except ValueError:
        return in_words(post)
    found = Unit.objects.filter(key=key).first() if what == "unit" else Person.objects.filter(key=key).first()
    return in_words({what: str(found or name)})

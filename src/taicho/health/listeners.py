"""What health does when it hears news."""

from taicho.health.actions.telling import tell_of_newcomer
from taicho.kernel import clock
from taicho.kernel.news import listens_to
from taicho.organisation.models import Person
from taicho.organisation.news import PersonTransferred


@listens_to(PersonTransferred)
def on_person_transferred(news: PersonTransferred) -> None:
    """Somebody who needs care serves elsewhere: another health post has the care now."""
    person = Person.objects.get(key=news.person)
    tell_of_newcomer(person, from_unit=news.from_unit, once=f"{news.person}/{news.at}", at=clock.now())

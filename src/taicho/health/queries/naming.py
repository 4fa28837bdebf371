"""What a person is called on pages of the health post."""

from taicho.organisation.models import Person, SealedIdentity


def name_of(person: Person) -> str:
    """The name of a member of staff, or the sealed one of a visitor."""
    sealed = SealedIdentity.objects.filter(person=person).first() if not person.full_name else None
    return sealed.full_name if sealed else str(person)

"""Find an outsider again by telephone number, through the blind index: the number itself is never searched in clear."""

from taicho.kernel.actor import Actor
from taicho.organisation.models import SealedIdentity


def outsiders_with_phone(actor: Actor, phone: str) -> list[SealedIdentity]:
    """Sealed identities with this number among those the actor may see, newest first. Refused: bad-phone."""
    found = SealedIdentity.objects.visible_to(actor).filter(phone_index=phone)
    return list(found.select_related("person").order_by("-pk"))

"""The way to a unit, for the head of its pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel.actor import Actor
from taicho.organisation.models import Unit
from taicho.organisation.rules.reach import ancestors_of

Trail = list[tuple[str, str]]


def trail_to(actor: Actor, unit: Unit, *here: str) -> Trail:
    """The tree, the units above that the actor sees, the unit; with `here`, a page of the unit behind it."""
    above = Unit.objects.visible_to(actor).filter(path__in=ancestors_of(unit.path))
    way = [(_("Cơ cấu"), reverse("organisation:tree")), *((one.name, address_of(one)) for one in above)]
    own = [(unit.name, address_of(unit) if here else "")]
    return [*way, *own, *((words, "") for words in here)]


def address_of(unit: Unit) -> str:
    """The page of the unit."""
    return reverse("organisation:unit", args=[unit.key])

"""Who answers for a unit, and who is told when the one who answers has not done it either (B3)."""

from collections.abc import Iterable
from datetime import datetime

from taicho.organisation.enums import HEAD_ROLES
from taicho.organisation.models import Person, Post, Unit
from taicho.organisation.rules.reach import ancestors_of


class Superiors:
    """The heads in force at an instant of some units and of every unit above them. One query."""

    def __init__(self, units: Iterable[Unit], at: datetime) -> None:
        paths = {path for unit in units for path in (*ancestors_of(unit.path), unit.path)}
        posts = Post.objects.in_force(at).filter(unit__path__in=paths, role__in=HEAD_ROLES)
        ordered = posts.select_related("person", "unit").order_by("accountable_head", "-starts_at", "-pk")
        self.heads: dict[str, Person] = {post.unit.path: post.person for post in ordered}

    def of(self, unit: Unit, owner: int) -> Person | None:
        """The head of the unit; for the head, or where the post is empty, the one above. None at the very top."""
        for path in (unit.path, *reversed(ancestors_of(unit.path))):
            head = self.heads.get(path)
            if head is not None and head.pk != owner:
                return head
        return None

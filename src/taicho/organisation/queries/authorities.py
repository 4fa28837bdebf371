"""The directory of outside authorities (B6)."""

from datetime import date

from django.db.models import Q

from taicho.kernel.vietnamese import search_terms
from taicho.organisation.enums import AuthorityKind
from taicho.organisation.models import OutsideAuthority


def authorities_by_kind(day: date, words: str = "") -> list[tuple[str, list[OutsideAuthority]]]:
    """Authorities in force on `day` whose name holds every word, grouped by kind in the order of the kinds."""
    matching = (Q(name_folded__contains=term) for term in search_terms(words))
    found = list(OutsideAuthority.objects.in_force(day).filter(*matching).order_by("name_folded"))
    groups = [(str(kind.label), [one for one in found if one.kind == kind]) for kind in AuthorityKind]
    return [(label, members) for label, members in groups if members]

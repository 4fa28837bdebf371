"""Who is in the house (E3, D11)."""

from datetime import datetime

from django.db.models import QuerySet

from taicho.organisation.models import Site
from taicho.presence.models import Stay


def inside(site: Site, at: datetime) -> QuerySet[Stay]:
    """Stays at `site` that run at `at`, by arrival, with their persons. Callers add `.visible_to(actor)` for a page."""
    return Stay.objects.running(at).filter(site=site).select_related("person").order_by("from_at", "pk")

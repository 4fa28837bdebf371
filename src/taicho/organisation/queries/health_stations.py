"""Which health station is told: the one that serves the commune where a person stays (B5, B6)."""

from collections.abc import Iterable
from datetime import date

from taicho.organisation.enums import AuthorityKind
from taicho.organisation.models import OutsideAuthority, ServiceArea


def health_station_for(division: str, day: date) -> OutsideAuthority | None:
    """The health station that serves the commune with code `division` on `day`; None when nobody has said."""
    return health_stations_for([division], day).get(division)


def health_stations_for(divisions: Iterable[str], day: date) -> dict[str, OutsideAuthority]:
    """The health station of each of the communes, in one query; communes without one are left out."""
    areas = ServiceArea.objects.in_force(day).filter(kind=AuthorityKind.HEALTH_STATION, division__in=set(divisions))
    return {area.division: area.authority for area in areas.select_related("authority")}

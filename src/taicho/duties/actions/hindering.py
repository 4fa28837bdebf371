"""Let one thing fail without stopping the others: a savepoint each, and a row that an administrator sees."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from taicho.duties.models import Hindrance
from taicho.duties.queries.claims import Claim, Stuck
from taicho.kernel import audit
from taicho.kernel.actor import system
from taicho.organisation.models import Unit

logger = logging.getLogger(__name__)
KEEPER = "duties"


class Trouble:
    """What went wrong while one day was opened: the error by path of the agency ("" for none alone) and kind."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.failed: dict[tuple[str, str], str] = {}

    def __bool__(self) -> bool:
        return bool(self.failed)

    @property
    def kinds(self) -> set[str]:
        """Kinds of which something failed."""
        return {kind for _, kind in self.failed}

    @contextmanager
    def apart(self, kind: str, agency: str = "") -> Iterator[None]:
        """A savepoint of its own: what fails inside is undone and noted, and the sweep goes on."""
        try:
            with transaction.atomic():
                yield
        except Exception as error:
            self.note(kind, agency, error)

    def note(self, kind: str, agency: str, error: Exception) -> None:
        """Remember the failure; the whole of it goes to the log."""
        self.failed.setdefault((agency, kind), type(error).__name__)
        logger.error("duties of %s: %s not opened for %s", self.day, kind, agency or "*", exc_info=error)

    def note_all(self, stuck: Iterable[Stuck]) -> None:
        """Remember what could not even be computed."""
        for one in stuck:
            self.note(one.kind, one.unit.agency_path, one.error)

    def each(self, group: list[Claim], act: Callable[[list[Claim]], int]) -> int:
        """Do `act` for all units of the group at once; when that fails, agency by agency, so that one stops no other."""
        try:
            with transaction.atomic():
                return act(group)
        except Exception as error:
            by_agency: dict[str, list[Claim]] = {}
            for claim in group:
                by_agency.setdefault(claim.unit.agency_path, []).append(claim)
            kind = group[0].terms.kind
            if len(by_agency) == 1:
                self.note(kind, group[0].unit.agency_path, error)
                return 0
        done = 0
        for agency, own in by_agency.items():
            with self.apart(kind, agency):
                done += act(own)
        return done


def keep_hindrances(trouble: Trouble, at: datetime) -> None:
    """Write what failed for the day of `trouble`, once however often it fails; end what a sweep has got over."""
    agencies = {unit.path: unit for unit in Unit.objects.filter(path__in={path for path, _ in trouble.failed})}
    standing = {(one.agency_id, one.kind): one for one in Hindrance.objects.standing().filter(day=trouble.day)}
    for (path, kind), error in trouble.failed.items():
        agency = agencies.get(path)
        known = standing.pop((agency and agency.pk, kind), None)
        if known is not None:
            Hindrance.objects.filter(pk=known.pk).update(times=F("times") + 1, last_at=at, error=error)
            continue
        new = Hindrance.objects.create(day=trouble.day, agency=agency, kind=kind, error=error, since=at, last_at=at)
        facts = {"day": trouble.day.isoformat(), "kind": kind, "error": error}
        audit.record("duties.hinder", by=system(KEEPER), of=new, unit=agency and agency.key, facts=facts)
    Hindrance.objects.filter(pk__in=[one.pk for one in standing.values()]).update(ended_at=at)

"""What stands on the screen of a verdict beside the word: a name, the reasons, what is still to do."""

from datetime import datetime
from typing import Any

from taicho.directives.queries.in_force import Reason
from taicho.gate.enums import Audience, GateVerdict, Need, VisitMode
from taicho.gate.models import ExceptionRequest, GatePass
from taicho.gate.queries.checking import Verdict
from taicho.gate.queries.requirements import reasons_of
from taicho.health.queries.in_force import fever_threshold
from taicho.organisation.models import Person, SealedIdentity

SETTLED_BY_LEADER = (GateVerdict.NOT_DECLARED, GateVerdict.RECHECK, GateVerdict.NOT_ON_ROSTER, GateVerdict.AT_CAPACITY)


def screen(said: Verdict, shown: GatePass, at: datetime) -> dict[str, Any]:
    """Everything the template of a verdict shows; nothing here tells why somebody waits."""
    asked = ExceptionRequest.objects.filter(person=shown.person_id, agency=shown.agency_id, holds_until__gt=at)
    return {
        "said": said,
        "shown": shown,
        "at": at,
        "name": name_of(shown.person),
        "visitor": said.audience is Audience.VISITORS,
        "visit": shown.visit,
        "reasons": [*reasons_of(said.because), *_threshold(said, shown, at)],
        "needs_mask": Need.MASK in said.needs,
        "needs_hand_rub": Need.HAND_RUB in said.needs,
        "needs_temperature": Need.TEMPERATURE in said.needs,
        "needs_distance": Need.DISTANCE in said.needs,
        "asks_host": _asks_host(said),
        "may_ask_leader": said.verdict in SETTLED_BY_LEADER,
        "request_asked": asked.select_related("decision__leader").first(),
    }


def _threshold(said: Verdict, shown: GatePass, at: datetime) -> tuple[Reason, ...]:
    """Whose decision the threshold is, beside the clause that orders to measure (E2; house D6)."""
    unit = shown.person.home_unit
    if said.verdict is not GateVerdict.HIGH_TEMPERATURE or unit is None:
        return ()
    effect = fever_threshold(unit, at)
    return effect.reasons if effect else ()


def name_of(person: Person) -> str:
    """The name of a member of staff in clear, of a visitor out of the sealed identity."""
    if person.full_name:
        return person.full_name
    sealed = SealedIdentity.objects.filter(person=person).first()
    return sealed.full_name if sealed else ""


def _asks_host(said: Verdict) -> bool:
    """Whether the visit waits for the word of the host, which the guard takes by telephone."""
    if said.verdict is not GateVerdict.RECHECK or said.asked is None or said.facts is None:
        return False
    return said.asked.mode(said.facts.purpose) in (VisitMode.LIMITED, VisitMode.APPOINTMENT)

"""The pass of a person and its code of now."""

from datetime import datetime

from taicho.gate.models import GatePass, PassCode
from taicho.organisation.models import Person, Unit


def agency_to_enter(person: Person) -> Unit:
    """The agency on whose staff the person is."""
    home = person.home_unit
    if home is None:
        raise Unit.DoesNotExist
    return home.agency


def own_pass(person: Person, at: datetime) -> GatePass | None:
    """The live pass of a member of staff for the agency they serve in now, or served in last (then it opens nothing)."""
    home = person.home_unit
    if home is None:
        return None
    return GatePass.objects.filter(person=person, agency__path=home.agency_path, visit=None, revoked_at=None).first()


def code_of(held: GatePass, at: datetime) -> PassCode | None:
    """The typed code that opens the gate at `at`; None when a new one must be asked for."""
    return PassCode.objects.in_force(at).filter(gate_pass=held).order_by("-ends_at").first()

"""What the prepared statement of the gate must say, asked through the ORM and the other rooms' own questions (the oracle)."""

from taicho.gate.enums import Audience, Direction, GateVerdict
from taicho.gate.models import Entry, ExceptionDecision, GatePass, HostWord, PassCode
from taicho.gate.queries.places import agency_of
from taicho.gate.queries.requirements import requirements
from taicho.gate.rules.codes import read_shown
from taicho.gate.rules.verdicts import Facts, Judgement, judge
from taicho.health.queries.standing import standing
from taicho.kernel import clock
from taicho.organisation.enums import PersonKind
from taicho.organisation.models import StaffMembership

NOTHING = (Judgement(GateVerdict.UNKNOWN_CODE), None)


def check(shown, *, gate, at, device):
    """The judgement and the person, the slow way."""
    read = read_shown(shown)
    if read is None or (read.code and device is None):
        return NOTHING
    agency = agency_of(gate, clock.today(at))
    if agency is None or (gate.closed_on and gate.closed_on <= clock.today(at)):
        return NOTHING
    held = _pass(read, agency, at)
    if held is None:
        return NOTHING
    person, visit = held.person, held.visit
    audience = Audience.STAFF if person.kind == PersonKind.STAFF else Audience.VISITORS
    home = StaffMembership.objects.in_force(at).filter(person=person, unit__agency_path=agency.path)
    how = standing([person.pk], at)[person.pk]
    last = Entry.objects.filter(person=person, site=gate.site_id, admitted=True).order_by("-pk").first()
    let_in = ExceptionDecision.objects.filter(
        allowed=True, decided_at__lte=at, request__person=person, request__agency=agency, request__holds_until__gt=at
    )
    facts = Facts(
        audience=audience,
        serving=home.exists() if audience is Audience.STAFF else visit.ends_at > at,
        declared=how.declared,
        restricted=how.restricted,
        high=how.high,
        alert=how.alert,
        inside=last is not None and last.direction == Direction.IN,
        excepted=frozenset(GateVerdict(one) for one in let_in.values_list("request__verdict", flat=True)),
        purpose=visit.purpose if visit else "",
        host_confirmed=HostWord.objects.filter(visit=visit).exists() if visit else False,
    )
    return judge(facts, requirements(agency, audience, at)), person.pk


def _pass(read, agency, at):
    """The one live pass of the agency behind a token or a code of now."""
    if read.token:
        held = GatePass.objects.filter(token_index=read.token, revoked_at=None, agency=agency)
        return held.select_related("person", "visit").first()
    codes = PassCode.objects.in_force(at).filter(code_index=read.code, agency=agency, gate_pass__revoked_at=None)
    found = codes.select_related("gate_pass__person", "gate_pass__visit").first()
    return found.gate_pass if found else None

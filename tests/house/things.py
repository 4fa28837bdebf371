"""Things a page can be about, one at each place of the world: thing → route arguments."""

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from tests.house.world import START

THINGS = {}


def thing(name):
    """Register how to find the thing called `name` for (world, role, place); None where it cannot exist."""

    def register(find):
        THINGS[name] = find
        return find

    return register


@thing("unit")
def unit_at(world, role, place):
    """The unit at the place; one's own unit for oneself."""
    return {"key": (world.unit_of(role) if place == "m" else world.units[place]).key}


@thing("person")
def person_at(world, role, place):
    """A colleague at the place; oneself for oneself."""
    person = world.people.get(role, world.people["staff"]) if place == "m" else world.colleagues[place]
    return {"key": person.key}


@thing("post")
def post_at(world, role, place):
    """The post of the colleague at the place; one's own post for oneself (a member of staff has none: the clerk's)."""
    if place == "m":
        return {"key": world.own_posts.get(role, world.own_posts["clerk"]).key}
    return {"key": world.posts[place].key}


@thing("delegation")
def delegation_at(world, role, place):
    """A delegation of the post at the place; for oneself the one that oneself gave, or else the one of the own unit."""
    return {
        "key": world.own_delegations.get(role, world.delegations["o"]).key
        if place == "m"
        else world.delegations[place].key
    }


def _kept(kind):
    def find(world, role, place):
        return {"key": world.kept[kind]["o" if place == "m" else place].key}

    find.__doc__ = f"The {kind} that the unit at the place keeps; the own unit's for oneself."
    return find


for _kind in ("body", "authority", "site", "gate", "room"):
    thing(_kind)(_kept(_kind))


@thing("staff_import")
def staff_import_at(world, role, place):
    """A staff list that waits, of the agency at the place."""
    from taicho.kernel.keyring import ring
    from taicho.organisation.models import StaffImport, Unit

    ring().prepare()

    unit = world.unit_of(role) if place == "m" else world.units[place]
    agency = Unit.objects.get(path=unit.agency_path)
    waiting = StaffImport.objects.filter(unit=unit).first()
    if waiting is None:
        waiting = StaffImport.objects.create(agency=agency, unit=unit, file_name="ds.xlsx", rows=[], prepared_at=START)
    return {"key": waiting.key}


def _agency(world, role, place):
    """The agency of the unit at the place; of one's own unit for oneself."""
    from taicho.organisation.models import Unit

    unit = world.unit_of(role) if place == "m" else world.units[place]
    return Unit.objects.get(path=unit.agency_path)


def _registered(agency):
    """The one document in the register of the agency, with a file."""
    from taicho.documents.actions.registering import register_incoming
    from taicho.documents.models import IncomingDocument
    from taicho.kernel.intake import Accepted, Kind
    from tests.house.world import BY

    known = IncomingDocument.objects.filter(agency=agency).first()
    facts = {"number": "1", "symbol": "UBND-VP", "issuer": "UBND tỉnh", "subject": "trực cơ quan"}
    file = Accepted("cv.txt", Kind.TXT, b"1. Viec.", "0" * 64, "1. Viec.")
    return known or register_incoming(by=BY, agency=agency, facts=facts, files=[file])


@thing("document")
def document_at(world, role, place):
    """An incoming document of the agency at the place."""
    return {"key": _registered(_agency(world, role, place)).key}


@thing("clause")
def clause_at(world, role, place):
    """A clause that was read in a document of the agency at the place."""
    from taicho.directives.models import Clause

    document = _registered(_agency(world, role, place))
    clause, _new = Clause.objects.get_or_create(document=document, path="1", defaults={"position": 1, "text": "Trực."})
    return {"key": clause.key}


@thing("document_file")
def document_file_at(world, role, place):
    """The file of an incoming document of the agency at the place."""
    return {"key": _registered(_agency(world, role, place)).files.get().key}


@thing("pending_reading")
def pending_reading_at(world, role, place):
    """A document that was read and waits to be entered, in the agency at the place."""
    from taicho.directives.actions.registering import prepare_reading
    from taicho.directives.models import PendingReading
    from taicho.kernel.intake import Accepted, Kind
    from taicho.kernel.keyring import ring
    from tests.house.world import BY

    ring().prepare()
    agency = _agency(world, role, place)
    file = Accepted("cv.txt", Kind.TXT, b"1. Viec.", "1" * 64, "1. Viec.")
    known = PendingReading.objects.filter(agency=agency).first()
    return {"key": (known or prepare_reading(file, by=BY, agency=agency)).key}


@thing("link")
def link_nowhere(world, role, place):
    """A one-time link that nobody issued."""
    return {"token": "x" * 32}


@thing("specimen")
def specimen(world, role, place):
    """The sheet of components."""
    return {"sheet": "paper"}


@thing("passkey")
def passkey_of_nobody(world, role, place):
    """A passkey that the person does not hold."""
    return {"pk": 1}


def _about_health(make):
    def find(world, role, place):
        from taicho.kernel.keyring import ring
        from taicho.organisation.models import Person, Unit

        ring().prepare()
        whose = world.people.get(role, world.people["staff"]) if place == "m" else world.colleagues[place]
        person = Person.objects.get(pk=whose.pk)
        return {"key": make(person, Unit.objects.get(path=person.home_unit.agency_path)).key}

    return find


def _declaration(person, agency):
    from uuid import uuid4

    from taicho.health.models import Declaration

    facts = {"agency": agency, "day": START.date(), "questionnaire": "covid-2021/1", "made_at": START}
    found = Declaration.objects.filter(person=person).first()
    return found or Declaration.objects.create(person=person, client_id=uuid4(), answers={"symptoms": True}, **facts)


def _alert(person, agency):
    from taicho.health.models import HealthAlert

    made = _declaration(person, agency)
    return HealthAlert.objects.get_or_create(
        declaration=made, defaults={"person": person, "agency": agency, "opened_at": START}
    )[0]


def _restriction(person, agency):
    from taicho.health.models import Restriction

    found = Restriction.objects.filter(person=person).first()
    facts = {"agency": agency, "kind": "no_entry", "reason": "sốt", "starts_at": START}
    return found or Restriction.objects.create(person=person, **facts)


thing("declaration")(_about_health(_declaration))
thing("health_alert")(_about_health(_alert))
thing("restriction")(_about_health(_restriction))


@thing("receipt")
def receipt_at(world, role, place):
    """A message that waits in the inbox of the colleague at the place; in one's own for oneself."""
    from taicho.messaging.models import Message, Receipt

    person = world.people.get(role, world.people["staff"]) if place == "m" else world.colleagues[place]
    message, _ = Message.objects.get_or_create(
        kind="matrix",
        once=str(person.key),
        defaults={"title": "Tin", "link": "/", "about": person.key, "sent_at": START},
    )
    receipt, _ = Receipt.objects.get_or_create(message=message, person=person, defaults={"sent_at": START})
    return {"key": receipt.key}


@thing("day")
def day_today(world, role, place):
    """Today, of the own unit."""
    return {"day": clock.today()}


@thing("unit_day")
def unit_day_at(world, role, place):
    """The unit at the place, today."""
    return unit_at(world, role, place) | {"day": clock.today()}


@thing("measure")
def measure_at(world, role, place):
    """A measure that the agency at the place decided."""
    from taicho.directives.actions.measures import decide
    from taicho.directives.models import Measure

    agency = _agency(world, role, place)
    known = Measure.objects.filter(agency=agency, kind="directives.exhortation").first()
    facts = {"subject": "nêu gương", "reason": "không văn bản nào nêu", "from_day": START.date()}
    by = Actor(person=world.people["leader"].key)
    return {"key": (known or decide(agency, by=by, kind="directives.exhortation", params={}, **facts)).key}


@thing("always_on")
def always_on_at(world, role, place):
    """A measure of the agency at the place that names posts to be held always."""
    from taicho.directives.actions.measures import decide
    from taicho.directives.models import Measure
    from taicho.organisation.models import Unit

    unit = world.unit_of(role) if place == "m" else world.units[place]
    agency = Unit.objects.get(path=unit.agency_path)
    kept = Measure.objects.filter(agency=agency, kind="roster.always_on").first()
    return {"key": (kept or _always_on(decide, agency, world)).key}


def _always_on(decide, agency, world):
    return decide(
        agency, by=Actor(person=world.people["leader"].key), kind="roster.always_on",
        params={"posts": [{"service": "văn thư"}]}, subject="thường trực", reason="phục vụ điều hành",
        from_day=START.date(),
    )  # fmt: skip


def _at_the_gate(make):
    """A thing of the agency's gate, about the person at the place: passes, devices, requests."""

    def find(world, role, place):
        from taicho.kernel.keyring import ring
        from taicho.organisation.models import Person, Unit

        ring().prepare()
        whose = world.people.get(role, world.people["staff"]) if place == "m" else world.colleagues[place]
        agency = Unit.objects.get(path=Person.objects.get(pk=whose.pk).home_unit.agency_path)
        return {"key": make(whose, agency, world.kept["gate"]["o" if place == "m" else place]).key}

    return find


def _gate_pass(person, agency, gate):
    from taicho.gate.actions.passes import issue_pass
    from taicho.kernel.actor import system

    return issue_pass(person, by=system("matrix"), agency=agency, at=START)


def _gate_device(person, agency, gate):
    from taicho.gate.models import GateDevice

    facts = {"agency": agency, "invitation": "K7M4QX2345", "invited_until": START}
    return GateDevice.objects.filter(gate=gate).first() or GateDevice.objects.create(gate=gate, name="Máy", **facts)


def _gate_request(person, agency, gate):
    from uuid import uuid4

    from taicho.gate.models import ExceptionRequest

    facts = {"gate": gate, "verdict": "not_declared", "asked_at": START, "holds_until": START, "client_id": uuid4()}
    return ExceptionRequest.objects.get_or_create(person=person, agency=agency, defaults=facts)[0]


thing("gate_pass")(_at_the_gate(_gate_pass))
thing("gate_device")(_at_the_gate(_gate_device))
thing("gate_request")(_at_the_gate(_gate_request))


@thing("poster")
def poster_nowhere(world, role, place):
    """A poster that hangs nowhere."""
    return {"token": "A" * 32}


@thing("book_file")
def book_as_csv(world, role, place):
    """The visitor book of today as a file."""
    return {"kind": "csv"}


@thing("duty")
def duty_at(world, role, place):
    """To acknowledge a document: one's own duty for oneself, a colleague's at the place."""
    from taicho.duties.models import Duty
    from taicho.organisation.models import Unit

    person = world.people.get(role, world.people["staff"]) if place == "m" else world.colleagues[place]
    unit = world.unit_of(role) if place == "m" else world.units[place]
    duty, _ = Duty.objects.get_or_create(
        owner=person, kind="duties.acknowledge", occasion=str(person.key),
        defaults={
            "agency": Unit.objects.get(path=unit.agency_path), "unit": unit, "title": "Xác nhận đã nhận văn bản",
            "opens_at": START, "opened_at": START,
        },
    )  # fmt: skip
    return {"key": duty.key}

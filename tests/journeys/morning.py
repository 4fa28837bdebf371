"""A morning in the full house: a manned gate with a visitor and a question to the leader, duties that are open."""

from uuid import uuid4


def man_the_gate():
    """(addresses of the gate, further cookies): an enrolled tablet, a colleague and a visitor at it, a leader asked."""
    from django.urls import reverse

    from taicho.gate.actions.devices import enrol_device, invite_device
    from taicho.gate.actions.exceptions import ask_leader
    from taicho.gate.actions.passes import issue_pass
    from taicho.gate.actions.visits import VisitorFacts, register_visit, renew_link
    from taicho.gate.enums import GateVerdict
    from taicho.gate.models import GatePass
    from taicho.gate.web.device import cookie_name
    from taicho.kernel import clock
    from taicho.organisation.models import Gate, Person
    from taicho.organisation.queries.build_actor import build_actor

    at, gate = clock.now(), Gate.objects.order_by("pk").first()
    office, guard, head = (Person.objects.get(account__name=name) for name in ("van-phong", "bao-ve", "truong-phong"))
    by, guarding = build_actor(office.account), build_actor(guard.account)
    invited = invite_device(gate, by=by, name="Máy tính bảng cổng 1", at=at)
    invite_device(gate, by=by, name="Máy chờ ghi nhận", at=at)
    device, token = enrol_device(invited.invitation, by=guarding, at=at)
    link = renew_link(gate, by=by, at=at)
    facts = VisitorFacts(
        "Trần Văn Khách", 1985, "Phường An Hòa", "Công ty Sông Lam", "+84912345678", "Văn phòng", "official"
    )
    visit = register_visit(facts, by=guarding, gate=gate, client_id=uuid4(), at=at, answers=None)
    held = issue_pass(head, by=build_actor(head.account), agency=device.agency, at=at)
    asked = ask_leader(
        held, by=guarding, device=device, verdict=GateVerdict.NOT_DECLARED, client_id=uuid4(), at=at
    )  # fmt: skip
    visiting = GatePass.objects.get(visit=visit)
    addresses = [
        reverse("gate:verdict", args=[held.key]), reverse("gate:declare-here", args=[visiting.key]),
        reverse("gate:exception", args=[asked.key]), reverse("gate:visitor", args=[link.token]),
    ]  # fmt: skip
    return addresses, {"bao-ve": {cookie_name(): token}}


def work_and_days():
    """Addresses of what is owed and of days: duties are opened, one is excused, a post waits for its people."""
    from django.urls import reverse

    from taicho.directives.actions.measures import decide
    from taicho.duties.actions.exempting import exempt
    from taicho.duties.actions.opening import open_duties
    from taicho.duties.models import Duty
    from taicho.kernel import clock
    from taicho.organisation.models import Person, Unit
    from taicho.organisation.queries.build_actor import build_actor

    at, agency = clock.now(), Unit.objects.get(name="Ban Dân tộc Thành phố")
    leader = build_actor(Person.objects.get(account__name="lanh-dao").account)
    post = decide(
        agency, by=leader, kind="roster.always_on", params={"posts": [{"service": "văn thư"}]}, subject="Thường trực",
        reason="Phục vụ điều hành", from_day=clock.today(at),
    )  # fmt: skip
    open_duties(at)
    mine = Duty.objects.filter(owner__account__name="van-thu").first()
    owed, excused = Duty.objects.filter(owner__account__name="nhan-vien").order_by("pk")[:2]
    exempt(excused, by=leader, why="Nghỉ phép đã duyệt", at=at)
    return [
        reverse("duties:exempt", args=[owed.key]), reverse("duties:owe-again", args=[excused.key]),
        reverse("roster:name-holders", args=[post.key]), reverse("roster:my-unit-day", args=[clock.today(at)]),
        reverse("duties:work", args=[mine.key]),
    ]  # fmt: skip

"""Enrol a tablet at the example's gate and give every member of staff a pass (run as a program).

python -m tests.journeys.manned_gate    the last line of the output is JSON: the cookie of the tablet, the passes by person
"""

import json


def man():
    """What a guard needs to work: the token in the tablet, and whose pass opens which page."""
    from taicho.gate.actions.devices import enrol_device, invite_device
    from taicho.gate.actions.passes import issue_pass
    from taicho.gate.web.device import cookie_name
    from taicho.kernel import clock
    from taicho.organisation.models import Gate, Person, StaffMembership, Unit
    from taicho.organisation.queries.build_actor import build_actor

    at = clock.now()
    office, guard = (build_actor(Person.objects.get(account__name=name).account) for name in ("van-phong", "bao-ve"))
    agency = Unit.objects.get(name="Ban Dân tộc Thành phố")
    gate = Gate.objects.filter(site__holdings__unit=agency).order_by("pk").first()
    invited = invite_device(gate, by=office, name="Máy tính bảng cổng chính", at=at)
    _, token = enrol_device(invited.invitation, by=guard, at=at)
    serving = StaffMembership.objects.in_force(at).filter(unit__path__startswith=agency.path).select_related("person")
    passes = {one.person: issue_pass(one.person, by=office, agency=agency, at=at) for one in serving}
    return {
        "cookie": {cookie_name(): token},
        "passes": {str(person.key): str(shown.key) for person, shown in passes.items()},
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(man()))  # noqa: T201

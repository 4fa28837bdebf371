"""Put new colleagues on the staff list of the example's office, for tasks that can be done once a day (run as a program).

python -m tests.journeys.colleagues N    the last line of the output is JSON: for each the cookie of a session and
                                         what the own pass shows to a scanner and to the eye
"""

import json
import sys
from datetime import UTC, datetime


def welcome(number):
    """N colleagues with an account and a pass; then the minute of the worker, which opens what they owe."""
    from taicho.duties.actions.opening import open_duties
    from taicho.gate.actions.passes import issue_pass
    from taicho.gate.rules.codes import payload
    from taicho.kernel import clock
    from taicho.kernel.actor import system
    from taicho.organisation.models import Unit
    from tests.journeys.stage import session_of, staff

    by, told = system("colleagues"), []
    unit = Unit.objects.get(name="Phòng Chính sách dân tộc")
    for place in range(1, number + 1):
        person = staff(f"Tạ Thị Việc {place}", unit, by=by, at=datetime(2021, 1, 4, tzinfo=UTC), demo=True)
        held = issue_pass(person, by=by, agency=Unit.objects.get(path=unit.agency_path), at=clock.now())
        told.append(
            {"name": person.full_name, "cookie": session_of(person.account), "shown": payload(held.token),
             "code": held.codes.get().code}
        )  # fmt: skip
    open_duties(clock.now())
    return told


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(welcome(int(sys.argv[1]))))  # noqa: T201

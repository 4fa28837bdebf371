"""Health on the stage: a declaration that says "có", a high temperature, a restriction (run inside the stage)."""

from datetime import date
from decimal import Decimal
from uuid import uuid4


def fall_ill():
    """The Ban asks a daily declaration; one person declares a cough, another is measured hot and restricted."""
    from taicho.directives.actions.measures import decide
    from taicho.health.actions.declaring import declare
    from taicho.health.actions.restrictions import restrict
    from taicho.health.actions.temperatures import record_temperature
    from taicho.kernel import clock
    from taicho.organisation.models import Person, Unit
    from taicho.organisation.queries.build_actor import build_actor

    def by(name):
        return build_actor(Person.objects.get(full_name=name).account)

    agency, leader, nurse, at = Unit.objects.get(symbol="BDT"), by("Nguyễn Hữu Thịnh"), by("Tạ Kim Ngân"), clock.now()
    facts = {"by": leader, "reason": "theo tình hình dịch", "from_day": date(2021, 1, 4)}
    daily = {"times_per_day": 1, "accepted": ["NCOVI", "Bluezone"]}
    decide(agency, kind="health.daily_declaration", params=daily, subject="Khai báo y tế hằng ngày", **facts)
    decide(agency, kind="health.fever_threshold", params={"at_least_c": 37.5}, subject="Ngưỡng thân nhiệt cao", **facts)
    coughing, hot = Person.objects.get(full_name="Đặng Thị Hồng"), Person.objects.get(full_name="Quách Văn Sỹ")
    declare(
        coughing, by=by("Đặng Thị Hồng"), client_id=uuid4(), day=clock.today(at), temperature=None, at=at,
        answers={"symptoms": True, "symptoms.cough": True, "contact": False, "affected_place": False},
    )  # fmt: skip
    record_temperature(hot, celsius=Decimal("38.2"), by=nurse, at=at, client_id=uuid4())
    restrict(hot, by=nurse, kind="no_entry", reason="Thân nhiệt cao, chờ kết quả xét nghiệm", at=at)

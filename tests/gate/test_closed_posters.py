"""A poster that should not hang there any more takes nothing from a visitor and says so (E4; trust.md S-11)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from taicho.gate.actions.devices import invite_device
from taicho.gate.actions.visits import VisitorFacts, pass_of, register_visit, renew_link
from taicho.gate.models import GateDevice, GateLink, GateTally, Visit
from taicho.health.models import Declaration
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Refusal
from taicho.organisation.models import Gate, Person, SiteHolding
from tests.gate.test_pages import VISITOR, sends, text_of
from tests.gate.words import by
from tests.organisation.land import SETUP

FACTS = VisitorFacts("Tạ Quang Huy", 1980, "Xương Giang", "Công ty A", "0912345678", "Bà Lan", "official")


@pytest.fixture
def poster(gate):
    return renew_link(gate.gate, by=by(gate.people.office), at=clock.now())


def close(gate, days=0):
    """The gate is closed from a day on."""
    Gate.objects.filter(pk=gate.gate.pk).update(closed_on=clock.today() + timedelta(days=days))
    gate.gate.refresh_from_db()


def hand_over(gate, to):
    """From today the site belongs to `to`; until yesterday it was the bureau's. The trail is made elsewhere."""
    today = clock.today()
    gate.site.holdings.update(valid_to=today - timedelta(days=1))
    SiteHolding.objects.create(site=gate.site, unit=to, valid_from=today)


def written():
    """How much there is of everything a visitor's form could write."""
    kinds = (Visit, Person, Declaration, GateTally, AuditEntry)
    return [kind.objects.count() for kind in kinds]


@pytest.mark.parametrize(
    "change, sentence",
    [
        (close, "Cổng này đã đóng, không nhận khách"),
        (lambda gate: hand_over(gate, gate.land.institute), "Cổng này nay do cơ quan khác quản lý"),
        (lambda gate: gate.site.holdings.update(valid_to=clock.today() - timedelta(days=1)), "chưa thuộc cơ quan nào"),
    ],
    ids=["closed", "another agency", "nobody's"],
)
def test_a_poster_that_is_over_says_why_and_takes_nothing(gate, poster, client, change, sentence):
    change(gate)
    before = written()
    page = client.get(reverse("gate:visitor", args=[poster.token]))
    assert page.status_code == 410 and sentence in text_of(page)
    assert "<form" not in page.content.decode().split("<main")[1].split("</main>")[0]
    sent = sends(client, poster)
    assert sent.status_code == 410 and sentence in text_of(sent) and "Chưa có gì được ghi lại" in text_of(sent)
    assert written() == before


def test_a_gate_receives_until_the_day_it_is_closed(gate, poster, client, time_machine):
    close(gate, days=1)
    where = reverse("gate:visitor", args=[poster.token])
    time_machine.shift(13 * 3600 + 3599)  # 23h59 in Hà Nội
    assert client.get(where).status_code == 200
    time_machine.shift(1)
    assert client.get(where).status_code == 410


def test_a_poster_hung_up_by_the_new_agency_works_and_the_old_one_stays_dead(gate, poster, client):
    hand_over(gate, gate.land.institute)
    new = renew_link(gate.gate, by=SETUP, at=clock.now())
    assert (new.agency, GateLink.objects.get(ended_at=None)) == (gate.land.institute, new)
    assert "Trung tâm Ứng dụng" in text_of(client.get(reverse("gate:visitor", args=[new.token])))
    assert client.get(reverse("gate:visitor", args=[poster.token])).status_code == 404


@pytest.mark.parametrize(
    "shown, code",
    [("bureau", "gate-moved"), ("institute", None), (None, None)],
    ids=["what the page said", "the holder", "nothing said"],
)
def test_a_visit_belongs_to_the_agency_that_the_visitor_was_shown(gate, shown, code):
    hand_over(gate, gate.land.institute)
    sent = {"by": SETUP, "gate": gate.gate, "client_id": uuid4(), "at": clock.now(), "answers": None}
    agency = shown and getattr(gate.land, shown)
    if code is None:
        assert register_visit(FACTS, shown=agency, **sent).agency == gate.land.institute
        return
    people = Person.objects.count()
    with pytest.raises(Refusal) as refused:
        register_visit(FACTS, shown=agency, **sent)
    assert refused.value.code == code
    assert (Visit.objects.count(), Person.objects.count()) == (0, people)


def test_the_tablet_of_the_agency_that_left_registers_nobody_for_the_new_one(gate, at_gate):
    client = at_gate()
    hand_over(gate, gate.land.institute)
    said = client.post(reverse("gate:new-visitor"), {**VISITOR, "client_id": str(uuid4())})
    assert said.status_code == 400 and "cơ quan khác quản lý" in text_of(said)
    assert 'value="Tạ Quang Huy"' in said.content.decode() and not Visit.objects.exists()


def test_a_form_sent_before_the_gate_was_closed_is_still_one_visit(gate):
    """The phone that got no answer sends again; the visit was registered in time."""
    sent = {"by": SETUP, "gate": gate.gate, "client_id": uuid4(), "at": clock.now(), "answers": None}
    visit = register_visit(FACTS, shown=gate.land.bureau, **sent)
    close(gate)
    assert register_visit(FACTS, shown=gate.land.bureau, **sent) == visit
    assert pass_of(visit).codes.count() == 1


def test_no_poster_is_made_for_a_closed_gate_and_the_page_says_so(gate, enter):
    close(gate)
    answer = enter(gate.people.office).post(reverse("gate:poster", args=[gate.gate.key]))
    assert answer.status_code == 400 and "Cổng này đã đóng" in text_of(answer)
    assert not GateLink.objects.exists()


def test_the_poster_of_the_agency_before_is_not_printed_again(gate, poster, enter):
    office = enter(gate.people.office)
    where = reverse("gate:poster", args=[gate.gate.key])
    assert poster.token in text_of(office.get(where))
    GateLink.objects.update(agency=gate.land.institute)  # as after a hand-over from the institute
    page = text_of(office.get(where))
    assert poster.token not in page and "Cổng này chưa có mã" in page


def test_a_site_nobody_holds_gets_no_poster_and_no_device(gate):
    gate.site.holdings.update(valid_to=clock.today() - timedelta(days=1))
    for act in (renew_link, lambda where, **more: invite_device(where, name="Máy 9", **more)):
        with pytest.raises(Refusal) as refused:
            act(gate.gate, by=SETUP, at=clock.now())
        assert refused.value.code == "no-holder"
    assert not GateLink.objects.exists() and GateDevice.objects.count() == 1

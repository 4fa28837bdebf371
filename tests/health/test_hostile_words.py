"""Words as people and enemies type them: kept as they are, shown as words, bounded, never an error page (trust.md S-06, S-10)."""

import unicodedata
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.html import escape

from taicho.health.actions.alerts import record_step
from taicho.health.actions.restrictions import restrict
from taicho.health.models import AlertStep, Declaration, HealthAlert, Restriction, Temperature
from taicho.health.web.forms.desk import TemperatureForm
from taicho.kernel import clock
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.authorities import register_authority
from tests.health.clinic import ILL, WELL, declared, threshold
from tests.organisation.browsing import said
from tests.organisation.land import SETUP, START, actor, staff

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert('ho')</script>"


@pytest.fixture
def desk(sick_bay, enter):
    """A browser in which the health post of the Sở has entered."""
    return enter(sick_bay.nurse)


@pytest.fixture
def lan(sick_bay):
    return sick_bay.staff


def address(name, thing):
    return reverse(f"health:{name}", args=[thing.key])


REASONS = (SCRIPT, "=HYPERLINK(1)", "'; DROP TABLE health_restriction; --", "sốt 😷 38°", "ho\nkhan", "{{ 7|add:7 }}")


def test_a_reason_is_kept_as_it_was_typed_and_shown_as_words(desk, lan, time_machine):
    for reason in REASONS:
        assert desk.post(address("restrict", lan), {"kind": "self", "reason": reason}).status_code == 302
        one = Restriction.objects.get(ends_at=None)
        assert one.reason == reason
        time_machine.shift(1)
        desk.post(address("lift", one), {"reason": reason})
        assert escape(reason) in desk.get(address("person", lan)).content.decode()


@pytest.mark.parametrize("reason", ["x" * 501, "ho\x00khan", "", " \n\t "], ids=["long", "NUL", "empty", "blank"])
def test_a_reason_too_long_with_a_zero_byte_or_without_words_is_refused(desk, lan, reason):
    assert desk.post(address("restrict", lan), {"kind": "self", "reason": reason}).status_code == 400
    assert not Restriction.objects.exists()


def test_what_was_typed_stays_when_a_field_is_wrong(desk, lan):  # ux.md 6
    page = said(desk.post(address("restrict", lan), {"kind": "", "reason": "sốt từ tối qua"}))
    assert "sốt từ tối qua" in page
    assert not Restriction.objects.exists()


def test_a_restriction_of_a_kind_nobody_offers_is_refused(desk, lan):
    for kind in ("banished", "NO_ENTRY", "no_entry\x00", "../self", ""):
        assert desk.post(address("restrict", lan), {"kind": kind, "reason": "sốt"}).status_code == 400
    assert not Restriction.objects.exists()


def test_a_reason_of_exactly_the_length_is_taken_by_page_and_action(desk, lan):
    words = "đ" * 500
    assert desk.post(address("restrict", lan), {"kind": "self", "reason": words}).status_code == 302
    with pytest.raises(Refusal) as refused:
        restrict(lan, by=actor(lan), kind="home", reason=words + "đ", at=clock.now())
    assert refused.value.code == "bad-field"
    assert Restriction.objects.count() == 1


def test_the_reason_of_a_correction_is_bounded_though_no_form_field_bounds_it(lan, ordered):
    first = declared(lan)
    with pytest.raises(Refusal) as refused:
        declared(lan, answers=ILL, corrects=first, reason="x" * 501)
    assert refused.value.field == "reason"
    assert Declaration.objects.count() == 1
    assert not HealthAlert.objects.exists()


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_people_are_found_however_the_telephone_composes_the_marks(desk, land, form):
    staff("Đỗ Thị Hường", land.office)
    page = said(desk.get(reverse("health:desk"), {"q": unicodedata.normalize(form, "đỗ HƯỜNG")}))
    assert "Đỗ Thị Hường" in page
    assert "Nguyễn Thị Lan" not in page


STRANGE = ("\x00", "a\x00b", "%", "_", "' or 1=1 --", "x" * 5000, SCRIPT, "\u202e", "   ")


def test_a_strange_search_finds_nobody_and_breaks_nothing(desk):
    for words in STRANGE:
        page = desk.get(reverse("health:desk"), {"q": words})
        assert page.status_code == 200
        assert "Nguyễn Thị Lan" not in said(page)
        assert SCRIPT not in said(page)


@pytest.mark.parametrize("typed", ["38,2" + "0" * 200, "NaN", "1e2", "38,2\x00", "0x26", "½", "38 ,2", "३८"])
def test_figures_that_only_look_like_a_temperature_are_refused_at_their_field(typed):  # ux.md 6
    form = TemperatureForm({"celsius": typed, "client_id": str(uuid4())})
    assert not form.is_valid()
    assert set(form.errors) == {"celsius"}


def test_a_reading_without_a_proper_id_is_refused(desk, lan):
    for client_id in ("", "1", "not-a-key", "' or 1=1"):
        assert desk.post(address("measure", lan), {"celsius": "36,6", "client_id": client_id}).status_code == 400
    assert not Temperature.objects.exists()


def test_a_key_of_nothing_is_not_there(desk):
    for name in ("person", "alert", "lift", "declaration", "measure", "alert-step", "restrict"):
        assert desk.get(reverse(f"health:{name}", args=[uuid4()])).status_code == 404, name


def test_a_call_to_a_body_of_another_agency_is_refused_and_writes_nothing(desk, land, sick_bay, ordered, things):  # H11
    foreign = register_authority(
        by=SETUP, kept_by=land.elsewhere, kind="cdc", name="CDC Hải Vân", phone="0220 385 9999", valid_from=START
    )
    declared(sick_bay.staff, answers=ILL)
    step = address("alert-step", HealthAlert.objects.get())
    for authority in (foreign.key, uuid4(), "x", ""):
        page = desk.post(step, {"kind": "called", "authority": str(authority), "note": "đã gọi"})
        assert page.status_code == 400
        assert "đã gọi" in said(page)
    assert not AlertStep.objects.exists()


def test_a_note_is_shown_as_words_on_the_page_of_the_alert(desk, sick_bay, ordered):
    declared(sick_bay.staff, answers=ILL)
    alert = HealthAlert.objects.get()
    record_step(alert, by=actor(sick_bay.nurse), kind="waiting_area", at=clock.now(), note=SCRIPT)
    page = desk.get(address("alert", alert)).content.decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_a_declaration_sent_with_a_thousand_strange_fields_is_the_declaration_that_was_asked(sick_bay, ordered, enter):
    answers = {f"a.{key}": "no" for key in WELL} | {"go": "send"}
    noise = {f"a.strange{number}": "yes" for number in range(800)} | {"symptoms.joy": "on", "typed_by": "x", "day": "1"}
    assert enter(sick_bay.staff).post(reverse("health:declare"), answers | noise).status_code == 302
    one = Declaration.objects.get()
    assert (one.answers, one.typed_by, one.day) == (WELL, sick_bay.staff.key, clock.today())


def test_looking_with_post_and_sending_with_get_are_refused(desk, sick_bay, ordered):
    declared(sick_bay.staff, answers=ILL)
    for name in ("desk", "followed"):
        assert desk.post(reverse(f"health:{name}")).status_code in (403, 405)
    for thing in (HealthAlert.objects.get(), Declaration.objects.get()):
        kind = "alert" if isinstance(thing, HealthAlert) else "declaration"
        assert desk.post(address(kind, thing)).status_code == 405
    assert desk.delete(address("person", sick_bay.staff)).status_code == 405


def test_a_threshold_judges_a_figure_and_not_its_spelling(desk, land, lan):  # E2
    threshold(land.bureau, 37.5)
    for typed in ("375", "37,5 độ", " 37.5°C "):
        desk.post(address("measure", lan), {"celsius": typed, "client_id": str(uuid4())})
    assert Temperature.objects.count() == 3
    assert HealthAlert.objects.count() == 1

"""The declaration as people do it: buttons only, no JavaScript, nothing pre-answered (F1, ux.md 4 task 1)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from taicho.health.models import Declaration, HealthAlert, Temperature
from taicho.kernel import clock
from tests.health.clinic import WELL, decided, declared, declares_daily, measured
from tests.health.hands import fields_of, press
from tests.organisation.browsing import said

pytestmark = pytest.mark.django_db
SHEET = "/khai-bao"


@pytest.fixture
def phone(sick_bay, enter):
    """A browser in which Lan of Phòng Tổng hợp has entered."""
    return enter(sick_bay.staff)


def well(browser, page, *questions):
    for question in questions:
        page = press(browser, page, question, "no")
    return page


def test_three_times_no_sends_the_declaration(phone, sick_bay, ordered):
    page = well(phone, phone.get(SHEET), *WELL)
    one = Declaration.objects.get()
    assert page.url == reverse("health:declaration", args=[one.key])
    assert (one.person, one.answers, one.typed_by) == (sick_bay.staff, WELL, sick_bay.staff.key)


def test_the_page_says_who_orders_it_and_pre_answers_nothing(phone, ordered):
    page = phone.get(SHEET)
    assert "Quyết định health.daily_declaration" in said(page)
    assert not [name for name in fields_of(page) if name.startswith("a.")]
    assert "checked" not in said(page)


def test_the_last_no_says_that_it_sends(phone, ordered):
    page = phone.get(SHEET)
    assert "và gửi khai báo" not in said(page)
    page = well(phone, page, "symptoms", "contact")
    assert "và gửi khai báo" in said(page)


def test_an_answer_can_be_changed_before_sending(phone, ordered):
    page = well(phone, phone.get(SHEET), "symptoms", "contact")
    page = press(phone, page, "edit", "symptoms")
    assert "Câu 1/3" in said(page)
    well(phone, page, "symptoms", "affected_place")
    assert Declaration.objects.get().answers == WELL


def test_a_yes_shows_whom_to_call_at_once(phone, ordered, things):  # F8
    page = press(phone, phone.get(SHEET), "symptoms", "yes")
    assert "Hãy gọi Trạm Y tế xã Đông Hà ngay." in said(page)
    assert 'href="tel:02203851234"' in said(page)
    assert "Khó thở" in said(page)
    assert not Declaration.objects.exists()


def test_a_yes_calls_for_help_even_where_the_directory_is_empty(phone, ordered):  # F8
    page = press(phone, phone.get(SHEET), "symptoms", "yes")
    assert "Hãy liên hệ ngay cơ sở y tế." in said(page)
    page = press(phone, page, "go", "next.symptoms")
    page = phone.get(well(phone, page, "contact", "affected_place").url)
    assert "Hãy liên hệ ngay cơ sở y tế." in said(page)
    assert "Có giá trị ở mọi cổng" not in said(page)


def test_a_yes_is_sent_at_once_and_the_rest_completes_it(phone, sick_bay, ordered, things):  # F8
    page = press(phone, phone.get(SHEET), "symptoms", "yes")
    page = press(phone, page, "go", "next.symptoms", **{"symptoms.cough": "on", "temperature": "38,2"})
    first = Declaration.objects.get()
    assert first.answers == {"symptoms": True, "symptoms.cough": True}
    assert Temperature.objects.get().celsius == Decimal("38.2")
    assert HealthAlert.objects.get().declaration == first
    assert "Y tế cơ quan đã nhận tin lúc 10h00." in said(page)
    well(phone, page, "contact", "affected_place")
    whole = Declaration.objects.get(corrects=first)
    assert whole.answers == WELL | {"symptoms": True, "symptoms.cough": True}


def test_a_yes_to_the_last_question_sends_everything(phone, ordered, things):
    page = well(phone, phone.get(SHEET), "symptoms", "contact")
    page = press(phone, page, "affected_place", "yes")
    press(phone, page, "go", "next.affected_place")
    assert Declaration.objects.get().answers == WELL | {"affected_place": True}


def test_a_temperature_is_asked_only_where_the_measure_asks_it(phone, land):
    declares_daily(land.bureau, temperature=True)
    page = well(phone, phone.get(SHEET), "symptoms", "contact")
    assert "và gửi khai báo" not in said(page)
    page = well(phone, page, "affected_place")
    assert "Thân nhiệt" in said(page)
    press(phone, page, "go", "send", temperature="365")
    assert Temperature.objects.get().celsius == Decimal("36.5")


def test_a_temperature_taken_at_the_gate_is_not_asked_again(phone, land, sick_bay):  # ux.md 4
    declares_daily(land.bureau, temperature=True)
    measured(sick_bay.staff, "36.6", by=sick_bay.guard)
    well(phone, phone.get(SHEET), *WELL)
    assert Declaration.objects.count() == 1


def test_without_a_thermometer_at_home_the_gate_measures(phone, land):
    declares_daily(land.bureau, temperature=True)
    press(phone, well(phone, phone.get(SHEET), *WELL), "go", "send")
    assert (Declaration.objects.count(), Temperature.objects.count()) == (1, 0)


@pytest.mark.parametrize("typed", ["63,5", "abc", "45"])
def test_a_slip_of_the_hand_gets_the_sentence_and_keeps_the_answers(phone, land, typed):  # ux.md 6
    declares_daily(land.bureau, temperature=True)
    page = press(phone, well(phone, phone.get(SHEET), *WELL), "go", "send", temperature=typed)
    assert page.status_code == 400
    assert "Nhập thân nhiệt từ 34,0 đến 43,0 °C." in said(page)
    assert not Declaration.objects.exists()
    press(phone, page, "go", "send", temperature="36,5")
    assert Declaration.objects.get().answers == WELL


def test_a_slip_beside_a_yes_keeps_the_question_open(phone, ordered, things):
    page = press(phone, phone.get(SHEET), "symptoms", "yes")
    page = press(phone, page, "go", "next.symptoms", temperature="99", **{"symptoms.fever": "on"})
    assert page.status_code == 400
    page = press(phone, page, "go", "next.symptoms", temperature="39")
    assert Declaration.objects.get().answers == {"symptoms": True, "symptoms.fever": True}


def test_a_double_tap_sends_once(phone, ordered):  # D9
    page = well(phone, phone.get(SHEET), "symptoms", "contact")
    once, again = (press(phone, page, "affected_place", "no") for _ in range(2))
    assert once.url == again.url
    assert Declaration.objects.count() == 1


def test_the_same_sheet_with_another_answer_is_a_conflict_in_words(phone, ordered):  # D9
    page = well(phone, phone.get(SHEET), "symptoms", "contact")
    press(phone, page, "affected_place", "no")
    other = press(phone, page, "affected_place", "yes")
    sent = press(phone, other, "go", "next.affected_place")
    assert sent.status_code == 400
    assert "Khai báo này đã được gửi với nội dung khác." in said(sent)


def test_who_has_declared_sees_it_and_can_correct_it(phone, sick_bay, ordered):
    first = declared(sick_bay.staff)
    page = phone.get(SHEET)
    assert "Hôm nay đồng chí đã khai báo." in said(page)
    again = phone.get(reverse("health:correct-declaration", args=[first.key]))
    well(phone, again, *WELL)
    assert Declaration.objects.get(corrects=first).reason is None


def test_after_the_hour_the_page_asks_the_reason(phone, land, sick_bay, ordered, time_machine):  # trust.md A4
    decided(land.bureau, "health.declaration_hour", by=["10:30"])
    first = declared(sick_bay.staff)
    time_machine.move_to(clock.real_now() + timedelta(hours=1), tick=False)
    page = phone.get(reverse("health:correct-declaration", args=[first.key]))
    assert "Lý do sửa" in said(page)
    page = press(phone, page, "symptoms", "yes")
    refused = press(phone, page, "go", "next.symptoms")
    assert refused.status_code == 400
    assert "Đã quá giờ hạn: ghi lý do sửa." in said(refused)
    press(phone, refused, "go", "next.symptoms", reason="mới ho")
    assert Declaration.objects.get(corrects=first).reason == "mới ho"


def test_the_confirmation_says_number_hour_and_how_long_it_holds(phone, sick_bay, ordered):  # ux.md 6
    page = phone.get(well(phone, phone.get(SHEET), *WELL).url)
    one = Declaration.objects.get()
    assert f"Số <b>{one.code}</b>, lúc 10h00, 20/11/2026." in said(page)
    assert "Có giá trị ở mọi cổng đến 24h00 hôm nay." in said(page)
    assert "40/KH-BDT, II/3/3.3" in said(page)


def test_without_a_measure_nobody_is_told_that_one_orders_it(phone, sick_bay):  # D6
    assert "Hôm nay chưa có văn bản nào yêu cầu khai báo." in said(phone.get(SHEET))


def test_a_head_types_for_somebody_without_a_telephone(sick_bay, ordered, enter):
    browser = enter(sick_bay.head)
    address = reverse("health:declare-for", args=[sick_bay.staff.key])
    page = well(browser, browser.get(address), *WELL)
    one = Declaration.objects.get()
    assert (one.person, one.typed_by) == (sick_bay.staff, sick_bay.head.key)
    assert page.url == reverse("health:followed")
    assert browser.get(reverse("health:declaration", args=[one.key])).status_code == 404


@pytest.mark.parametrize(
    "sent", [{"contact": "maybe"}, {"a.contact": "<b>"}, {"contact": "maybe", "go": "next.symptoms"}]
)
def test_what_is_neither_yes_nor_no_is_said_and_nothing_is_sent(phone, ordered, sent):  # ux.md 6
    page = phone.post(SHEET, sent | {"a.symptoms": "yes", "a.affected_place": "no"})
    assert page.status_code == 400
    assert "Câu 2 chỉ nhận “Có” hoặc “Không”. Bấm lại một trong hai nút." in said(page)
    assert fields_of(page)["a.symptoms"] == "yes" and fields_of(page)["a.affected_place"] == "no"
    assert not Declaration.objects.exists()


def test_who_has_declared_already_is_told_what_was_wrong_too(phone, sick_bay, ordered):
    declared(sick_bay.staff)
    page = phone.post(SHEET, {"symptoms": "maybe"})
    assert page.status_code == 400
    assert "Câu 1 chỉ nhận “Có” hoặc “Không”." in said(page)


@pytest.mark.parametrize("hostile", [{"client_id": "x"}, {"edit": "' or 1"}])
def test_what_no_form_of_ours_sends_is_taken_as_no_answer(phone, ordered, hostile):
    page = phone.post(SHEET, hostile)
    assert page.status_code == 200
    assert "Câu 1/3" in said(page)
    assert not Declaration.objects.exists()

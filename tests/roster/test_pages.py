"""Phòng tôi and Lịch của tôi: who is where, how many may come and why, in words, without a script. # D3, D4"""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from taicho.roster.models import PostNaming, Registration
from tests.roster.conftest import HOME, TODAY, here

pytestmark = pytest.mark.django_db


def words(page):
    text = re.sub(r"<(script|style|select)\b.*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def at(room, day=TODAY):
    return reverse("roster:unit-day", args=[day, room.key])


def choice(person, place):
    return {f"p-{person.key}": place}


def test_the_head_reads_who_is_where_and_the_arithmetic_with_its_reason(room, seven, order, plan, people, enter):
    order()
    plan(here(*seven[:2]) | {seven[2]: HOME})
    said = words(enter(people.head).get(reverse("roster:my-unit")))
    assert "Phòng Tổng hợp" in said and "Thứ Sáu" in said
    assert "7 người · tối đa 50% → 3 người tại cơ quan" in said
    assert re.search(r"vì: Công văn 58/VP-HC-QT, mục 1", said)
    assert re.search(r"2/3 Tại cơ quan 1 Ở nhà 0 Vắng 4 Chưa đăng ký", said)
    assert all(person.full_name in said for person in seven)


def test_the_head_registers_the_room_in_one_form(room, seven, order, people, enter):
    order()
    form = {**choice(seven[0], "on_site"), **choice(seven[1], "remote"), **choice(seven[2], "absent:trip")}
    gone = enter(people.head).post(at(room), form)
    assert (gone.status_code, gone.headers["Location"]) == (302, at(room))
    assert dict(Registration.objects.values_list("person", "mode")) == {
        seven[0].pk: "on_site", seven[1].pk: "remote", seven[2].pk: "absent",
    }  # fmt: skip


def test_over_the_cap_the_form_stays_as_typed_and_says_why(room, seven, order, people, enter):
    order()
    form = {name: value for person in seven[:4] for name, value in choice(person, "on_site").items()}
    page = enter(people.head).post(at(room), form)
    assert page.status_code == 400
    assert "nhiều hơn mức 3" in words(page)
    assert page.content.decode().count("selected>Tại cơ quan") == 4
    assert not Registration.objects.exists()


def test_the_leader_lets_one_in_from_the_same_page(room, seven, order, plan, people, enter):
    order()
    plan(here(*seven[:3]))
    enter(people.leader).post(at(room), choice(seven[3], "on_site") | {"exception": "tiếp dân"})
    assert "ngoại lệ: tiếp dân" in words(enter(people.leader).get(at(room)))


def test_an_undecided_office_sees_both_figures_and_whose_decision_is_missing(room, order, people, enter):
    order()
    order("roster.always_on", posts=[{"person": "Nguyễn Thị Lan"}, {"service": "văn thư"}])
    said = words(enter(people.head).get(at(room)))
    assert "→ 3 người tại cơ quan, kể cả 1 người thường trực" in said
    assert "cộng lại 4 người tại cơ quan" in said
    assert "Văn bản không nói người thường trực có tính trong mức tối đa hay không" in said
    assert "bộ phận: văn thư: chưa nêu người" in said


def test_a_day_that_is_over_can_only_be_read(room, seven, people, enter):
    page = enter(people.head).get(at(room, TODAY - timedelta(days=1)))
    assert "Ngày này đã qua" in words(page)
    assert "<select" not in page.content.decode()


@pytest.mark.parametrize("day", ["2026-02-30", "2026-1-1", "hom-nay", "2026-11-20x"])
def test_an_address_without_a_real_day_leads_nowhere(room, people, enter, day):
    assert enter(people.head).get(f"/phong-toi/{day}").status_code == 404


def test_a_choice_nobody_offered_is_refused(room, seven, people, enter):
    page = enter(people.head).post(at(room), choice(seven[0], "absent:sick"))
    assert page.status_code == 400
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("staff", 403),
        ("guard", 403),
        ("head", 200),
        ("office", 200),
        ("leader", 200),
        ("superior", 403),
        ("stranger", 404),
    ],
)
def test_who_opens_the_plan_of_a_room(room, people, enter, who, status):
    assert enter(getattr(people, who)).get(at(room)).status_code == status


def test_the_menu_stays_at_the_room_whatever_unit_is_shown(room, people, enter):
    page = enter(people.leader).get(at(room)).content.decode()
    assert re.search(rf'href="{reverse("roster:my-unit")}"[^>]*aria-current', page)


def test_the_office_goes_from_room_to_room(room, land, people, enter):
    page = enter(people.office).get(at(room)).content.decode()
    assert at(land.office) in page and at(land.institute) not in page


def test_a_name_and_a_reason_are_words_and_never_markup(room, seven, order, plan, people, enter):  # L1
    order()
    plan(here(*seven[:3]))
    plan(here(seven[3]), by=people.leader, exception="<script>alert(1)</script>")
    page = enter(people.head).get(at(room)).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


# One's own


def test_i_read_and_register_my_own_two_weeks(room, people, enter):
    mine, tomorrow = reverse("roster:my-schedule"), TODAY + timedelta(days=1)
    browser = enter(people.staff)
    assert "Hai tuần" in words(browser.get(mine))
    browser.post(mine, {TODAY.isoformat(): "remote", tomorrow.isoformat(): "absent:leave"})
    assert list(Registration.objects.values_list("day", "mode", "absence")) == [
        (TODAY, "remote", ""), (tomorrow, "absent", "leave"),
    ]  # fmt: skip


def test_when_the_room_is_full_my_whole_list_stays_unsaved_and_i_read_why(room, seven, order, plan, people, enter):
    order()
    plan(here(*[person for person in seven if person != people.staff][:3]))
    page = enter(people.staff).post(
        reverse("roster:my-schedule"), {TODAY.isoformat(): "on_site", (TODAY + timedelta(days=1)).isoformat(): "remote"}
    )
    assert page.status_code == 400
    assert "nhiều hơn mức 3" in words(page)
    assert not Registration.objects.filter(person=people.staff).exists()


def test_a_day_that_is_over_cannot_be_slipped_into_my_list(room, people, enter):
    enter(people.staff).post(reverse("roster:my-schedule"), {(TODAY - timedelta(days=1)).isoformat(): "remote"})
    assert not Registration.objects.exists()


# Naming


def test_the_office_names_who_holds_a_post(room, order, people, enter):
    measure = order("roster.always_on", posts=[{"service": "văn thư"}, {"person": str(people.head.key)}])
    address, browser = reverse("roster:name-holders", args=[measure.key]), enter(people.office)
    said = words(browser.get(address))
    assert "Bộ phận: văn thư chưa nêu người" in said
    assert "Người: Lê Minh Quân" in said, "a key is shown as the name"
    asked = f"{address}?vi-tri=1&don-vi={room.key}"
    assert "Nguyễn Thị Lan · Phòng Tổng hợp" in words(browser.get(asked))
    browser.post(asked, {"people": [str(people.staff.key)]})
    assert list(PostNaming.objects.values_list("person", flat=True)) == [people.staff.pk]
    assert "Bộ phận: văn thư Nguyễn Thị Lan" in words(browser.get(address))


def test_adding_somebody_of_another_room_keeps_who_was_named(room, land, order, people, enter):
    measure = order("roster.always_on", posts=[{"service": "văn thư"}])
    address, browser = reverse("roster:name-holders", args=[measure.key]), enter(people.office)
    browser.post(f"{address}?vi-tri=1&don-vi={room.key}", {"people": [str(people.staff.key)]})
    page = browser.get(f"{address}?vi-tri=1&don-vi={land.office.key}").content.decode()
    assert re.search(rf'value="{people.staff.key}"[^>]*checked', page)
    browser.post(
        f"{address}?vi-tri=1&don-vi={land.office.key}", {"people": [str(people.staff.key), str(people.guard.key)]}
    )
    assert set(PostNaming.objects.values_list("person", flat=True)) == {people.staff.pk, people.guard.pk}


def test_somebody_who_is_not_offered_cannot_be_slipped_in(room, order, people, enter):
    measure = order("roster.always_on", posts=[{"service": "văn thư"}])
    address = f"{reverse('roster:name-holders', args=[measure.key])}?vi-tri=1&don-vi={room.key}"
    assert enter(people.office).post(address, {"people": [str(people.stranger.key)]}).status_code == 400
    assert not PostNaming.objects.exists()


@pytest.mark.parametrize("place", ["0", "9", "-1", "²", "x", "99999999999999999999"])
def test_a_post_that_is_not_there_shows_the_list(room, order, people, enter, place):
    measure = order("roster.always_on", posts=[{"service": "văn thư"}])
    page = enter(people.office).get(reverse("roster:name-holders", args=[measure.key]), {"vi-tri": place})
    assert "hệ thống không tự đoán" in words(page)


def test_a_measure_of_another_kind_has_no_posts_to_name(room, order, people, enter):
    assert enter(people.office).get(reverse("roster:name-holders", args=[order().key])).status_code == 404


def test_the_menu_shows_the_room_to_those_who_plan_it(room, people, enter):
    mine = reverse("roster:my-unit")
    assert f'href="{mine}"' in enter(people.head).get(reverse("roster:my-schedule")).content.decode()
    assert f'href="{mine}"' not in enter(people.staff).get(reverse("roster:my-schedule")).content.decode()


def test_the_leader_is_led_from_the_open_question_to_the_decision(room, order, people, enter):  # D6
    order()
    order("roster.always_on", posts=[{"person": "Nguyễn Thị Lan"}])
    asked = "?loai=roster.cap_base"
    assert asked in enter(people.leader).get(at(room)).content.decode()
    assert "0/3–4 Tại cơ quan" in words(enter(people.leader).get(at(room)))
    assert asked not in enter(people.head).get(at(room)).content.decode()
    assert enter(people.leader).get(f"{reverse('directives:decide')}{asked}").status_code == 200

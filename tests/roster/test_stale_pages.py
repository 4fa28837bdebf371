"""Two tabs, the back button, a page from this morning: what somebody has changed meanwhile is not undone in silence. # D3"""

from datetime import timedelta

import pytest
from django.urls import reverse

from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Refusal
from taicho.roster.actions.registering import register_one
from taicho.roster.models import Registration
from taicho.ui.asking import FROM
from tests.organisation.land import actor
from tests.roster.conftest import AWAY, HERE, HOME, TODAY, here
from tests.roster.test_pages import at, choice, words

pytestmark = pytest.mark.django_db
MINE = "/lich-cua-toi"


def stood(person, place):
    """What the page showed for a person when it was opened."""
    return {f"s-p-{person.key}": place}


def places():
    return dict(Registration.objects.values_list("person", "mode"))


def test_the_page_carries_what_stood_there_when_it_was_opened(room, seven, plan, people, enter):
    plan({seven[0]: AWAY})
    page = enter(people.head).get(at(room)).content.decode()
    assert f'name="s-p-{seven[0].key}" value="absent:leave"' in page
    assert f'name="s-p-{seven[1].key}" value=""' in page


def test_a_choice_left_as_it_was_undoes_nothing_that_the_person_has_registered_since(room, seven, plan, people, enter):
    plan({people.staff: HERE})
    browser = enter(people.head)
    register_one(people.staff, TODAY, AWAY, by=actor(people.staff))
    old = choice(people.staff, "on_site") | stood(people.staff, "on_site")
    browser.post(at(room), old | choice(seven[0], "remote") | stood(seven[0], ""))
    assert places() == {people.staff.pk: "absent", seven[0].pk: "remote"}


def test_a_choice_made_on_an_old_page_is_refused_with_what_stands_there_now_and_the_time(room, plan, people, enter):
    plan({people.staff: HERE})
    browser = enter(people.head)
    register_one(people.staff, TODAY, AWAY, by=actor(people.staff))
    page = browser.post(at(room), choice(people.staff, "remote") | stood(people.staff, "on_site"))
    assert page.status_code == 400
    assert "Lịch của Nguyễn Thị Lan vừa được đổi thành “Vắng” lúc 10h00. Xem lại rồi lưu." in words(page)
    assert places() == {people.staff.pk: "absent"}
    shown = page.content.decode()
    assert "selected>Ở nhà" in shown, "what was typed stays"
    assert f'name="s-p-{people.staff.key}" value="absent:leave"' in shown, "and the next save is one that has seen it"
    assert (
        browser.post(at(room), choice(people.staff, "remote") | stood(people.staff, "absent:leave")).status_code == 302
    )
    assert places() == {people.staff.pk: "remote"}


def test_of_a_list_with_one_old_line_nothing_is_written(room, seven, plan, people, enter):
    browser = enter(people.head)
    register_one(people.staff, TODAY, AWAY, by=actor(people.staff))
    two = choice(seven[0], "remote") | stood(seven[0], "") | choice(people.staff, "on_site") | stood(people.staff, "")
    assert browser.post(at(room), two).status_code == 400
    assert places() == {people.staff.pk: "absent"}


def test_both_chose_the_same_so_there_is_nothing_to_ask(room, plan, people, enter):
    browser = enter(people.head)
    register_one(people.staff, TODAY, HOME, by=actor(people.staff))
    assert browser.post(at(room), choice(people.staff, "remote") | stood(people.staff, "")).status_code == 302
    assert AuditEntry.objects.filter(verb="roster.register").count() == 1


def test_the_same_page_sent_twice_writes_once(room, seven, people, enter):
    browser = enter(people.head)
    form = {k: v for person in seven for k, v in (choice(person, "remote") | stood(person, "")).items()}
    assert [browser.post(at(room), form).status_code for _twice in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(verb="roster.register").count() == 7


def test_my_old_page_does_not_undo_what_the_head_has_planned_for_me(room, plan, people, enter):
    tomorrow = TODAY + timedelta(days=1)
    browser = enter(people.staff)
    plan({people.staff: AWAY}, day=tomorrow)
    browser.post(MINE, {
        TODAY.isoformat(): "remote", f"s-{TODAY}": "", tomorrow.isoformat(): "", f"s-{tomorrow}": "",
    })  # fmt: skip
    assert list(Registration.objects.order_by("day").values_list("day", "mode")) == [
        (TODAY, "remote"), (tomorrow, "absent"),
    ]  # fmt: skip
    page = browser.post(MINE, {tomorrow.isoformat(): "on_site", f"s-{tomorrow}": ""})
    assert page.status_code == 400 and "vừa được đổi thành “Vắng”" in words(page)


def test_an_action_that_was_told_what_stood_there_refuses_by_itself(plan, people):
    plan({people.staff: HERE})
    with pytest.raises(Refusal) as refusal:
        register_one(people.staff, TODAY, HOME, by=actor(people.staff), seen="absent:leave")
    assert refusal.value.code == "changed-meanwhile"
    register_one(people.staff, TODAY, HOME, by=actor(people.staff), seen="on_site")
    assert places() == {people.staff.pk: "remote"}


def test_a_reason_by_who_may_not_let_in_keeps_every_choice_on_the_page(room, seven, order, plan, people, enter):
    order()
    form = {k: v for person in seven[:4] for k, v in choice(person, "on_site").items()}
    page = enter(people.head).post(at(room), form | {"exception": "tôi cần"})
    assert page.status_code == 400, "a page of its own that says no would lose the whole list"
    assert page.content.decode().count("selected>Tại cơ quan") == 4 and 'value="tôi cần"' in page.content.decode()
    assert "Chánh Văn phòng cho phép từng người" in words(page)


# The way back


def test_from_the_open_question_to_the_decision_and_back_to_the_day(room, land, order, people, enter):  # D6
    order()
    order("roster.always_on", posts=[{"person": "Nguyễn Thị Lan"}])
    browser = enter(people.leader)
    asked = _link(browser.get(at(room)), "cap_base")
    assert f'href="{at(room)}"' in browser.get(asked).content.decode(), "“Thôi” leads back too"
    form = {"p_always_on": "apart", "from_day": "20/11/2026", "subject": "Cách tính", "reason": "giữ người"}
    gone = browser.post(asked, form | {"scope": str(land.bureau.key)})
    assert (gone.status_code, gone.headers["Location"]) == (302, at(room))
    said = words(browser.get(at(room)))
    assert "cộng lại 4 người tại cơ quan" in said and "quyết định của cơ quan: Cách tính" in said


def _link(page, word):
    """The address of the one link with `word` in it."""
    (found,) = {part.split('"')[0] for part in page.content.decode().split('href="') if word in part.split('"')[0]}
    return found.replace("&amp;", "&")


def test_who_holds_the_posts_can_be_changed_from_the_day_when_everyone_is_named_too(room, order, people, enter):  # D4
    measure = order("roster.always_on", posts=[{"service": "văn thư"}, {"role": "lái xe"}])
    browser = enter(people.office)
    posts = _link(browser.get(at(room)), "nguoi-thuong-truc")
    assert "Nêu người thường trực" in words(browser.get(at(room)))
    for number in (1, 2):
        one = _link(browser.get(posts), f"vi-tri={number}")
        gone = browser.post(
            f"{reverse('roster:name-holders', args=[measure.key])}{one}&don-vi={room.key}",
            {"people": [str(people.staff.key)]},
        )
        assert gone.headers["Location"] == posts, "back to the list, which knows where one came from"
    assert f'href="{at(room)}"' in browser.get(posts).content.decode()
    said = words(browser.get(at(room)))
    assert "chưa nêu người" not in said and "Sửa người thường trực" in said
    assert _link(browser.get(at(room)), "nguoi-thuong-truc") == posts


def test_the_choice_of_another_unit_keeps_the_way_back(room, land, order, people, enter):
    measure = order("roster.always_on", posts=[{"service": "văn thư"}])
    address = reverse("roster:name-holders", args=[measure.key])
    page = enter(people.office).get(address, {"vi-tri": 1, FROM: address}).content.decode()
    assert page.count("&amp;tu=%2Fbien-phap") >= 2, "each unit to choose from"


@pytest.mark.parametrize("who", ["head", "staff"])
def test_who_may_not_name_gets_no_link_to_it(room, order, people, enter, who):
    order("roster.always_on", posts=[{"service": "văn thư"}])
    page = enter(getattr(people, who)).get(at(room)).content.decode()
    assert "nguoi-thuong-truc" not in page


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "/\n/evil.example",
    ],
)
def test_no_address_leads_out_of_the_house(room, order, people, enter, place):
    measure = order("roster.always_on", posts=[{"service": "văn thư"}])
    address = f"{reverse('roster:name-holders', args=[measure.key])}?vi-tri=1&don-vi={room.key}"
    browser = enter(people.office)
    assert "evil" not in browser.get(address, {FROM: place, "vi-tri": 1}).content.decode().split("<main")[1]
    gone = browser.post(f"{address}&{FROM}={place}".replace("\n", "%0A"), {"people": [str(people.staff.key)]})
    assert gone.headers["Location"] == reverse("roster:name-holders", args=[measure.key])


# Posts of which only some must be there


def test_of_a_room_of_which_two_must_be_there_no_more_come_than_the_cap_allows(order, decision, seven, plan):  # D4
    order()
    order("roster.always_on", posts=[{"unit": "Phòng Tổng hợp"}], min_n=2)
    decision("counted")
    plan(here(*seven[:3]))
    with pytest.raises(Refusal, match="nhiều hơn mức 3"):
        plan(here(seven[3]))
    plan({seven[0]: HOME, seven[3]: HERE})
    assert Registration.objects.filter(mode="on_site").count() == 3

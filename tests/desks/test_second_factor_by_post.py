"""Who must show a second factor is decided by the post, at every request, not by the account. # L3, S-13"""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from taicho.accounts.actions.grants import grant_administrator
from taicho.accounts.models import Account
from taicho.accounts.requirements import second_factor_reason
from taicho.kernel import clock
from taicho.kernel.keyring import ring
from taicho.organisation.actions.posts import appoint, end_post
from taicho.organisation.enums import PostRole
from tests.accounts.factors import add_app
from tests.house.world import BY, ROLES, START

pytestmark = pytest.mark.django_db
SENSITIVE = {"office", "command_post", "leader", "superior_body", "health_station", "inspector", "administrator"}
LEAD = "/tai-khoan/lop-xac-thuc"


@pytest.fixture
def real(world, settings, tmp_path):
    """The same people in a live installation: no account is a demo role."""
    settings.TAICHO_DRILL = settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.TAICHO_KEYS = tmp_path / "keys"
    ring().prepare()
    Account.objects.update(is_demo=False)
    return world


def inside(world, role):
    browser = Client()
    browser.force_login(Account.objects.get(pk=world.accounts[role].pk))
    return browser


@pytest.mark.parametrize("role", [role for role in ROLES if role != "visitor"])
def test_the_seven_sensitive_posts_and_no_other_need_a_second_factor(real, role):
    answer = inside(real, role).get("/")
    assert (answer.get("Location", ""), answer.status_code) == ((LEAD, 302) if role in SENSITIVE else ("", 200))


def test_the_page_says_that_it_is_because_of_the_post(real):
    page = inside(real, "leader").get(LEAD).content.decode()
    assert "Chức vụ của đồng chí cần lớp xác thực thứ hai." in page


def test_a_new_post_asks_for_the_factor_at_the_next_page_and_its_end_lets_go(real):
    browser = inside(real, "staff")
    assert browser.get("/").status_code == 200
    post = appoint(real.people["staff"], by=BY, unit=real.units["o"], role=PostRole.OFFICE, title="Văn thư", at=START)
    assert browser.get("/")["Location"] == LEAD
    end_post(post, by=BY)
    assert second_factor_reason(real.accounts["staff"]) is None


def test_an_hour_of_administrator_rights_asks_for_it_too(real):
    account = Account.objects.get(pk=real.accounts["staff"].pk)
    grant_administrator(account, by=BY, reason="Sao lưu", lasting=timedelta(hours=1))
    assert inside(real, "staff").get("/")["Location"] == LEAD
    with time_machine.travel(clock.real_now() + timedelta(hours=1)):
        assert inside(real, "staff").get("/").status_code == 200


def test_the_rights_of_the_hour_open_the_page_of_the_system_once_the_factor_is_there(real):
    account = Account.objects.get(pk=real.accounts["staff"].pk)
    account.set_password("con trâu đi cày ruộng")
    account.save()
    browser = Client()
    browser.post("/dang-nhap", {"login": account.name, "password": "con trâu đi cày ruộng"})
    assert browser.get("/he-thong").status_code == 403
    grant = grant_administrator(account, by=BY, reason="Sao lưu")
    assert browser.get("/he-thong")["Location"] == LEAD
    add_app(browser)
    assert browser.get("/he-thong").status_code == 200
    from taicho.accounts.actions.grants import end_grant

    end_grant(grant, by=BY, reason="Xong việc")
    assert browser.get("/he-thong").status_code == 403


def test_in_a_drill_the_demo_roles_play_people_who_have_shown_it(browser_of):
    for role in sorted(SENSITIVE):
        assert browser_of(role).get("/").status_code == 200, role

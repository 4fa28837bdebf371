"""Nobody signs up, by no address that allauth knows and by no form that is open. # B2, L3, S-20"""

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from taicho.accounts.actions.slips import issue_link
from taicho.accounts.models import Account
from taicho.accounts.web.urls import urlpatterns
from tests.accounts.conftest import OFFICE


def patterns(resolver, before=""):
    """Every address below a resolver, with its name."""
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern).replace("^", "").replace("$", "")
        if isinstance(pattern, URLPattern):
            yield here, pattern.name
        else:
            yield from patterns(pattern, here)


ALLAUTH = sorted(patterns(get_resolver("allauth.urls")))
OURS = {
    "account_login", "account_logout", "account_reauthenticate", "account_change_password", "account_set_password",
    "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_login_webauthn", "mfa_reauthenticate_webauthn",
    "usersessions_list",
}  # fmt: skip
NEWCOMER = {
    "username": "ke.la", "login": "ke.la", "name": "ke.la", "email": "ke@la.example", "phone": "0912345678",
    "password": "con trâu đi cày ruộng", "password1": "con trâu đi cày ruộng", "password2": "con trâu đi cày ruộng",
}  # fmt: skip


def test_allauth_knows_addresses_of_signing_up_so_these_tests_can_fail():
    assert {"account_signup", "account_reset_password", "account_email", "account_inactive"} <= {n for _, n in ALLAUTH}


@pytest.mark.parametrize("name", sorted({name for _, name in ALLAUTH if name} - OURS))
def test_what_the_house_does_not_use_has_no_address(name):
    for arguments in ([], ["x"], [1], ["x", "y"]):
        with pytest.raises(NoReverseMatch):
            reverse(name, args=arguments)


@pytest.mark.parametrize("before", ["", "accounts/", "tai-khoan/"])
def test_no_address_of_allauth_answers_where_allauth_would_put_it(db, before):
    browser = Client()
    for address, _ in ALLAUTH:
        where = "/" + before + address.replace("<int:pk>", "1").replace("(?P<key>[-:\\w]+)", "abc")
        assert browser.get(where).status_code == 404, where
        assert browser.post(where, NEWCOMER).status_code == 404, where


def test_every_page_of_the_door_is_one_of_ours_by_name():
    allauths = {name for _, name in ALLAUTH}
    assert {route.name for route in urlpatterns if route.name in allauths} == OURS


def test_posting_oneself_to_every_page_of_the_door_opens_no_account(an, clean_cache):
    browser, before = Client(), set(Account.objects.values_list("name", flat=True))
    for route in urlpatterns:
        address = "/" + str(route.pattern).replace("<int:pk>", "1").replace("<str:token>", "khong-co")
        assert browser.post(address, NEWCOMER).status_code < 500, address
    assert set(Account.objects.values_list("name", flat=True)) == before


def test_a_slip_opens_the_account_it_was_issued_for_whatever_else_is_sent(client, make_account, clean_cache):
    newcomer = make_account("binh.tt", password=None)
    client.post(f"/vao/{issue_link(newcomer, by=OFFICE).code}")
    client.post("/phieu-vao/mat-khau", NEWCOMER | {"account": "an.nv", "is_demo": "1", "is_active": "0"})
    newcomer.refresh_from_db()
    assert client.get("/").content.decode() == "Trang của tôi: binh.tt"
    assert (newcomer.is_demo, newcomer.is_active, Account.objects.count()) == (False, True, 1)


def test_the_adapter_says_no_whoever_asks(rf):
    assert get_adapter().is_open_for_signup(rf.get("/")) is False


def test_no_mail_leaves_whatever_happens(client, an, sign_in, mailoutbox):
    sign_in(password="sai mật khẩu rồi")
    sign_in()
    client.post("/dang-xuat")
    get_adapter().send_mail("account/email/password_reset_key", "an@example.org", {})
    assert mailoutbox == []


def test_neither_django_nor_allauth_brings_an_admin_a_group_or_a_right_of_its_own(settings):
    from django.apps import apps

    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not {"is_staff", "is_superuser", "groups", "user_permissions", "email"} & {
        field.name for field in Account._meta.get_fields()
    }
    assert apps.get_model("accounts", "Account") is Account

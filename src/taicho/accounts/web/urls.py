"""Addresses of the door, each allauth page named one by one: what is not here does not exist (sign-up, mail, reset)."""

from allauth.account import views as door
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.decorators.http import require_http_methods
from django.views.generic import RedirectView

from taicho.accounts.web import entry, own
from taicho.accounts.web.entrance import Entrance
from taicho.accounts.web.keys import AddPasskey, ConfirmByPasskey, EnterByPasskey, RemovePasskey

urlpatterns = [
    # the way in and out
    path("dang-nhap", Entrance.as_view(), name="account_login"),
    path("dang-nhap/ma-xac-thuc", factors.authenticate, name="mfa_authenticate"),
    path("dang-nhap/khoa", EnterByPasskey.as_view(), name="mfa_login_webauthn"),
    path("dang-xuat", door.logout, name="account_logout"),
    path("phieu-vao", entry.slip, name="accounts-slip"),
    path("phieu-vao/mat-khau", entry.first_password, name="accounts-first-password"),
    path("vao/<str:token>", entry.link, name="accounts-link"),
    # confirm it is you
    path("xac-nhan", door.reauthenticate, name="account_reauthenticate"),
    path("xac-nhan/ma-xac-thuc", factors.reauthenticate, name="mfa_reauthenticate"),
    path("xac-nhan/khoa", login_required(ConfirmByPasskey.as_view()), name="mfa_reauthenticate_webauthn"),
    # the own account
    path("tai-khoan", own.overview, name="mfa_index"),
    path("tai-khoan/lop-xac-thuc", own.second_factor, name="accounts-second-factor"),
    path("tai-khoan/thiet-bi", own.devices, name="usersessions_list"),
    path("tai-khoan/hoat-dong", own.events, name="accounts-events"),
    path("tai-khoan/mat-khau", door.password_change, name="account_change_password"),
    path("tai-khoan/mat-khau/dat", RedirectView.as_view(pattern_name="mfa_index"), name="account_set_password"),
    path("tai-khoan/ung-dung", app.activate_totp, name="mfa_activate_totp"),
    path("tai-khoan/ung-dung/go", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("tai-khoan/ma-du-phong", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tai-khoan/ma-du-phong/tao", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("tai-khoan/khoa", keys.list_webauthn, name="mfa_list_webauthn"),
    path("tai-khoan/khoa/them", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("tai-khoan/khoa/<int:pk>/sua", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("tai-khoan/khoa/<int:pk>/go", RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]

for pattern in urlpatterns:
    if not hasattr(pattern.callback, "page"):  # a page of ours says itself which methods it takes
        pattern.callback = require_http_methods(["GET", "HEAD", "POST"])(pattern.callback)

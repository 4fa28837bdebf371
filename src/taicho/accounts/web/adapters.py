"""What allauth is told about our house: closed sign-up, our sentences, our waiting times, our QR code, our key ring."""

from datetime import datetime
from io import BytesIO
from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taicho.accounts.actions.events import note_event
from taicho.accounts.actions.secrets import keep_secret
from taicho.accounts.actions.tries import forget_tries, take_try
from taicho.accounts.backends import may_enter
from taicho.accounts.enums import SecurityEventKind
from taicho.accounts.models import Account
from taicho.accounts.queries.factors import kept_secret, removal_refusal
from taicho.accounts.rules.names import folded_name
from taicho.accounts.visits import visit_of
from taicho.kernel import clock
from taicho.kernel.dates import clock_time, duration

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104


class AccountAdapter(DefaultAccountAdapter):
    """allauth's door: nobody signs up, every name waits the same, a closed account stays out on every way."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đang ngừng. Liên hệ Văn phòng của cơ quan."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng. Nhập lại."),
        "incorrect_code": _("Mã chưa đúng hoặc đã dùng. Chờ mã mới trong ứng dụng rồi nhập lại."),
        "incorrect_password": _("Mật khẩu chưa đúng. Nhập lại."),
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra bộ gõ và phím Caps Lock rồi nhập lại."
        ),
        "too_many_login_attempts": _("Nhập sai nhiều lần. Chờ mười lăm phút rồi thử lại."),
        "rate_limited": _("Thao tác quá nhanh. Chờ một phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people come from the staff list, with a slip."""
        return False

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The one spelling of an account name."""
        return folded_name(username)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address, or a stand-in when the server cannot know it (a Unix socket)."""
        return visit_of(request).address or UNKNOWN_ADDRESS

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Take a try before the password is looked at; refuse with the hour from which one may try again."""
        name, visit, now = folded_name(credentials.get("username", "")), visit_of(request), clock.real_now()
        until = take_try(name, visit.address, at=now)
        if until is not None:
            raise ValidationError(_wait_sentence(until, now), code="too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The account for name and password, or None."""
        account = super().authenticate(request, **credentials)
        if account is not None:
            name = folded_name(credentials.get("username", ""))
            forget_tries(name, visit_of(request).address, at=clock.real_now())
        return account

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write the failure down, with the same work for a name that does not exist."""
        account = Account.objects.filter(name=folded_name(credentials.get("username", ""))).first()
        note_event(SecurityEventKind.SIGN_IN_FAILED, account, visit=visit_of(request))

    def pre_login(self, request: HttpRequest, user: Any, **facts: Any) -> HttpResponse | None:
        """Keep a closed account out on every way in, the passkey too."""
        if not may_enter(user):
            clear_login(request)
            messages.error(request, self.error_messages["account_inactive"])
            return HttpResponseRedirect(reverse("account_login"))
        answer: HttpResponse | None = super().pre_login(request, user, **facts)
        return answer

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to confirm it is you, in our words."""
        words = {
            "reauthenticate": gettext("Dùng mật khẩu"),
            "mfa_reauthenticate": gettext("Dùng mã xác thực"),
            "mfa_reauthenticate:webauthn": gettext("Dùng khóa truy cập"),
        }
        return [way | {"description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the overview of the own account."""
        return reverse("mfa_index")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail leaves from the door (QCVN 12:2026, no call-home)."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's second factor: secrets sealed with the key ring, QR code as strict CSP allows, last factor kept."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Không gỡ được cách xác thực này."),
        "cannot_generate_recovery_codes": _("Thêm ứng dụng tạo mã hoặc khóa truy cập trước khi tạo mã dự phòng."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code as SVG for a data: address, made on the server; the secret goes nowhere else."""
        out = BytesIO()
        segno.make(url, error="m").save(out, kind="svg", scale=4, border=4, xmldecl=False)
        return out.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Keep a secret sealed with the key ring outside the database (S-15); allauth gets the key of its row."""
        return keep_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret behind that key."""
        return kept_secret(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor stays while the post needs one, or while the password is too short to stand alone."""
        return removal_refusal(authenticator) is None

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """The name proposed for a passkey."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Khóa truy cập %(number)d") % {"number": count + 1}

    def _get_site_name(self) -> str:
        return "Tại Chỗ"


def _wait_sentence(until: datetime, now: datetime) -> str:
    return gettext("Nhập sai nhiều lần. Đồng chí có thể thử lại sau %(duration)s, từ %(hour)s.") % {
        "duration": duration(until - now),
        "hour": clock_time(until),
    }

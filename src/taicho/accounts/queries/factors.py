"""Questions about second factors."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from taicho.accounts.models import FactorSecret
from taicho.accounts.requirements import second_factor_reason


def removal_refusal(factor: Authenticator) -> str | None:
    """Why this factor cannot be removed, or None: it is the last one and the post needs one, or the password is
    too short to stand alone (S-13)."""
    account = factor.user
    others = Authenticator.objects.filter(user=account, type__in=["totp", "webauthn"]).exclude(pk=factor.pk)
    if others.exists():
        return None
    if (reason := second_factor_reason(account)) is not None:
        return _("%(reason)s Thêm cách xác thực khác trước khi gỡ cách này.") % {"reason": reason}
    if not account.has_long_password:
        return _("Mật khẩu hiện tại ngắn hơn 15 ký tự. Đổi mật khẩu dài hơn trước khi gỡ cách xác thực cuối cùng.")
    return None


def kept_secret(key: str) -> str:
    """The secret that allauth's factor points to. Refused when it does not open (`broken-seal`, `key-missing`)."""
    return str(FactorSecret.objects.get(key=key).secret)

"""Forms of the door. Labels and refusals are ours; what allauth checks stays allauth's."""

from typing import Any

from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import ChangePasswordForm as AllauthChangePassword
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.app_settings import TOTP_PERIOD, TOTP_TOLERANCE
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthConfirmByCode
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from taicho.accounts.actions.slips import over_sentence
from taicho.accounts.models import Account, EntrySlip
from taicho.accounts.queries.door import usable_slip
from taicho.accounts.queries.factors import removal_refusal
from taicho.accounts.rules.names import folded_name
from taicho.accounts.rules.passwords import LONGEST
from taicho.kernel import clock


def plain(field: forms.Field, label: Any, required: Any, **attributes: str) -> None:
    """Give an allauth field our label and sentence, and take its placeholder away (look.md 7, field)."""
    field.label = label
    field.error_messages["required"] = required
    field.help_text = attributes.pop("help_text", "")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(LoginForm):
    """Account name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(
            self.fields["login"], _("Tên đăng nhập"), _("Nhập tên đăng nhập, ví dụ an.nv."),
            autocapitalize="none", spellcheck="false", autocomplete="username webauthn",
        )  # fmt: skip
        plain(self.fields["password"], _("Mật khẩu"), _("Nhập mật khẩu."))
        bound(self.fields["password"])

    def clean_login(self) -> str:
        """The one spelling: accents, capitals and spaces around do not matter."""
        return folded_name(self.cleaned_data["login"])


class ConfirmByPasswordForm(ReauthenticateForm):
    """Confirm it is you by the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["password"], _("Mật khẩu"), _("Nhập mật khẩu."))
        bound(self.fields["password"])


class ChangePasswordForm(AllauthChangePassword):
    """A new password, given the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["oldpassword"], _("Mật khẩu hiện tại"), _("Nhập mật khẩu hiện tại."))
        bound(self.fields["oldpassword"])
        _new_password(self.fields)

    def clean(self) -> Any:
        """The same password twice."""
        return _typed_twice(self, forms.Form.clean(self))


class FirstPasswordForm(forms.Form):
    """The own password that a person with a slip chooses."""

    password1 = SetPasswordField(label=_("Mật khẩu mới"))
    password2 = PasswordField(label=_("Nhập lại mật khẩu mới"), autocomplete="new-password")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = account  # type: ignore[attr-defined]
        _new_password(self.fields)

    def clean(self) -> Any:
        """The same password twice."""
        return _typed_twice(self, super().clean())


class SlipForm(forms.Form):
    """The code printed on a slip."""

    code = forms.CharField(
        label=_("Mã trên phiếu"),
        help_text=_("Bốn nhóm, mỗi nhóm năm ký tự. Không phân biệt chữ hoa, chữ thường; gạch nối có thể bỏ qua."),
        max_length=60,
        error_messages={"required": _("Nhập mã in trên phiếu."), "max_length": _("Mã trên phiếu có 20 ký tự.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    slip: EntrySlip

    def clean_code(self) -> str:
        """Find the slip; every code that opens nothing gets one answer."""
        slip = usable_slip(self.cleaned_data["code"], at=clock.real_now())
        if slip is None:
            raise ValidationError(over_sentence(), code="slip-over")
        self.slip = slip
        return str(self.cleaned_data["code"])


class OneUse:
    """A code from the app counts once, also within the seconds of tolerance (RFC 6238, 5.2; S-13, TOTP replay)."""

    user: Account
    cleaned_data: dict[str, Any]

    def use_up(self, code: str) -> str:
        """Return the code the first time; refuse it afterwards."""
        digits = "".join(char for char in code if char.isdigit())
        lasts = TOTP_PERIOD * (2 * TOTP_TOLERANCE + 2)
        if not cache.add(f"accounts:used:{self.user.pk}:{digits}", True, lasts):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(OneUse, AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self.fields["code"], _("Sáu số trong ứng dụng tạo mã, hoặc một mã dự phòng."))

    def clean_code(self) -> str:
        """Right, and not used before."""
        return self.use_up(super().clean_code())


class ConfirmByCodeForm(OneUse, AllauthConfirmByCode):
    """Confirm it is you by a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self.fields["code"], _("Sáu số trong ứng dụng tạo mã, hoặc một mã dự phòng."))

    def clean_code(self) -> str:
        """Right, and not used before."""
        return self.use_up(super().clean_code())


class ActivateAppForm(OneUse, ActivateTOTPForm):
    """The first code of the app shows that it holds the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self.fields["code"], _("Sáu số mà ứng dụng đang hiện."))

    def clean_code(self) -> str:
        """Right, and not to be used again for signing in."""
        return self.use_up(super().clean_code())


class RemoveAppForm(DeactivateTOTPForm):
    """Remove the app, unless it is the last factor and must stay."""

    def clean(self) -> Any:
        """Say why it must stay."""
        if (refusal := removal_refusal(self.authenticator)) is not None:
            raise ValidationError(refusal, code="factor-needed")
        return forms.Form.clean(self)


def bound(field: forms.Field, longest: int = LONGEST) -> None:
    """Refuse what is longer before anything is done with it."""
    sentence = ngettext_lazy("Tối đa %(longest)d ký tự.", "Tối đa %(longest)d ký tự.", longest) % {"longest": longest}
    field.widget.attrs["maxlength"] = longest
    field.validators.append(MaxLengthValidator(longest, sentence))


def _new_password(fields: dict[str, forms.Field]) -> None:
    help_text = gettext("Ít nhất 15 ký tự, ví dụ bốn từ không liên quan. Không cần chữ hoa, số hay ký hiệu.")
    plain(fields["password1"], _("Mật khẩu mới"), _("Nhập mật khẩu mới."), help_text=help_text)
    plain(fields["password2"], _("Nhập lại mật khẩu mới"), _("Nhập lại mật khẩu mới."))


def _typed_twice(form: forms.Form, cleaned: Any) -> Any:
    first, second = form.cleaned_data.get("password1"), form.cleaned_data.get("password2")
    if first and second and first != second:
        form.add_error("password2", gettext("Hai lần nhập chưa giống nhau. Nhập lại cả hai."))
    return cleaned


def _code_field(field: forms.Field, help_text: Any) -> None:
    plain(field, _("Mã xác thực"), _("Nhập mã xác thực."), help_text=help_text, inputmode="numeric")

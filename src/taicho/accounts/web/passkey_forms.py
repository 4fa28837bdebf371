"""Forms of passkeys. Whatever is no answer of a browser is refused like a wrong code, never a fault of ours."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from taicho.accounts.web.forms import bound, plain

LONGEST_KEY_NAME = 60


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey: always one that checks finger, face or PIN, so there is nothing to choose but its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        _key_name(self.fields["name"])
        self.fields["credential"].error_messages["required"] = _(
            "Trình duyệt chưa gửi khóa. Bấm “Tạo khóa” và làm theo hướng dẫn của máy."
        )

    def clean(self) -> dict[str, Any]:
        """A key that checked nobody is refused: it would be one factor only. A name that is too long keeps no key."""
        if self.errors:
            return self.cleaned_data
        with _reading():
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class RenamePasskeyForm(EditWebAuthnForm):
    """A new name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _key_name(self.fields["name"])


class Answering:
    """A passkey that answers a question of ours."""

    def clean_credential(self) -> Any:
        """The factor that answered."""
        with _reading():
            return super().clean_credential()  # type: ignore[misc]


class EnterByPasskeyForm(Answering, LoginWebAuthnForm):
    """Enter without a name."""


class SecondStepByPasskeyForm(Answering, AuthenticateWebAuthnForm):
    """The second step of signing in."""


class ConfirmByPasskeyForm(Answering, ReauthenticateWebAuthnForm):
    """Confirm it is you."""


@contextmanager
def _reading() -> Iterator[None]:
    """The libraries below raise whatever the bytes made them stumble over."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, struct.error) as broken:
        raise get_adapter().validation_error("incorrect_code") from broken


def _key_name(field: forms.Field) -> None:
    plain(field, _("Tên khóa"), _("Đặt tên để phân biệt các khóa, ví dụ “Điện thoại của tôi”."))
    bound(field, LONGEST_KEY_NAME)

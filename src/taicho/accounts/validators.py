"""The password rules as Django asks for them; every refusal is a sentence that says what to do."""

import gzip
from functools import cache
from pathlib import Path
from typing import Any

from allauth.mfa.adapter import get_adapter
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from taicho.accounts.models import Account
from taicho.accounts.rules.passwords import (
    ALONE_LENGTH,
    LONGEST,
    holds_own_name,
    is_guessable,
    least_length,
    one_form,
)


class LengthValidator:
    """At least 15 characters, or 8 beside a second factor; at most 256. No rule about kinds of characters.

    Counted is the one form that is kept: an accent typed on its own key is no character more.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with the length that is asked."""
        least, length = least_length(has_second_factor=_has_second_factor(user)), len(one_form(password))
        if length < least:
            raise ValidationError(
                ngettext(
                    "Mật khẩu cần ít nhất %(least)d ký tự; vừa nhập %(length)d ký tự. Ghép vài từ không liên quan.",
                    "Mật khẩu cần ít nhất %(least)d ký tự; vừa nhập %(length)d ký tự. Ghép vài từ không liên quan.",
                    length,
                ),
                code="password_too_short",
                params={"least": least, "length": length},
            )
        if length > LONGEST or len(password) > LONGEST:
            raise ValidationError(
                ngettext(
                    "Mật khẩu dài quá %(longest)d ký tự. Chọn mật khẩu ngắn hơn.",
                    "Mật khẩu dài quá %(longest)d ký tự. Chọn mật khẩu ngắn hơn.",
                    LONGEST,
                ),
                code="password_too_long",
                params={"longest": LONGEST},
            )

    def get_help_text(self) -> str:
        """What to write."""
        told = ngettext(
            "Ít nhất %(least)d ký tự, ví dụ bốn từ không liên quan. Không cần chữ hoa, số hay ký hiệu.",
            "Ít nhất %(least)d ký tự, ví dụ bốn từ không liên quan. Không cần chữ hoa, số hay ký hiệu.",
            ALONE_LENGTH,
        )
        return told % {"least": ALONE_LENGTH}


class BlockListValidator:
    """None of the passwords everybody tries: common ones, Vietnamese habits, names, words of the agency."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when the password is on a list or made of such words."""
        if is_guessable(one_form(password), common_passwords()):
            raise ValidationError(
                _("Mật khẩu này dễ đoán: từ hoặc tên thường gặp, dãy phím hoặc dãy số. Chọn mật khẩu khác."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        """What not to write."""
        return _("Không dùng tên người, tên cơ quan, ngày tháng, số điện thoại hoặc dãy phím.")


class OwnNameValidator:
    """Not the own account name with a few characters more."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when little remains besides the account name."""
        if isinstance(user, Account) and user.name and holds_own_name(one_form(password), user.name):
            raise ValidationError(
                _("Mật khẩu gần giống tên đăng nhập. Chọn mật khẩu khác."), code="password_is_own_name"
            )

    def get_help_text(self) -> str:
        """Said by the block-list's help already."""
        return ""


@cache
def common_passwords() -> frozenset[str]:
    """The 20,000 common passwords that come with Django (BSD licence; list by Royce Williams)."""
    path = Path(password_validation.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines)


def _has_second_factor(user: Any) -> bool:
    return (
        isinstance(user, Account) and user.pk is not None and get_adapter().is_mfa_enabled(user, ["totp", "webauthn"])
    )

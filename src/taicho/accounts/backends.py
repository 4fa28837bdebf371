"""How a name and a password become an account, with the same work for every name (S-12)."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from taicho.accounts.models import Account


def may_enter(account: Account) -> bool:
    """Whether the account opens the door at all: in use, and a demo role only in a drill (trust.md 5.3, rule 9)."""
    return account.is_active and (settings.TAICHO_DRILL or not account.is_demo)


class AccountBackend(AuthenticationBackend):
    """allauth's backend; a closed account gets the answer that a wrong password gets."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Asked at sign-in and on every request: a closed account is out at once."""
        return isinstance(user, Account) and may_enter(user)

    @classmethod
    def _stash_user(cls, user: AbstractBaseUser | None) -> AbstractBaseUser | None:
        """Keep nothing: allauth would let a closed account with the right password through to a page of its own."""
        return super()._stash_user(None)

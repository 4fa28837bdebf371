"""The account: the right to try to enter. Who its person is, organisation knows."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from taicho.accounts.rules.names import NAME_PATTERN, folded_name
from taicho.accounts.rules.passwords import ALONE_LENGTH, one_form
from taicho.kernel import clock
from taicho.kernel.models import Record


class AccountQuerySet(models.QuerySet["Account"]):
    """Questions about accounts."""

    def real(self) -> "AccountQuerySet":
        """Accounts that are no demo roles."""
        return self.filter(is_demo=False)

    def with_second_factor(self) -> "AccountQuerySet":
        """Accounts that hold an authenticator app or a passkey."""
        return self.filter(authenticator__type__in=["totp", "webauthn"]).distinct()


class AccountManager(BaseUserManager["Account"]):
    """Django and allauth look accounts up through it."""

    def get_queryset(self) -> AccountQuerySet:
        return AccountQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(name=folded_name(username or ""))

    def real(self) -> AccountQuerySet:
        """Accounts that are no demo roles."""
        return self.get_queryset().real()


class Account(Record, AbstractBaseUser):
    """A way in for one person. Rights come from posts in organisation, never from here (house § 7)."""

    name = models.CharField(
        _("tên đăng nhập"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(NAME_PATTERN, _("Tên đăng nhập gồm chữ a–z, số, dấu chấm, gạch nối."))],
        error_messages={"unique": _("Tên đăng nhập này đã có. Chọn tên khác.")},
    )
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    has_long_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.real_now)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    NOT_SHOWN = "A person sees only the account of the own session; administrators through organisation's person pages."

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(name__regex=NAME_PATTERN),
                name="accounts_name_is_folded",
                violation_error_message=_("Tên đăng nhập gồm chữ a–z, số, dấu chấm, gạch nối, dài 2–60 ký tự."),
            )
        ]

    def set_password(self, raw_password: str | None) -> None:
        """Keep the hash of the password in one Unicode form (NIST SP 800-63B-4), and whether it may stand alone."""
        typed = _one_form(raw_password)
        super().set_password(typed)
        self.has_long_password = typed is not None and len(typed) >= ALONE_LENGTH

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password, however its accents were typed."""
        return super().check_password(_one_form(raw_password))

    async def acheck_password(self, raw_password: str | None) -> bool:
        """As check_password."""
        return await super().acheck_password(_one_form(raw_password))

    @classmethod
    def normalize_username(cls, username: Any) -> Any:
        """The one spelling of the account name."""
        return folded_name(username) if isinstance(username, str) else username


def _one_form(password: str | None) -> str | None:
    return None if password is None else one_form(password)

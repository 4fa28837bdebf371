"""What accounts announces to higher areas."""

from dataclasses import dataclass

from taicho.kernel.news import News


@dataclass(frozen=True)
class AccountSuspended(News):
    """An account was closed; its sessions are over."""

    account: str


@dataclass(frozen=True)
class AdministratorGranted(News):
    """Somebody holds administrator rights until a time; supervisors are told."""

    grant: str

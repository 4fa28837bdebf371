"""What higher areas tell accounts: who needs a second factor, and who an account's person is.

Accounts does not know posts or persons; organisation registers its rules here when it is loaded
(house § 2, Registries).
"""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from taicho.accounts.models import Account, AdministratorGrant
from taicho.kernel import clock
from taicho.kernel.actor import Actor, system

SecondFactorRule = Callable[[Account], str | None]
ActorSource = Callable[[Account], Actor | None]

_second_factor_rules: list[SecondFactorRule] = []
_actor_sources: list[ActorSource] = []


def register_second_factor_rule(rule: SecondFactorRule) -> SecondFactorRule:
    """Register a rule that returns the reason, a Vietnamese sentence, why an account needs a second factor, or None.

    The rules are asked on every request, so that a right given or lost counts at once (S-13). Usable as a decorator.
    """
    if rule not in _second_factor_rules:
        _second_factor_rules.append(rule)
    return rule


def register_actor_source(source: ActorSource) -> ActorSource:
    """Register who an account's person is, for the audit rows of steps at the door, before the request has an actor."""
    if source not in _actor_sources:
        _actor_sources.append(source)
    return source


def second_factor_reason(account: Account) -> str | None:
    """Why this account needs a second factor, or None. A demo role in a drill needs none (house D14)."""
    if account.is_demo and settings.TAICHO_DRILL:
        return None
    return next((reason for rule in _second_factor_rules if (reason := rule(account))), None)


def clear() -> None:
    """Forget what was registered; for tests that register their own."""
    _second_factor_rules.clear()
    _actor_sources.clear()
    register_second_factor_rule(administrators_need_one)


@register_second_factor_rule
def administrators_need_one(account: Account) -> str | None:
    """Who holds granted administrator rights needs a second factor while they last (S-13)."""
    if AdministratorGrant.objects.in_force(clock.real_now()).filter(account=account).exists():
        return _("Đồng chí đang giữ quyền quản trị có hạn, nên cần thêm lớp xác thực thứ hai.")
    return None


def actor_of(account: Account | None) -> Actor:
    """The actor to write into the trail for a step of this account at the door; the door itself when nobody knows."""
    if account is not None:
        for source in _actor_sources:
            if (actor := source(account)) is not None:
                return actor
    return system("accounts.door")

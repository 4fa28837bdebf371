"""Rows of accounts."""

from taicho.accounts.models.account import Account
from taicho.accounts.models.administrator_grant import AdministratorGrant, AdministratorGrantEnding
from taicho.accounts.models.entry_slip import EntrySlip, EntrySlipRevocation, EntrySlipUse
from taicho.accounts.models.factor_secret import FactorSecret
from taicho.accounts.models.security_event import SecurityEvent

__all__ = [
    "Account",
    "AdministratorGrant",
    "AdministratorGrantEnding",
    "EntrySlip",
    "EntrySlipRevocation",
    "EntrySlipUse",
    "FactorSecret",
    "SecurityEvent",
]

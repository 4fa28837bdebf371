"""Keep and forget the secrets of second factors."""

from allauth.mfa.models import Authenticator

from taicho.accounts.models import FactorSecret


def keep_secret(secret: str) -> str:
    """Keep a secret sealed and return the key of its row. The act around it writes the audit row (factor added)."""
    return str(FactorSecret.objects.create(secret=secret).key)


def forget_secrets(factor: Authenticator) -> None:
    """Delete the secrets a factor pointed to; the act around it writes the audit row (factor removed)."""
    keys = [factor.data[name] for name in ("secret", "seed") if name in factor.data]
    FactorSecret.objects.filter(key__in=keys).delete()

"""Django's name for this area."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "taicho.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen at the door."""
        from taicho.accounts import listeners  # noqa: F401

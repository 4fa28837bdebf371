"""Django's name for this area."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "taicho.accounts"
    label = "accounts"

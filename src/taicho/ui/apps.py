"""Django's name for this area."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "taicho.ui"
    label = "ui"

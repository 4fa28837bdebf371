"""Django's name for this area."""

from django.apps import AppConfig


class PresenceConfig(AppConfig):
    name = "taicho.presence"
    label = "presence"

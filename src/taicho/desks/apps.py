"""Django's name for this area."""

from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "taicho.desks"
    label = "desks"

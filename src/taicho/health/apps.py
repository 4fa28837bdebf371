"""Django's name for this area."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "taicho.health"
    label = "health"

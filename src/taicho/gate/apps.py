"""Django's name for this area."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "taicho.gate"
    label = "gate"

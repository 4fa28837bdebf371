"""Django's name for this area."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "taicho.duties"
    label = "duties"

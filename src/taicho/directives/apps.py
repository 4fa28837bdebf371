"""Django's name for this area."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "taicho.directives"
    label = "directives"

"""Django's name for this area."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    name = "taicho.roster"
    label = "roster"

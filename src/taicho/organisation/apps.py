"""Django's name for this area."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "taicho.organisation"
    label = "organisation"

"""Django's name for this area."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "taicho.organisation"
    label = "organisation"

    def ready(self) -> None:
        """Take the places in the shell and answer the questions of the door."""
        from taicho.organisation import listeners, registrations, shell  # noqa: F401 - listeners register themselves

        registrations.register()
        shell.register()

"""Django's name for this area."""

from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "taicho.desks"
    label = "desks"

    def ready(self) -> None:
        """Take the places in the shell."""
        from taicho.desks import shell

        shell.register()

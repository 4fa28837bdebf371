"""Django's name for this area."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "taicho.directives"
    label = "directives"

    def ready(self) -> None:
        """Take the places in the shell."""
        from taicho.directives import shell

        shell.register()

"""Django's name for this area."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "taicho.directives"
    label = "directives"

    def ready(self) -> None:
        """Take the places in the shell, and say what keeps a document in its register."""
        from taicho.directives import hanging, shell
        from taicho.documents.hanging import register_hanging

        shell.register()
        register_hanging("measures", hanging.measures_that_hang_on)

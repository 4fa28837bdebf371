"""Django's name for this area."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    name = "taicho.roster"
    label = "roster"

    def ready(self) -> None:
        """Make the kinds of measures known and take the places in the shell."""
        from taicho.roster import measures, shell  # noqa: F401 - kinds register themselves

        shell.register()

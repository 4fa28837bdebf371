"""Django's name for this area."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "taicho.health"
    label = "health"

    def ready(self) -> None:
        """Make kinds of measures, duties and messages known, and take the places in the shell."""
        from taicho.health import duties, listeners, measures, messages, shell  # noqa: F401 - kinds register themselves

        shell.register()

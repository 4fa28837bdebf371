"""Django's name for this area."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "taicho.health"
    label = "health"

    def ready(self) -> None:
        """Make the kinds of measures known."""
        from taicho.health import measures  # noqa: F401 - kinds register themselves

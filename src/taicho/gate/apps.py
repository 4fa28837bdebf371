"""Django's name for this area."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "taicho.gate"
    label = "gate"

    def ready(self) -> None:
        """Make the kinds of measures and messages known, take the places in the shell, listen."""
        from taicho.gate import listeners, measures, messages, registrations, shell  # noqa: F401 - they register themselves

        registrations.register()
        shell.register()

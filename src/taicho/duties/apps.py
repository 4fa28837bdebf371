"""Django's name for this area."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "taicho.duties"
    label = "duties"

    def ready(self) -> None:
        """Make the kinds of measures, duties and messages known, and listen."""
        from taicho.duties import listeners, measures, messages, shell  # noqa: F401 - they register themselves
        from taicho.duties.works import acknowledge, stay_reachable, task  # noqa: F401 - they register themselves

        shell.register()

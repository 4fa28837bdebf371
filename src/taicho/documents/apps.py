"""Django's name for this area."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "taicho.documents"
    label = "documents"

    def ready(self) -> None:
        """Take the places in the shell."""
        from taicho.documents import shell

        shell.register()

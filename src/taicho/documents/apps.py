"""Django's name for this area."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "taicho.documents"
    label = "documents"

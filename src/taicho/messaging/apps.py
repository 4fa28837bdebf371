"""Django's name for this area."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "taicho.messaging"
    label = "messaging"

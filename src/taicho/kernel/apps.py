"""Django's name for the kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "taicho.kernel"
    label = "kernel"

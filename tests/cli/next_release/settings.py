"""The settings of the made-up next release."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.cli.next_release"]  # noqa: F405

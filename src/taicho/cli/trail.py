"""`taicho audit verify`: is the audit trail whole?"""

import sys

import click

from taicho.cli.installation import Installation, django_ready


@click.group()
def audit() -> None:
    """Nhật ký hệ thống.

    The audit trail.
    """

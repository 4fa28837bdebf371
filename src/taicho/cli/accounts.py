"""The first way in of a real installation."""

import click

from taicho.cli.database import bring_up_to_date
from taicho.cli.installation import Installation, django_ready
from taicho.cli.processes import DEFAULT_ADDRESS, DEFAULT_PORT


@click.command()
@click.option(
    "--base", default=f"http://{DEFAULT_ADDRESS}:{DEFAULT_PORT}", show_default=True, help="Địa chỉ web / web address"
)
def first_administrator(base: str) -> None:
    """In đường vào một lần cho quản trị đầu tiên.

    Print a one-time link for the first administrator; nothing once somebody has entered. There is no default account.
    """
    with Installation.here().database():
        django_ready()
        bring_up_to_date()
        from taicho.accounts.actions.first_start import invite_first_administrator
        from taicho.kernel.actor import system

        entry = invite_first_administrator(by=system("first-start"), reason="taicho first-administrator")
    if entry is None:
        click.echo("Đã có người quản trị vào hệ thống; không in đường vào nữa. / An administrator exists already.")
        return
    click.echo(f"{base}/vao/{entry.link.code}")

"""`taicho demo`: an example hierarchy in a drill database, with a way in for each role."""

import socket
import sys
import time
import urllib.request
from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Any
from urllib.error import URLError

import click

from taicho.cli.database import bring_up_to_date
from taicho.cli.example import ExampleLoader, available
from taicho.cli.installation import Installation, django_ready, say
from taicho.cli.processes import DEFAULT_ADDRESS, DEFAULT_PORT
from taicho.cli.serve import running, wait_for_any

FIRST_HOUR = clock_time(5, 5)
PATIENCE_SECONDS = 60
WEEKEND = (5, 6)


@click.command()
@click.option(
    "--example", type=click.Choice(available()), default="2021", show_default=True, help="Mô hình / hierarchy"
)
@click.option("--port", default=DEFAULT_PORT, show_default=True, help="Cổng web / port (the next free one is taken)")
@click.option("--check", is_flag=True, help="Chỉ mở trang đăng nhập rồi dừng / fetch the sign-in page and stop")
def demo(example: str, port: int, check: bool) -> None:
    """Dựng cơ quan mẫu ở chế độ DIỄN TẬP và in đường vào của từng vai.

    Load an example hierarchy into a drill database and print a one-time link for each role.
    """
    here = Installation(Installation.here().home / f"demo-{example}", drill=True)
    port = free_port(port)
    with here.database():
        django_ready()
        bring_up_to_date(back_up_first=False)
        title = prepare(example)
        links = one_time_links(f"http://{DEFAULT_ADDRESS}:{port}")
        with running(["web", "--port", str(port)], ["worker"]) as children:
            address = f"http://{DEFAULT_ADDRESS}:{port}/dang-nhap"
            if not answers(address, children):
                click.secho("Web không trả lời. / The web process does not answer.", fg="red", err=True)
                sys.exit(1)
            tell(title, address, links)
            if not check:
                wait_for_any(children)


def free_port(wanted: int) -> int:
    """The wanted port, or the next one nobody listens on."""
    for port in range(wanted, wanted + 100):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((DEFAULT_ADDRESS, port))
            except OSError:
                continue
            return port
    raise click.ClickException(f"Không còn cổng trống từ {wanted}. / No free port from {wanted}.")


def prepare(example: str) -> str:
    """Load the example unless it is there, with the drill clock at 5h05 of the next working day; return its title."""
    from taicho.organisation.models import Unit

    loader = ExampleLoader(example)
    if not Unit.objects.exists():
        say("Đang nạp cơ quan mẫu… / Loading the example…")
        loader.load()
        start_drill_clock(loader)
    return str(loader.plan["title"])


def start_drill_clock(loader: ExampleLoader) -> None:
    """Let the drill begin at 5h05 of the next working day (house D14)."""
    from taicho.kernel import clock, drill

    day = clock.today() + timedelta(days=1)
    while day.weekday() in WEEKEND:
        day += timedelta(days=1)
    drill.set_drill_clock(to=datetime.combine(day, FIRST_HOUR, tzinfo=clock.HANOI), by=loader.by)


def one_time_links(base: str) -> list[tuple[str, str, str]]:
    """For each demo role a fresh one-time link: (role, person, link)."""
    from taicho.accounts.actions.slips import issue_link
    from taicho.kernel.actor import system
    from taicho.organisation.models import Person

    by = system("demo")
    roles = Person.objects.filter(account__is_demo=True).select_related("account").order_by("account__pk")
    return [
        (_role(p), p.full_name, f"{base}/vao/{issue_link(p.account, by=by).code}")
        for p in roles
        if p.account is not None
    ]


def _role(person: Any) -> str:
    return str(person.position or person.account.name)


def answers(address: str, children: list[Any]) -> bool:
    """Whether the sign-in page opens within the patience, while every process lives."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 - our own address
                return bool(page.status == 200)
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def tell(title: str, address: str, links: list[tuple[str, str, str]]) -> None:
    """Print where it runs and how to enter."""
    click.secho(f"\nDIỄN TẬP · {title}", bold=True)
    click.echo(f"Trang đăng nhập · sign-in page: {address}")
    click.echo("Đường vào một lần cho từng vai · one-time link for each role:\n")
    for role, person, link in links:
        click.echo(f"  {role:<34} {person:<22} {link}")
    click.echo("\nChạy lại lệnh này để có đường vào mới; Ctrl-C để dừng tất cả.")
    click.echo("Run the command again for fresh links; Ctrl-C stops everything.")
    sys.stdout.flush()

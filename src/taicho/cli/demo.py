"""`taicho demo`: an example hierarchy in a drill database, with a way in for each role."""

import sys
from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Any

import click

from taicho.cli import door
from taicho.cli.crew import crew
from taicho.cli.database import bring_up_to_date
from taicho.cli.example import ExampleLoader, available
from taicho.cli.installation import Installation, django_ready, say
from taicho.cli.processes import DEFAULT_ADDRESS, DEFAULT_PORT

FIRST_HOUR = clock_time(5, 5)
WEEKEND = (5, 6)


@click.command()
@click.option(
    "--example", type=click.Choice(available()), default="2021", show_default=True, help="Mô hình / hierarchy"
)
@click.option(
    "--port",
    type=door.PORT,
    default=DEFAULT_PORT,
    show_default=True,
    help="Cổng web / port (the next free one is taken)",
)
@click.option("--check", is_flag=True, help="Chỉ mở trang đăng nhập rồi dừng / fetch the sign-in page and stop")
def demo(example: str, port: int, check: bool) -> None:
    """Dựng cơ quan mẫu ở chế độ DIỄN TẬP và in đường vào của từng vai.

    Load an example hierarchy into a drill database and print a one-time link for each role.
    """
    here = Installation(Installation.here().home / f"demo-{example}", drill=True)
    with here.alone(), here.database(joins=False) as cluster:
        port = door.free_port(DEFAULT_ADDRESS, port)
        django_ready()
        bring_up_to_date(back_up_first=False)
        title = prepare(example)
        with crew(cluster, ["web", "--port", str(port)], ["worker"]) as working:
            links = one_time_links(f"http://{DEFAULT_ADDRESS}:{port}")
            if door.answers(DEFAULT_ADDRESS, port, "/dang-nhap", meanwhile=working.tend) != 200:
                click.secho("Web không trả lời. / The web process does not answer.", fg="red", err=True)
                sys.exit(1)
            tell(title, f"http://{DEFAULT_ADDRESS}:{port}/dang-nhap", links)
            if not check:
                working.keep()


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
    from taicho.kernel.actor import system
    from taicho.organisation.models import Person

    by = system("demo")
    people = Person.objects.filter(account__is_demo=True).select_related("account").order_by("account__pk")
    entries = [(person, account) for person in people if (account := person.account)]
    return [
        (person.position or account.name, person.full_name, _link(base, account, by)) for person, account in entries
    ]


def _link(base: str, account: Any, by: Any) -> str:
    from taicho.accounts.actions.slips import issue_link

    return f"{base}/vao/{issue_link(account, by=by).code}"


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

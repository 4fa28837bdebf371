"""Run an installation: database, web and worker, until someone stops it."""

import os
import sys

import click

from taicho.cli import door
from taicho.cli.crew import crew
from taicho.cli.database import bring_up_to_date
from taicho.cli.installation import Installation, django_ready, say
from taicho.cli.processes import DEFAULT_ADDRESS, DEFAULT_PORT
from taicho.postgres import Cluster

REFUSE_ROOT = """\
Không chạy `taicho serve` bằng quyền root. Hãy tạo một người dùng dịch vụ rồi chạy lại:
    useradd --system --create-home --home-dir /var/lib/taicho --shell /usr/sbin/nologin taicho
    chown -R taicho: THƯ_MỤC_CÀI_ĐẶT
    runuser -u taicho -- env TAICHO_HOME=/var/lib/taicho/var taicho serve
`taicho serve` does not run as root. Make a service user as above and start it there."""

REFUSE_DEMO = (
    "Cơ sở dữ liệu này có tài khoản diễn tập. `taicho serve` chỉ chạy với dữ liệu thật; diễn tập thì dùng "
    "`taicho demo`. / This database holds demo accounts; `taicho serve` refuses them."
)

REFUSE_NOBODY_ENTERS = """\
Chưa chọn đường vào: hệ thống đòi https nhưng không đứng sau máy chủ https nào, nên không ai vào được. Hãy chọn một:
    TAICHO_TRUSTED_PROXY=1   đứng sau một máy chủ https (nginx) đặt X-Forwarded-Proto và X-Forwarded-For
    TAICHO_HTTPS=0           http không mã hóa: chỉ để thử trên máy này hoặc trong mạng nội bộ tin cậy
Choose how people enter: behind an https proxy (TAICHO_TRUSTED_PROXY=1), or knowingly over plain http (TAICHO_HTTPS=0)."""


@click.command()
@click.option("--address", default=DEFAULT_ADDRESS, show_default=True, help="Địa chỉ lắng nghe / address to listen on")
@click.option("--port", type=door.PORT, default=DEFAULT_PORT, show_default=True, help="Cổng / port")
def serve(address: str, port: int) -> None:
    """Chạy hệ thống: cơ sở dữ liệu, web và việc nền.

    Run everything: embedded PostgreSQL, web and worker. Ctrl-C stops all of it.
    """
    if os.geteuid() == 0:
        refuse(REFUSE_ROOT)
    here = Installation.here()
    with here.alone():
        door.refuse_taken(address, port)
        with here.database(joins=False) as cluster:
            django_ready()
            refuse_closed_door()
            bring_up_to_date()
            refuse_demo_accounts()
            run(cluster, address, port)


def run(cluster: Cluster | None, address: str, port: int) -> None:
    """Start web and worker, say so once the web answers, and stay."""
    with crew(cluster, ["web", "--address", address, "--port", str(port)], ["worker"]) as working:
        if not 0 < door.answers(address, port, "/dang-nhap", meanwhile=working.tend) < 500:
            refuse("Web không trả lời. / The web process does not answer.")
        say(f"Tại Chỗ đang chạy ở http://{address}:{port} (Ctrl-C để dừng). / Running (Ctrl-C stops).")
        working.keep()


def refuse_closed_door() -> None:
    """End when https is demanded and nobody in front can bring it: every page would send people in a circle."""
    from django.conf import settings

    if settings.TAICHO_HTTPS and not settings.TAICHO_TRUSTED_PROXY:
        refuse(REFUSE_NOBODY_ENTERS)


def refuse_demo_accounts() -> None:
    """End when the database holds accounts that anybody may enter with a printed link."""
    from taicho.accounts.queries import demo_accounts_exist

    if demo_accounts_exist():
        refuse(REFUSE_DEMO)


def refuse(sentence: str) -> None:
    """Say why not, and end."""
    click.secho(sentence, fg="red", err=True)
    sys.exit(1)

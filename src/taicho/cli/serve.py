"""Run an installation: database, web and worker, until someone stops it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from taicho.cli.database import bring_up_to_date
from taicho.cli.installation import Installation, django_ready, say
from taicho.cli.processes import DEFAULT_ADDRESS, DEFAULT_PORT

SET_PARENT_DEATH_SIGNAL = 1
PATIENCE_SECONDS = 15

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


@click.command()
@click.option("--address", default=DEFAULT_ADDRESS, show_default=True, help="Địa chỉ lắng nghe / address to listen on")
@click.option("--port", default=DEFAULT_PORT, show_default=True, help="Cổng / port")
def serve(address: str, port: int) -> None:
    """Chạy hệ thống: cơ sở dữ liệu, web và việc nền.

    Run everything: embedded PostgreSQL, web and worker. Ctrl-C stops all of it.
    """
    if os.geteuid() == 0:
        click.echo(REFUSE_ROOT, err=True)
        sys.exit(1)
    with Installation.here().database():
        django_ready()
        bring_up_to_date()
        from taicho.accounts.queries import demo_accounts_exist

        if demo_accounts_exist():
            click.secho(REFUSE_DEMO, fg="red", err=True)
            sys.exit(1)
        with running(["web", "--address", address, "--port", str(port)], ["worker"]) as children:
            say(f"Tại Chỗ đang chạy ở http://{address}:{port} (Ctrl-C để dừng). / Running (Ctrl-C stops).")
            wait_for_any(children)


@contextmanager
def running(*commands: Sequence[str]) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Run `taicho COMMAND` for each command; all of them end when the block ends or this process dies."""
    signal.signal(signal.SIGTERM, _as_keyboard_interrupt)
    signal.signal(signal.SIGHUP, _as_keyboard_interrupt)
    die = _dies_with(os.getpid())
    children = [
        subprocess.Popen([sys.executable, "-m", "taicho.cli", *command], preexec_fn=die)  # noqa: PLW1509
        for command in commands
    ]
    try:
        yield children
    except KeyboardInterrupt:
        say("Đang dừng… / Stopping…")
    finally:
        _end(children)


def wait_for_any(children: list["subprocess.Popen[bytes]"]) -> None:
    """Wait until a child ends by itself; that ends the whole with its exit code."""
    while True:
        for child in children:
            if (code := child.poll()) is not None:
                sys.exit(code)
        time.sleep(0.2)


def _end(children: list["subprocess.Popen[bytes]"]) -> None:
    """Ask the children to end; insist when they do not."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _dies_with(parent: int) -> Callable[[], None]:
    """What a child does before it starts: ask the kernel for SIGTERM when `parent` dies, even by kill -9."""
    prctl = ctypes.CDLL(None).prctl

    def bind() -> None:
        prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return bind


def _as_keyboard_interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt

"""The two processes of a running installation: web and worker."""

import threading
from pathlib import Path

import click

from taicho.cli import door
from taicho.cli.installation import Installation, django_ready
from taicho.cli.leash import leave_late

DEFAULT_ADDRESS = "127.0.0.1"
DEFAULT_PORT = 8000
GRACE_SECONDS = 5
"""How long a request or job that is under way may still take when we are asked to end."""


@click.command()
@click.option("--address", default=DEFAULT_ADDRESS, show_default=True, help="Địa chỉ lắng nghe / address to listen on")
@click.option("--port", type=door.PORT, default=DEFAULT_PORT, show_default=True, help="Cổng / port")
@click.option("--processes", default=1, show_default=True, help="Số tiến trình web / web processes")
def web(address: str, port: int, processes: int) -> None:
    """Chạy riêng phần web.

    Run the web application alone (behind a proxy, beside other web processes).
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    door.refuse_taken(address, port)
    with Installation.here().database():
        Granian(
            "taicho.cli.application:application",
            factory=True,
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=processes,
            blocking_threads=4,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=GRACE_SECONDS,
            working_dir=Path.cwd(),
        ).serve()


@click.command()
def worker() -> None:
    """Chạy riêng phần việc nền: hàng đợi, lịch định kỳ, niêm phong nhật ký.

    Run the background worker alone: queue, schedules, sealing of the audit trail.
    """
    with Installation.here().database():
        django_ready()
        leave_late(GRACE_SECONDS + 2)
        stop = threading.Event()
        sealer = threading.Thread(target=_seal_until, args=(stop,), name="sealer")
        sealer.start()
        try:
            _work_the_queue()
        finally:
            stop.set()
            sealer.join()


def _work_the_queue() -> None:
    """Take jobs until a signal asks to stop; the running one is finished first."""
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(
            name="taicho", concurrency=1, install_signal_handlers=True, shutdown_graceful_timeout=GRACE_SECONDS
        )


def _seal_until(stop: threading.Event) -> None:
    """Link new audit rows every second and once more at the end (house § 6)."""
    from taicho.kernel.audit.sealing import run_sealer

    run_sealer(stop)

"""The address on which the web listens: is it free, does it answer?"""

import http.client
import socket
import sys
import time
from collections.abc import Callable

import click

PATIENCE_SECONDS = 60.0
PORT = click.IntRange(1, 65535)
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - to be asked from here, not to listen on
TAKEN = "Không lắng nghe được ở {at}: {why}. Hãy chọn cổng khác bằng --port, hoặc dừng chương trình đang dùng cổng này."
TAKEN_IN_ENGLISH = "Cannot listen on {at}. Choose another --port, or stop the program that uses it."


def trouble_with(address: str, port: int) -> str:
    """Why nobody can listen on `address`:`port`, in the machine's words; "" when it is free.

    The web server shares its port among its processes, so that a second installation would silently take half of
    the requests: it must be asked before.
    """
    try:
        kind, _, _, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
    except OSError as trouble:
        return trouble.strerror or str(trouble)
    return ""


def refuse_taken(address: str, port: int) -> None:
    """End with a sentence when nobody can listen on `address`:`port`."""
    if why := trouble_with(address, port):
        at = f"{address}:{port}"
        click.secho(TAKEN.format(at=at, why=why) + " / " + TAKEN_IN_ENGLISH.format(at=at), fg="red", err=True)
        sys.exit(1)


def free_port(address: str, wanted: int) -> int:
    """The wanted port, or the next one nobody listens on."""
    for port in range(wanted, min(wanted + 100, 65536)):
        if not trouble_with(address, port):
            return port
    raise click.ClickException(f"Không còn cổng trống từ {wanted}. / No free port from {wanted}.")


def answers(address: str, port: int, path: str, *, meanwhile: Callable[[], None]) -> int:
    """The status with which `path` is answered, once it is; 0 after 60 s of patience. Asks for `meanwhile` while waiting."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        meanwhile()
        connection = http.client.HTTPConnection(EVERYWHERE.get(address, address), port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    return 0

"""Is the port free, does the web answer? Asked before a second office silently takes half of the requests."""

import http.server
import socket
import threading

import click
import pytest

from taicho.cli import door


@pytest.fixture
def listener():
    """Somebody who listens on a port of this machine."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def sharing_listener():
    """Somebody who listens and would share the port, as our own web server does."""
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def site():
    """A web server that answers `/there` with 200 and everything else with 503."""

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/there" else 503)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_taken_port_is_trouble_and_the_machine_says_why(listener):
    assert "in use" in door.trouble_with("127.0.0.1", listener)


def test_a_port_that_would_be_shared_counts_as_taken(sharing_listener):
    assert door.trouble_with("127.0.0.1", sharing_listener)


def test_a_free_port_is_no_trouble_and_stays_free(listener):
    free = door.free_port("127.0.0.1", listener)
    assert free > listener
    assert door.trouble_with("127.0.0.1", free) == ""


def test_a_name_that_no_machine_has_is_trouble():
    assert door.trouble_with("no-such-machine.invalid", 80)


def test_a_taken_port_ends_the_command_with_a_sentence(listener, capsys):
    with pytest.raises(SystemExit) as ended:
        door.refuse_taken("127.0.0.1", listener)
    assert ended.value.code == 1
    assert f"127.0.0.1:{listener}" in capsys.readouterr().err


def test_after_the_last_port_there_is_no_next_one(monkeypatch):
    monkeypatch.setattr(door, "trouble_with", lambda *_: "taken")
    with pytest.raises(click.ClickException, match="65500"):
        door.free_port("127.0.0.1", 65500)


def test_the_answer_is_the_status_of_the_page(site):
    assert door.answers("127.0.0.1", site, "/there", meanwhile=int) == 200
    assert door.answers("0.0.0.0", site, "/elsewhere", meanwhile=int) == 503


def test_nobody_waits_longer_than_patience_allows(listener, monkeypatch):
    monkeypatch.setattr(door, "PATIENCE_SECONDS", 0.3)
    free = door.free_port("127.0.0.1", listener)
    asked = []
    assert door.answers("127.0.0.1", free, "/", meanwhile=lambda: asked.append(1)) == 0
    assert asked, "the processes are looked after meanwhile"


def test_whoever_gives_up_meanwhile_ends_the_waiting(listener):
    free = door.free_port("127.0.0.1", listener)
    with pytest.raises(SystemExit):
        door.answers("127.0.0.1", free, "/", meanwhile=lambda: exit(1))

"""The server ends within 10 s of its command, however that ends, and comes back when only the server died (F-04)."""

import os
import signal
import sys

import psycopg
import pytest

from taicho.postgres import Cluster, keeper
from tests.postgres.conftest import COMMAND, SOURCE, eventually, is_alive, processes_in, send

FORKING = COMMAND.replace(
    "time.sleep(600)", "import os\nif os.fork() == 0: time.sleep(30); os._exit(0)\ntime.sleep(600)"
)


def gone(ground):
    """No process of the cluster is left, and its directory can be started again at once."""
    return eventually(lambda: not processes_in(ground / "postgres"))


def pid_after(cluster, old):
    """The pid of the server that came back, once it answers."""

    def is_back():
        try:
            psycopg.connect(cluster.url("office"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return cluster.status().pid not in (0, old)

    assert eventually(is_back), "the server did not come back within 10 s"
    return cluster.status().pid


@pytest.mark.parametrize("way", ["SIGKILL", "SIGINT", "SIGHUP", "SIGTERM"])
def test_however_the_command_ends_nothing_is_left(command, ground, way):
    process, server, watch = command(start_new_session=True)
    os.killpg(process.pid, getattr(signal, way))  # Ctrl-C and a closed terminal reach the whole group
    process.wait()
    assert gone(ground) and not is_alive(server) and not is_alive(watch)
    with Cluster(ground / "postgres") as cluster:
        cluster.ensure_database("office")


def test_a_closed_terminal_ends_the_server(ground):
    pid, terminal = os.forkpty()
    if pid == 0:
        words = [sys.executable, "-c", COMMAND, str(ground / "postgres")]
        os.execve(sys.executable, words, {"PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"]})
    answer = b""
    while b"\n" not in answer:
        answer += os.read(terminal, 100)
    os.close(terminal)
    os.waitpid(pid, 0)
    assert gone(ground) and not is_alive(int(answer.split()[0]))


def test_a_child_of_the_command_that_lives_on_does_not_keep_the_server(command, ground):
    process, server, _ = command(program=FORKING)
    process.kill()
    process.wait()
    assert eventually(lambda: not is_alive(server))


def test_a_killed_keeper_takes_the_server_with_it(command, ground):
    process, server, watch = command()
    send(watch, "SIGKILL")
    assert eventually(lambda: not is_alive(server))
    process.kill()
    process.wait()
    assert gone(ground)


def test_command_and_keeper_killed_together_leave_nothing(command, ground):
    process, server, watch = command()
    send(watch, "SIGKILL")
    send(process.pid, "SIGKILL")
    process.wait()
    assert gone(ground) and not is_alive(server)


def test_all_three_killed_together_leave_nothing_and_the_next_start_works(command, ground):
    process, server, watch = command()
    for pid in (process.pid, watch, server):
        send(pid, "SIGKILL")
    process.wait()
    assert gone(ground)
    with Cluster(ground / "postgres") as cluster:
        cluster.ensure_database("office")


def test_a_start_right_after_a_killed_command_waits_for_the_old_server_to_end(command, ground):
    process, server, _ = command()
    process.kill()
    with Cluster(ground / "postgres") as cluster:
        assert not is_alive(server)
        assert cluster.status().running
    process.wait()


def test_a_server_that_is_killed_or_stopped_by_hand_comes_back(cluster):
    with psycopg.connect(cluster.url("office")) as connection:
        connection.execute("create table kept as select 1 as n")
    pid = cluster.status().pid
    for way in ("SIGKILL", "SIGQUIT", "SIGINT"):
        send(pid, way)
        pid = pid_after(cluster, pid)
    with psycopg.connect(cluster.url("office")) as connection:
        assert connection.execute("select n from kept").fetchone() == (1,)


def test_a_deleted_directory_is_not_served_any_more_and_a_new_one_starts_fresh(command, ground):
    _, server, watch = command()
    (ground / "postgres").rename(ground / "deleted")
    assert eventually(lambda: not is_alive(server) and not is_alive(watch))
    with Cluster(ground / "postgres") as cluster:
        assert cluster.status().running


def test_a_stop_request_to_the_keeper_ends_the_server(command, ground):
    _, server, watch = command()
    send(watch, "SIGTERM")
    assert eventually(lambda: not is_alive(server) and not is_alive(watch))


def test_a_transaction_that_never_ends_does_not_hold_up_the_stop(cluster):
    with psycopg.connect(cluster.url("office")) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (1)")
        cluster.stop()
        assert eventually(lambda: not processes_in(cluster.place), seconds=1)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")


def test_on_a_nearly_full_disk_people_read_and_writing_comes_back_with_room(cluster, monkeypatch):
    class Server:
        send_signal = staticmethod(lambda number: os.kill(cluster.status().pid, number))

    def may_write():
        try:
            connection.execute("insert into kept values (2)")
        except psycopg.errors.ReadOnlySqlTransaction:
            return False
        return True

    with psycopg.connect(cluster.url("office"), autocommit=True) as connection:
        connection.execute("create table kept as select 1 as n")
        send(cluster._keeper.pid, "SIGSTOP")  # we play the keeper, on a disk that needs more room than there is
        monkeypatch.setattr(keeper, "READ_ONLY_BELOW", 2**62)
        keeper.allow_writing_only_with_room(cluster.place, Server)
        assert eventually(lambda: not may_write(), seconds=5)
        assert connection.execute("select min(n) from kept").fetchone() == (1,)
        send(cluster._keeper.pid, "SIGCONT")  # the real one sees that there is room
        assert eventually(may_write, seconds=5)

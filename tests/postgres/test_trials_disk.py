"""A disk that fills up: reading goes on, writing is refused cleanly, nothing acknowledged is lost (trust.md F-06)."""

import os
import subprocess
import sys
import time

import psycopg
import pytest

from taicho.postgres import Cluster, ClusterError
from taicho.postgres.keeper import READ_ONLY_BELOW
from tests.postgres.conftest import IS_ROOT, eventually, send

CAN_MOUNT = IS_ROOT and subprocess.run(["mount", "--version"], capture_output=True, check=False).returncode == 0
pytestmark = [
    pytest.mark.trial,
    pytest.mark.skipif(not CAN_MOUNT, reason="LEFT OUT: only root can mount a small disk"),
]
SIZE = 512  # MiB


@pytest.fixture
def small_disk(ground):
    """A disk of 512 MiB at the directory of the cluster."""
    disk = ground / "postgres"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "taicho-trial", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("LEFT OUT: this machine does not let root mount a disk (a container?)")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.fixture
def cluster_on_it(small_disk):
    with Cluster(small_disk) as cluster:
        cluster.ensure_database("office")
        with psycopg.connect(cluster.url("office")) as connection:
            connection.execute("create table entry (number serial primary key, text text)")
        yield cluster


def free(disk):
    room = os.statvfs(disk)
    return room.f_bavail * room.f_frsize


def fill(path, leave):
    """Somebody else's file takes the disk, but for `leave` bytes."""
    with path.open("wb") as file:
        while (rest := free(path.parent) - leave) > 0:
            try:
                file.write(b"\1" * min(rest, 1024**2))
                file.flush()
            except OSError:
                break


def write(connection, text="x" * 2000):
    return connection.execute("insert into entry (text) values (%s) returning number", [text]).fetchone()[0]


def is_refused(connection):
    try:
        write(connection)
    except (psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.DiskFull):
        return True
    return False


def test_a_disk_filled_by_somebody_else_stops_writing_not_reading_and_recovers_by_itself(cluster_on_it, small_disk):
    cluster = cluster_on_it
    pid = cluster.status().pid
    with psycopg.connect(cluster.url("office"), autocommit=True) as connection:
        acknowledged = {write(connection) for _ in range(500)}
        assert cluster.status().is_short_of_room  # the warning comes long before
        fill(small_disk / "somebody-elses-file", leave=READ_ONLY_BELOW // 2)
        assert eventually(lambda: is_refused(connection), seconds=5)
        stored = {number for (number,) in connection.execute("select number from entry")}
        assert acknowledged <= stored
        (small_disk / "somebody-elses-file").unlink()
        began = time.monotonic()
        assert eventually(lambda: not is_refused(connection), seconds=10)
        sys.stdout.write(f"\nwriting again {time.monotonic() - began:.1f} s after there was room\n")
    assert cluster.status().pid == pid, "the server went on all the time"


def test_writing_until_the_disk_is_full_is_refused_cleanly_and_loses_nothing(cluster_on_it):
    cluster, acknowledged = cluster_on_it, set()
    pid = cluster.status().pid
    with psycopg.connect(cluster.url("office"), autocommit=True) as connection:
        with pytest.raises((psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.DiskFull)):
            while True:
                acknowledged.add(write(connection, os.urandom(50_000).hex()))
        stored = {number for (number,) in connection.execute("select number from entry")}
        assert acknowledged <= stored and len(acknowledged) > 100
        sys.stdout.write(
            f"\n{len(acknowledged)} acknowledged before the disk was full, {len(acknowledged - stored)} lost\n"
        )
    assert cluster.status().pid == pid


def test_not_one_byte_left_and_a_killed_server_is_back_by_itself_once_there_is_room(cluster_on_it, small_disk):
    cluster = cluster_on_it
    with psycopg.connect(cluster.url("office"), autocommit=True) as connection:
        acknowledged = {write(connection) for _ in range(500)}
    fill(small_disk / "somebody-elses-file", leave=0)
    send(cluster.status().pid, "SIGKILL")
    time.sleep(3)
    (small_disk / "somebody-elses-file").unlink()

    def is_back():
        try:
            with psycopg.connect(cluster.url("office"), autocommit=True) as connection:
                return not is_refused(connection)
        except psycopg.OperationalError:
            return False

    began = time.monotonic()
    assert eventually(is_back, seconds=10)
    sys.stdout.write(f"\nback {time.monotonic() - began:.1f} s after there was room\n")
    with psycopg.connect(cluster.url("office")) as connection:
        assert acknowledged <= {number for (number,) in connection.execute("select number from entry")}


def test_a_first_start_on_a_full_disk_is_a_sentence(small_disk):
    fill(small_disk / "lost+found", leave=0)
    with pytest.raises(ClusterError, match=r"Không (tạo|chuẩn bị) được cơ sở dữ liệu") as refused:
        Cluster(small_disk).start()
    assert "No space left on device" in str(refused.value)
    (small_disk / "lost+found").unlink()
    with Cluster(small_disk) as cluster:
        cluster.ensure_database("office")

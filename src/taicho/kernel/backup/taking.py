"""Take a backup while everybody works: one snapshot, one stream, nothing in clear on the disk."""

import io
import os
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import psycopg
import pyrage
from psycopg.conninfo import conninfo_to_dict

from taicho.kernel.backup.key import backup_key
from taicho.kernel.backup.manifest import Manifest, describe
from taicho.kernel.refusals import Refusal
from taicho.postgres import ClusterError, find_binaries

PART = 8 * 1024 * 1024
PRIVATE_FILES = ("secret-key", "audit-anchors")
"""Files of TAICHO_HOME that belong to an installation besides its keys."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up: the database at `url`, and the private files of the installation in `home`."""

    url: str
    home: Path
    keys: Path
    program: str
    drill: bool = False

    def private_files(self) -> Iterator[tuple[str, Path]]:
        """Name in the backup and place of every key and secret; the backup key itself stays out."""
        for path in sorted(self.keys.glob("*")):
            if path.is_file() and path.name != "backup-key.txt":
                yield f"keys/{path.name}", path
        for name in PRIVATE_FILES:
            if (self.home / name).is_file():
                yield name, self.home / name


def take_backup(source: Source, target: Path, *, at: datetime) -> Manifest:
    """Write an encrypted backup to `target` (mode 0600), complete or not at all; return what is in it.

    The database is read in one snapshot, so writers go on and the counts are those of one instant. Refused when
    `target` exists or the database cannot be dumped. Source: trust.md F-16.
    """
    if target.exists():
        raise Refusal(f"Đã có tệp {target}. Hãy chọn tên khác.", code="backup-exists")
    recipient = backup_key(source.keys).to_public()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(f".{target.name}.part")
    try:
        with _snapshot(source.url) as (connection, snapshot):
            manifest = describe(connection, taken_at=at, program=source.program, drill=source.drill)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                _encrypt(source, manifest, snapshot, file, recipient)
                file.flush()
                os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


@contextmanager
def _snapshot(url: str) -> Iterator[tuple["psycopg.Connection[Any]", str]]:
    """A repeatable-read transaction and the name under which pg_dump joins it."""
    with psycopg.connect(url, options="-c default_transaction_isolation=repeatable\\ read") as connection:
        connection.read_only = True
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        if row is None:
            raise Refusal("Cơ sở dữ liệu không cho chụp trạng thái.", code="no-snapshot")
        yield connection, row[0]


def _encrypt(source: Source, manifest: Manifest, snapshot: str, file: IO[bytes], recipient: Any) -> None:
    """Send the tar through age; what the writing thread could not do is raised here."""
    reading, writing = os.pipe()
    troubles: list[BaseException] = []

    def write() -> None:
        try:
            with os.fdopen(writing, "wb") as pipe:  # closing flushes, which fails too once nobody reads
                _write_tar(source, manifest, snapshot, pipe)
        except BaseException as trouble:
            troubles.append(trouble)

    writer = threading.Thread(target=write, name="backup-tar")
    writer.start()
    try:
        with os.fdopen(reading, "rb") as pipe:
            pyrage.encrypt_io(pipe, file, [recipient])
    finally:
        writer.join()
    if troubles:
        raise troubles[0]


def _write_tar(source: Source, manifest: Manifest, snapshot: str, pipe: IO[bytes]) -> None:
    with tarfile.open(fileobj=pipe, mode="w|") as tar:
        _add(tar, "manifest.json", manifest.to_json())
        for name, path in source.private_files():
            _add(tar, name, path.read_bytes())
        command = [str(tool("pg_dump", source.url)), "--format=custom", "--compress=1", f"--snapshot={snapshot}"]
        dump = subprocess.Popen(
            command, env=os.environ | access(source.url), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        with dump:
            if dump.stdout is None or dump.stderr is None:
                raise AssertionError("pg_dump was started with pipes")
            for number, block in enumerate(iter(lambda: dump.stdout.read(PART), b"")):  # type: ignore[union-attr]
                _add(tar, f"database/{number:06}", block)
            said = dump.stderr.read().decode(errors="replace").strip()
        if dump.returncode:
            raise Refusal(f"Không sao lưu được cơ sở dữ liệu: {said}", code="dump-failed")


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def tool(name: str, url: str) -> Path:
    """PostgreSQL's program `name` of the server's own major version, else of the newest at hand.

    A dump written by a newer program may hold settings that an older server does not know.
    """
    with psycopg.connect(url) as connection:
        major = connection.info.server_version // 10_000
    try:
        return find_binaries(major).bin / name
    except ClusterError:
        return find_binaries().bin / name


def access(url: str) -> dict[str, str]:
    """How PostgreSQL's programs reach the database at `url`: by environment, so no password stands in a command line."""
    known = conninfo_to_dict(url)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    return {names[key]: str(value) for key, value in known.items() if key in names and value}

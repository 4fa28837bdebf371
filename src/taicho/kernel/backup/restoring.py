"""Check a backup, and bring an installation back from it."""

import os
import subprocess
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import psycopg
import pyrage

from taicho.kernel.backup.manifest import Manifest, count_rows
from taicho.kernel.backup.taking import PRIVATE_FILES, access, tool
from taicho.kernel.refusals import Refusal

BLOCK = 1024 * 1024


def verify_file(file: Path, key: Any) -> Manifest:
    """Decrypt all of `file` without keeping anything; return its manifest.

    Refused with a sentence when the key is another one, or one bit of the file has changed.
    """
    manifest = None
    with _opened(file, key) as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                continue
            if member.name == "manifest.json":
                manifest = Manifest.from_json(content.read())
            while content.read(BLOCK):
                pass
    if manifest is None:
        raise Refusal(f"Tệp {file} không phải bản sao lưu của Tại Chỗ.", code="not-a-backup")
    return manifest


def restore(
    file: Path, key: Any, *, url: str, home: Path, keys: Path, known_migrations: set[str],
    progress: Callable[[str], None] = lambda _: None,
) -> Manifest:  # fmt: skip
    """Bring the database at `url` (empty) and the keys back from `file`; return the manifest it fulfilled.

    The whole file is checked before anything is written. Refused: a wrong key, a damaged file, a backup of a newer
    program, a database that holds something already, counts that differ from the manifest. Source: trust.md F-16.
    """
    progress("Đang kiểm tra toàn bộ bản sao lưu… / Checking the whole backup…")
    manifest = verify_file(file, key)
    if newer := set(manifest.migrations) - known_migrations:
        raise Refusal(
            f"Bản sao lưu do phiên bản mới hơn ({manifest.program}) tạo ra, có {len(newer)} bước dữ liệu chưa biết. "
            "Hãy cài phiên bản đó rồi phục hồi.",
            code="newer-backup",
        )
    with psycopg.connect(url) as connection:
        if count_rows(connection):
            raise Refusal("Cơ sở dữ liệu đích không trống. Chỉ phục hồi vào nơi trống.", code="not-empty")
    progress("Đang phục hồi… / Restoring…")
    with _opened(file, key) as tar:
        _bring_back(tar, url=url, home=home, keys=keys)
    with psycopg.connect(url) as connection:
        if (found := count_rows(connection)) != manifest.rows:
            differ = sorted(t for t in found.keys() | manifest.rows.keys() if found.get(t) != manifest.rows.get(t))
            raise Refusal(f"Số dòng phục hồi không khớp ở: {', '.join(differ)}.", code="counts-differ")
    return manifest


def _bring_back(tar: tarfile.TarFile, *, url: str, home: Path, keys: Path) -> None:
    """Keys to their files, database parts to pg_restore in one transaction."""
    command = [str(tool("pg_restore", url)), "--no-owner", "--no-privileges", "--single-transaction",
               "--exit-on-error", "--dbname", access(url)["PGDATABASE"]]  # fmt: skip
    with subprocess.Popen(
        command, env=os.environ | access(url), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as restoring:
        if restoring.stdin is None or restoring.stderr is None:
            raise AssertionError("pg_restore was started with pipes")
        for member in tar:
            content = tar.extractfile(member)
            if content is not None and member.name.startswith("database/"):
                _pour(content, restoring.stdin)
            elif content is not None and (place := _private_place(member.name, home=home, keys=keys)):
                _write_private(place, content.read())
        restoring.stdin.close()
        said = restoring.stderr.read().decode(errors="replace").strip()
    if restoring.returncode:
        raise Refusal(f"Không phục hồi được cơ sở dữ liệu: {said}", code="restore-failed")


def _private_place(name: str, *, home: Path, keys: Path) -> Path | None:
    """Where a private file of the backup belongs; None for what does not belong anywhere."""
    folder, _, leaf = name.rpartition("/")
    if leaf in {"", ".", ".."}:
        return None
    return {"keys": keys / leaf, "": home / leaf if leaf in PRIVATE_FILES else None}.get(folder)


def _write_private(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def _pour(source: IO[bytes], sink: IO[bytes]) -> None:
    try:
        while block := source.read(BLOCK):
            sink.write(block)
    except BrokenPipeError:
        return  # pg_restore ended early; its own words tell why


@contextmanager
def _opened(file: Path, key: Any) -> Iterator[tarfile.TarFile]:
    """The tar inside an encrypted backup, as a stream; what is wrong with the file or key is a sentence."""
    reading, writing = os.pipe()
    troubles: list[Exception] = []

    def decrypt() -> None:
        with os.fdopen(writing, "wb") as pipe, file.open("rb") as encrypted:
            try:
                pyrage.decrypt_io(encrypted, pipe, [key])
            except (pyrage.DecryptError, OSError) as trouble:
                troubles.append(trouble)

    if not file.is_file():
        raise Refusal(f"Không có tệp {file}.", code="no-file")
    decrypting = threading.Thread(target=decrypt, name="backup-decrypt", daemon=True)
    decrypting.start()
    with os.fdopen(reading, "rb") as pipe:
        try:
            with tarfile.open(fileobj=pipe, mode="r|") as tar:
                yield tar
            while pipe.read(BLOCK):
                pass
        except (tarfile.TarError, ValueError, KeyError, EOFError) as trouble:
            troubles.append(trouble)
    decrypting.join()
    if troubles:
        raise _as_refusal(file, troubles[0]) from troubles[0]


def _as_refusal(file: Path, trouble: Exception) -> Refusal:
    if isinstance(trouble, pyrage.DecryptError) and "No matching keys" in str(trouble):
        return Refusal(f"Khóa này không mở được {file}. Hãy dùng khóa của cơ quan đã sao lưu.", code="wrong-key")
    return Refusal(f"Tệp {file} đã hỏng hoặc bị sửa. Hãy dùng một bản sao lưu khác.", code="damaged-backup")

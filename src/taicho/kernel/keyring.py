"""The key ring: secret keys in private files of one directory outside the database (trust.md 5.3.4, S-15).

Two purposes, never mixed: `FIELD` keys encrypt fields (AES-256-GCM), `INDEX` keys make blind indexes (HMAC-SHA-256).
Of each purpose one key is *active* and writes; all others only read. `field-1a2b3c4d.key` holds a key, `field.active`
names the active one. A key's id is derived from the key, so a file that was torn, edited or renamed is noticed before
use.
"""

import base64
import binascii
import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from taicho.kernel.refusals import Refusal

FIELD = "field"
INDEX = "index"
PURPOSES = (FIELD, INDEX)
KEY_BYTES = 32
ID_BYTES = 4
HEADER = "taicho-key-1"


class KeyProblem(Refusal):
    """A key is missing, broken or open to others. The installation must be repaired; nothing was read or written."""

    status = 503


@dataclass(frozen=True)
class Key:
    """One secret key. Its secret never shows in a representation."""

    purpose: str
    secret: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """Four bytes that name the key in ciphertexts and file names; they tell nothing of the secret."""
        return hashlib.sha256(f"{HEADER} {self.purpose} id".encode() + self.secret).digest()[:ID_BYTES]

    @classmethod
    def new(cls, purpose: str) -> "Key":
        return cls(purpose, secrets.token_bytes(KEY_BYTES))


class KeyRing:
    """The keys in `directory`. Reads lazily; notices a new active key that another process made."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._keys: dict[tuple[str, bytes], Key] = {}
        self._active: dict[str, tuple[tuple[int, int], Key]] = {}

    def prepare(self) -> None:
        """Make the directory and the first key of each purpose, where they are missing. Called at installation only.

        Refused (key-missing) when key files are there but no key is active: something was lost, and a new key would
        hide it.
        """
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked():
            for purpose in PURPOSES:
                if not self._pointer(purpose).exists():
                    if any(self.directory.glob(f"{purpose}-*.key")):
                        raise _missing(self.directory)
                    self._activate(self._keep(Key.new(purpose)))

    def renew(self, purpose: str) -> Key:
        """Make a new key of `purpose` and let it write from now on; older keys still read."""
        self.active(purpose)
        with self._locked():
            return self._activate(self._keep(Key.new(purpose)))

    def active(self, purpose: str) -> Key:
        """The key that writes. Refused: key-missing, key-broken, key-open."""
        pointer = self._pointer(purpose)
        try:
            stat = pointer.stat()
        except FileNotFoundError:
            raise _missing(self.directory) from None
        except OSError:
            raise _unreadable(pointer) from None
        seen = (stat.st_ino, stat.st_mtime_ns)
        known = self._active.get(purpose)
        if known is None or known[0] != seen:
            known = self._active[purpose] = (seen, self.key(purpose, _id_in(pointer)))
        return known[1]

    def key(self, purpose: str, key_id: bytes) -> Key:
        """The key with this id. Refused: key-missing, key-broken, key-open."""
        found = self._keys.get((purpose, key_id))
        if found is None:
            found = self._keys[purpose, key_id] = self._read(self._file(purpose, key_id))
        return found

    def keys(self, purpose: str) -> list[Key]:
        """All keys of a purpose, the active one first."""
        active = self.active(purpose)
        names = sorted(self.directory.glob(f"{purpose}-*.key"))
        others = [self.key(purpose, _id_from_name(name)) for name in names]
        return [active, *(key for key in others if key.id != active.id)]

    def add(self, keys: list[Key], active: dict[str, bytes]) -> None:
        """Take in keys from a backup. A ring that already writes keeps its active keys; an empty one takes `active`."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked():
            for key in keys:
                self._keep(key)
            for key in keys:
                if active.get(key.purpose) == key.id and not self._pointer(key.purpose).exists():
                    self._activate(key)

    def drop(self, purpose: str, key_id: bytes) -> None:
        """Destroy a key for good. What it alone can read is lost: `key_rotation.retire` asks the database first."""
        if self.active(purpose).id == key_id:
            raise KeyProblem(_("Khóa đang dùng để ghi thì không hủy được. Đổi khóa trước."), code="key-in-use")
        with self._locked():
            self._file(purpose, key_id).unlink(missing_ok=True)
            _flush(self.directory)
        self._keys.pop((purpose, key_id), None)

    def _pointer(self, purpose: str) -> Path:
        return self.directory / f"{purpose}.active"

    def _file(self, purpose: str, key_id: bytes) -> Path:
        return self.directory / f"{purpose}-{key_id.hex()}.key"

    def _keep(self, key: Key) -> Key:
        encoded = base64.b64encode(key.secret).decode()
        _write_private(self._file(key.purpose, key.id), f"{HEADER} {key.purpose} {encoded}\n")
        return key

    def _activate(self, key: Key) -> Key:
        _write_private(self._pointer(key.purpose), key.id.hex() + "\n")
        return key

    def _read(self, file: Path) -> Key:
        _refuse_open_to_others(file)
        try:
            header, purpose, encoded = file.read_text(encoding="ascii").split()
            key = Key(purpose, base64.b64decode(encoded, validate=True))
        except FileNotFoundError:
            raise _missing(file) from None
        except OSError:
            raise _unreadable(file) from None
        except (ValueError, binascii.Error):
            raise _broken(file) from None
        if header != HEADER or len(key.secret) != KEY_BYTES or self._file(purpose, key.id) != file:
            raise _broken(file)
        return key

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time, across processes."""
        handle = os.open(self.directory, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def ring() -> KeyRing:
    """The key ring of this installation (settings.TAICHO_KEYS)."""
    return _ring_in(Path(settings.TAICHO_KEYS))


@cache
def _ring_in(directory: Path) -> KeyRing:
    return KeyRing(directory)


def _id_in(pointer: Path) -> bytes:
    _refuse_open_to_others(pointer)
    try:
        written = bytes.fromhex(pointer.read_text(encoding="ascii"))
    except OSError:
        raise _unreadable(pointer) from None
    except ValueError:
        raise _broken(pointer) from None
    if len(written) != ID_BYTES:
        raise _broken(pointer)
    return written


def _id_from_name(file: Path) -> bytes:
    try:
        return bytes.fromhex(file.stem.partition("-")[2])
    except ValueError:
        raise _broken(file) from None


def _write_private(file: Path, text: str) -> None:
    """Write the whole file or none of it, mode 0600, flushed to the disk."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as writer:
        writer.write(text)
        writer.flush()
        os.fsync(writer.fileno())
    draft.replace(file)
    _flush(file.parent)


def _flush(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_open_to_others(file: Path) -> None:
    """A key that others may read, or a directory where they may put one, is not a secret."""
    try:
        file_mode, directory_mode = file.stat().st_mode, file.parent.stat().st_mode
    except FileNotFoundError:
        raise _missing(file) from None
    except OSError:
        raise _unreadable(file) from None
    if file_mode & 0o077 or directory_mode & 0o022:
        raise KeyProblem(
            _("Người khác trên máy đọc hoặc thay được khóa %(file)s. Chạy: chmod 700 %(directory)s; chmod 600 %(file)s")
            % {"file": file, "directory": file.parent},
            code="key-open",
        )


def _missing(place: Path) -> KeyProblem:
    sentence = _("Không tìm thấy khóa mã hóa (%(place)s). Khôi phục thư mục khóa từ bản sao lưu khóa rồi chạy lại.")
    return KeyProblem(sentence % {"place": place}, code="key-missing")


def _broken(file: Path) -> KeyProblem:
    sentence = _("Tệp khóa %(file)s bị hỏng hoặc bị sửa. Khôi phục tệp này từ bản sao lưu khóa.")
    return KeyProblem(sentence % {"file": file}, code="key-broken")


def _unreadable(file: Path) -> KeyProblem:
    sentence = _("Không đọc được tệp khóa %(file)s. Chạy bằng tài khoản hệ điều hành đã tạo khóa.")
    return KeyProblem(sentence % {"file": file}, code="key-unreadable")

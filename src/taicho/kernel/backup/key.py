"""The key that opens backups. Keep a copy of it apart from the backups and from this machine."""

import os
from pathlib import Path

from pyrage import IdentityError, x25519

from taicho.kernel.refusals import Refusal

FILE_NAME = "backup-key.txt"


def backup_key(keys: Path) -> x25519.Identity:
    """The installation's backup key, kept in the directory `keys` (file mode 0600); made on first use."""
    file = keys / FILE_NAME
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = x25519.Identity.generate()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read_key(file)
    with os.fdopen(handle, "w", encoding="utf-8") as writer:
        writer.write(f"# Khóa mở bản sao lưu của Tại Chỗ. Giữ một bản ở nơi khác máy chủ.\n{made}\n")
    return made


def read_key(file: Path) -> x25519.Identity:
    """Read a backup key from a file. Refused with a sentence when the file holds none."""
    try:
        lines = file.read_text(encoding="utf-8").split()
        return x25519.Identity.from_str(next(line for line in lines if line.startswith("AGE-SECRET-KEY-")))
    except (OSError, UnicodeError, StopIteration, IdentityError) as error:
        raise Refusal(
            f"Không đọc được khóa sao lưu trong {file}. Hãy chỉ đúng tệp khóa.", code="no-backup-key"
        ) from error

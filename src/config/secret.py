"""A secret from a variable or from a private file, made on first use."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from config.reading import refused

LEAST_LENGTH = 20
"""Characters below which a secret can be guessed."""


def secret(variable: str, file: Path) -> str:
    """Return the secret in `variable`, else the one kept in `file` (mode 0600), which is made when it is missing.

    Refused when it is empty or short: cookies and forms signed with it could be forged.
    """
    kept = os.environ.get(variable) or _kept(file)
    if len(kept) < LEAST_LENGTH:
        raise refused(
            variable,
            f"khóa bí mật trống hoặc quá ngắn. Đặt lại biến này, hoặc xóa tệp {file} để hệ thống tự tạo khóa mới",
            f"is empty or too short. Set it again, or delete {file} and a new one is made",
        )
    return kept


def _kept(file: Path) -> str:
    """What the file holds. It comes into being whole, so that nobody ever reads half a secret."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as writer:
            writer.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):  # another process was first: its secret counts
            os.link(draft, file)
        draft.unlink()
    return file.read_text(encoding="ascii").strip()

"""A secret from a variable or from a private file, made on first use."""

import os
import secrets
from pathlib import Path


def secret(variable: str, file: Path) -> str:
    """Return the secret in `variable`, else the one kept in `file` (mode 0600), which is made when it is missing."""
    if given := os.environ.get(variable):
        return given
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w") as writer:
        writer.write(made := secrets.token_urlsafe(64))
    return made

"""Encrypted backups of a whole installation, and their restoration (house § 8, trust.md F-16, ADR 0008).

A backup is one file in the age format. Inside is a tar: `manifest.json`, the keys of this installation, and the
database as pg_dump wrote it, in parts. Standard tools open it: `age -d | tar x`, then `cat database/* | pg_restore`.
"""

from taicho.kernel.backup.key import backup_key, read_key
from taicho.kernel.backup.manifest import Manifest
from taicho.kernel.backup.restoring import restore, verify_file
from taicho.kernel.backup.taking import take_backup

__all__ = ["Manifest", "backup_key", "read_key", "restore", "take_backup", "verify_file"]

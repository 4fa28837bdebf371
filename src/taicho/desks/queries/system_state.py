"""How the installation itself is doing: for the administrator's page and nobody else."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

BACKUP_GLOB = "*.age"
HEARTBEAT_SILENCE = timedelta(minutes=2)
SEALING_DELAY = timedelta(minutes=1)
"""The sealer comes every second (house § 6); a row that waits so long waits for nobody."""
LEAST_FREE_SHARE = 20  # not a rule: percent of the disk
LEAST_FREE_BYTES = 1024**3  # not a rule: 1 GiB
"""A disk with less than a fifth or 1 GiB free is told before it hurts (trust.md F-06)."""


@dataclass(frozen=True, slots=True)
class SystemState:
    """Facts of the installation at one instant; None where a thing has never happened."""

    database_bytes: int
    disk_free_bytes: int
    disk_total_bytes: int
    last_backup_at: datetime | None
    last_backup_name: str
    worker_seen_at: datetime | None
    worker_is_alive: bool
    jobs_waiting: int
    jobs_failed: int
    entries_unsealed: int
    oldest_unsealed_at: datetime | None
    sealing_is_late: bool

    @property
    def disk_free_share(self) -> int:
        """Free room on the disk, in percent."""
        return self.disk_free_bytes * 100 // self.disk_total_bytes  # not a rule: percent

    @property
    def disk_is_low(self) -> bool:
        """Whether somebody should make room now."""
        return self.disk_free_share < LEAST_FREE_SHARE or self.disk_free_bytes < LEAST_FREE_BYTES


def system_state(at: datetime) -> SystemState:
    """Ask the database, the disk and the backup folder. `at` is the real time."""
    disk = shutil.disk_usage(settings.TAICHO_HOME)
    backup = last_backup(settings.TAICHO_HOME / "backups")
    facts = _database_facts()
    return SystemState(
        database_bytes=facts["bytes"],
        disk_free_bytes=disk.free,
        disk_total_bytes=disk.total,
        last_backup_at=backup[0] if backup else None,
        last_backup_name=backup[1] if backup else "",
        worker_seen_at=facts["seen"],
        worker_is_alive=facts["seen"] is not None and at - facts["seen"] < HEARTBEAT_SILENCE,
        jobs_waiting=facts["waiting"],
        jobs_failed=facts["failed"],
        entries_unsealed=facts["unsealed"],
        oldest_unsealed_at=facts["oldest"],
        sealing_is_late=facts["oldest"] is not None and at - facts["oldest"] > SEALING_DELAY,
    )


def last_backup(folder: Path) -> tuple[datetime, str] | None:
    """When the newest backup in `folder` was finished, and its name; None when there is none."""
    files = [(file.stat().st_mtime, file.name) for file in folder.glob(BACKUP_GLOB)]
    if not files:
        return None
    finished, name = max(files)
    return datetime.fromtimestamp(finished, UTC), name


def _database_facts() -> dict[str, Any]:
    """Size, jobs, the worker's last heartbeat and the part of the trail that is not sealed yet, in one round trip."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT pg_database_size(current_database()),
                   (SELECT max(last_heartbeat) FROM procrastinate_workers),
                   (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')),
                   (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'),
                   count(*), min(happened_at)
              FROM kernel_auditentry entry
             WHERE NOT EXISTS (SELECT 1 FROM kernel_auditlink link WHERE link.entry_id = entry.id)
            """
        )
        names = ("bytes", "seen", "waiting", "failed", "unsealed", "oldest")
        return dict(zip(names, cursor.fetchone(), strict=True))

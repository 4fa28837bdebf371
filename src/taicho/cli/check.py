"""`taicho check`: would this installation run well? Each fault is named with its way out (trust.md F-07)."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from taicho.cli.database import pending_migrations
from taicho.cli.installation import Installation, django_ready

LEAST_FREE_BYTES = 1024**3
LEAST_FREE_SHARE = 0.2
SAID_BY_PLAIN_HTTP = {"security.W004", "security.W008", "security.W012", "security.W016"}
"""What the framework says four times about plain http; we say it once."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `is_grave` faults make the command fail."""

    sentence: str
    is_grave: bool = True


@click.command()
def check() -> None:
    """Kiểm tra bản cài đặt: thư mục, khóa, đĩa, cơ sở dữ liệu, cấu hình.

    Check the installation. Exit 1 when something grave is wrong.
    """
    here = Installation.here()
    with here.database():
        django_ready()
        faults = [*faults_of_place(here.home), *faults_of_database(), *faults_of_settings()]
    for fault in faults:
        click.secho(("✗ " if fault.is_grave else "! ") + fault.sentence, fg="red" if fault.is_grave else "yellow")
    if any(fault.is_grave for fault in faults):
        sys.exit(1)
    click.echo("Bản cài đặt chạy được. / The installation is in order.")


def faults_of_place(home: Path) -> Iterator[Fault]:
    """Directory, private files and room on the disk."""
    if not os.access(home, os.W_OK):
        yield Fault(f"Không ghi được vào {home}. Hãy trao thư mục này cho người dùng đang chạy taicho.")
    for private in [*home.glob("keys/*"), home / "secret-key"]:
        if private.exists() and private.stat().st_mode & 0o077:
            yield Fault(f"Người khác đọc được {private}. Hãy chạy: chmod 600 {private}")
    disk = shutil.disk_usage(home)
    if disk.free < LEAST_FREE_BYTES or disk.free < disk.total * LEAST_FREE_SHARE:
        free = disk.free // 1024**2
        yield Fault(f"Đĩa chứa {home} chỉ còn {free} MiB trống. Hãy dọn hoặc mở rộng.", disk.free < LEAST_FREE_BYTES)


def faults_of_database() -> Iterator[Fault]:
    """Version, encoding, structure, time zone."""
    from django.db import connection

    from taicho.postgres.binaries import OLDEST_MAJOR

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()")
        encoding = cursor.fetchone()[0]
        cursor.execute("SHOW synchronous_commit")
        commit = cursor.fetchone()[0]
        cursor.execute("SHOW server_version_num")
        major = int(cursor.fetchone()[0]) // 10_000
    if major < OLDEST_MAJOR:
        yield Fault(f"PostgreSQL {major} quá cũ. Cần từ phiên bản {OLDEST_MAJOR}.")
    if encoding != "UTF8":
        yield Fault(f"Cơ sở dữ liệu dùng bảng mã {encoding}. Hãy tạo lại với UTF8.")
    if commit == "off":
        yield Fault("synchronous_commit đang tắt: có thể mất dữ liệu đã xác nhận. Hãy bật lại.")
    if steps := pending_migrations():
        yield Fault(f"Còn {steps} bước cập nhật cấu trúc. Hãy chạy: taicho migrate")


def faults_of_settings() -> Iterator[Fault]:
    """Django's own deployment checks, outside a drill."""
    from django.conf import settings
    from django.core.checks import run_checks

    if settings.DEBUG:
        yield Fault("TAICHO_DEBUG đang bật. Chỉ bật khi phát triển.")
    if settings.TAICHO_DRILL:
        return
    if not settings.TAICHO_HTTPS:
        yield Fault("TAICHO_HTTPS=0: mật khẩu đi qua mạng không mã hóa. Chỉ dùng trong mạng nội bộ tin cậy.", False)
    elif not settings.TAICHO_TRUSTED_PROXY:
        yield Fault("Chưa có máy chủ https phía trước: đặt TAICHO_TRUSTED_PROXY=1, hoặc TAICHO_HTTPS=0 để dùng http.")
    for message in run_checks(include_deployment_checks=True):
        if settings.TAICHO_HTTPS or message.id not in SAID_BY_PLAIN_HTTP:
            yield Fault(f"{message.id}: {message.msg}", message.is_serious())

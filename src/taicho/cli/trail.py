"""`taicho audit verify`: is the audit trail whole?"""

import sys

import click

from taicho.cli.installation import Installation, django_ready, say


@click.group()
def audit() -> None:
    """Nhật ký hệ thống.

    The audit trail.
    """


@audit.command()
def verify() -> None:
    """Kiểm tra nhật ký còn nguyên vẹn, nêu tên từng chỗ bị sửa.

    Verify every chain of the audit trail; name each damage found. Exit 1 when there is any.
    """
    with Installation.here().database():
        django_ready()
        report_trail()


def report_trail() -> None:
    """Verify the trail and say what was found; end with exit code 1 when it is damaged."""
    from taicho.kernel.audit.verifying import verify_all

    with click.progressbar(length=100, label="Đang kiểm tra nhật ký / Verifying", file=sys.stderr) as bar:
        result = verify_all(lambda done, total: bar.update(100 * done // max(total, 1) - bar.pos))
    for finding in result.findings:
        click.secho(finding.sentence, fg="red")
    if not result.ok:
        sys.exit(1)
    say(f"Nhật ký nguyên vẹn: {result.sealed} dòng đã niêm, {result.chains} chuỗi. / The trail is whole.")

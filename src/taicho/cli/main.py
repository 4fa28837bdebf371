"""The command `taicho`: one line of help in Vietnamese, one in English, for everything."""

import click

from taicho.cli import accounts, backup, check, database, demo, papers, processes, serve, staff, trail
from taicho.cli.installation import program_version
from taicho.cli.sentences import TellingGroup


@click.group(cls=TellingGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(program_version(), message="%(version)s")
def main() -> None:
    """Tại Chỗ: phòng, chống dịch trong cơ quan nhà nước.

    Epidemic prevention and response in public offices. Files of this installation: TAICHO_HOME (var/).
    """


for command in (
    demo.demo,
    serve.serve,
    processes.web,
    processes.worker,
    database.migrate,
    database.upgrade,
    backup.backup,
    backup.restore,
    check.check,
    trail.audit,
    staff.import_staff,
    papers.read,
    accounts.first_administrator,
):
    main.add_command(command)

"""What goes wrong is told in a sentence with the way out; only the unknown shows a traceback."""

import errno

import click
import psycopg
import pytest
from click.testing import CliRunner

from taicho.cli.sentences import TellingGroup, sentence_for
from taicho.kernel.refusals import Refusal
from taicho.postgres import ClusterError

CASES = {
    "a refusal as it is": (Refusal("Cần chỉ tệp.", code="no-file"), "Cần chỉ tệp."),
    "the database in both languages": (ClusterError("never_made", place="/x"), "There is no database in /x yet"),
    "a full disk": (OSError(errno.ENOSPC, "No space left", "/mnt/kho/a.age"), "Hết chỗ trên đĩa (/mnt/kho/a.age)"),
    "a full disk without a name": (OSError(errno.ENOSPC, "No space left"), "Hết chỗ trên đĩa. Hãy dọn"),
    "a quota": (OSError(errno.EDQUOT, "Quota"), "hạn mức"),
    "a read-only disk": (OSError(errno.EROFS, "Read-only", "/x"), "chỉ cho đọc (/x)"),
    "a closed door": (PermissionError(errno.EACCES, "Permission denied", "/root/x"), "Không có quyền (/root/x)"),
    "a wrong path": (FileNotFoundError(errno.ENOENT, "No such file", "/x"), "Không tìm thấy (/x)"),
    "a server that is away": (psycopg.OperationalError("connection refused\nIs it running?"), "connection refused"),
}


@pytest.mark.parametrize(("trouble", "told"), CASES.values(), ids=CASES)
def test_known_trouble_is_told(trouble, told):
    assert told in sentence_for(trouble)


def test_the_answer_of_a_server_is_told_in_one_line():
    assert "\n" not in sentence_for(psycopg.OperationalError("refused\nIs it running?"))


@pytest.mark.parametrize("trouble", [ValueError("x"), KeyError("x"), OSError(errno.EIO, "Input/output error")])
def test_unknown_trouble_is_left_to_a_developer(trouble):
    assert sentence_for(trouble) == ""


@click.group(cls=TellingGroup)
def trial():
    """A command that meets trouble."""


@trial.command()
@click.argument("kind")
def meets(kind):
    raise {"full": OSError(errno.ENOSPC, "x"), "odd": ValueError("odd")}[kind]


def test_a_command_in_known_trouble_ends_with_exit_code_one_and_no_traceback():
    done = CliRunner().invoke(trial, ["meets", "full"])
    assert done.exit_code == 1
    assert "Hết chỗ" in done.stderr
    assert isinstance(done.exception, SystemExit)


def test_a_command_in_unknown_trouble_shows_it():
    assert isinstance(CliRunner().invoke(trial, ["meets", "odd"]).exception, ValueError)

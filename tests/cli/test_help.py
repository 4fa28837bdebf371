"""The command tells what it can do, in Vietnamese and English."""

import pytest
from click.testing import CliRunner

from taicho.cli.main import main

COMMANDS = sorted(main.commands)


def test_every_promised_command_is_there():
    promised = [
        "demo",
        "serve",
        "web",
        "worker",
        "migrate",
        "backup",
        "restore",
        "upgrade",
        "check",
        "audit",
        "import-staff",
    ]
    assert set(promised) <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_speaks_both_languages(command):
    told = CliRunner().invoke(main, [command, "--help"])
    assert told.exit_code == 0
    paragraphs = (main.commands[command].help or "").strip().split("\n\n")
    assert len(paragraphs) >= 2, "a Vietnamese line, then an English one"
    assert any(ord(letter) > 0x7F for letter in paragraphs[0])
    assert paragraphs[1].isascii()


def test_an_unknown_command_is_refused():
    assert CliRunner().invoke(main, ["dance"]).exit_code == 2

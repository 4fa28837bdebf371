"""The command tells what it can do, in Vietnamese and English."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from taicho.cli.main import main
from tests.cli.office import environment

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


def test_help_is_told_without_loading_the_application(tmp_path):
    """Somebody who only asks what there is does not wait for the framework, the database driver and the web server."""
    asked = "import sys, taicho.cli.main; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    heavy = {"django", "psycopg", "procrastinate", "granian", "allauth", "cryptography", "pyrage", "pypdf"}
    assert not heavy & set(loaded.stdout.split())


def test_help_makes_nothing_on_the_disk(taicho, home):
    assert taicho("--help").returncode == 0
    assert taicho("serve", "--help").returncode == 0
    assert not home.exists()


def test_a_mistyped_option_is_refused_before_anything_starts(taicho, home):
    assert taicho("demo", "--exampel", "2021").returncode == 2
    assert taicho("demo", "--example", "1999").returncode == 2
    assert not home.exists()


def test_the_version_is_told_from_a_checkout_too(taicho):
    done = taicho("--version")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()

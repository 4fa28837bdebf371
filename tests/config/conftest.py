"""Running the settings as an installation does: in a process of their own, with an environment of the test's own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desks.conftest import browser_of, world

__all__ = ["browser_of", "world"]
SRC = Path(__file__).parents[2] / "src"
TELL = """
import json, sys
import config.settings as settings
names = sys.argv[1:]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


class Office:
    """An installation in `home` that nothing but its environment tells anything."""

    def __init__(self, home):
        self.home = home

    def run(self, *words, **environment):
        """Run Python with these words; what it says and how it ends."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
        given = kept | {"PYTHONPATH": str(SRC), "TAICHO_HOME": str(self.home)} | environment
        return subprocess.run([sys.executable, *words], env=given, capture_output=True, text=True, timeout=60)

    def settings(self, *names, **environment):
        """The values of these settings; fails when the settings do not load."""
        ended = self.run("-c", TELL, *names, **environment)
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    def refusal(self, **environment):
        """What the settings say when they do not load: the last line of the trouble."""
        ended = self.run("-c", TELL, **environment)
        assert ended.returncode != 0, "the settings took it"
        return ended.stderr.strip().splitlines()[-1]


@pytest.fixture
def office(tmp_path):
    """An installation that has never run."""
    return Office(tmp_path / "var")

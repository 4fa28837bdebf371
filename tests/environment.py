"""The environment of a test session, set before anything reads the settings (loaded with `-p` from pyproject.toml)."""

import os
import signal
import tempfile

from tests.postgres_for_tests import pytest_configure, pytest_unconfigure

__all__ = ["pytest_configure", "pytest_unconfigure"]

os.environ.setdefault("TAICHO_HOME", tempfile.mkdtemp(prefix="taicho-test-home-"))
os.environ.setdefault("TAICHO_SECRET_KEY", "a secret of the test session only")
os.environ.setdefault("TAICHO_DRILL", "1")

# A run in the background (`make test &`, nohup) ignores these, and so would every program that a test starts and ends.
for number, usual in (
    (signal.SIGHUP, signal.SIG_DFL),
    (signal.SIGINT, signal.default_int_handler),
    (signal.SIGQUIT, signal.SIG_DFL),
):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, usual)

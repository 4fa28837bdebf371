"""The environment of a test session, set before anything reads the settings (loaded with `-p` from pyproject.toml)."""

import os
import tempfile

from tests.postgres_for_tests import pytest_configure, pytest_unconfigure

__all__ = ["pytest_configure", "pytest_unconfigure"]

os.environ.setdefault("TAICHO_HOME", tempfile.mkdtemp(prefix="taicho-test-home-"))
os.environ.setdefault("TAICHO_SECRET_KEY", "a secret of the test session only")
os.environ.setdefault("TAICHO_DRILL", "1")

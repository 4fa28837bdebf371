"""What every test may ask for."""

import shutil

import pytest

CHROMIUM = shutil.which("chromium")


def pytest_collection_modifyitems(items):
    """Say which tests are left out, and why, instead of failing or keeping silent."""
    for item in items:
        if "browser" in item.keywords and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="LEFT OUT: no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, quiet: no sandbox needed in a test machine, no request of its own."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": quiet}

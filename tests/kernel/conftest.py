"""A key ring of its own for every test that asks for one."""

import pytest

from taicho.kernel.keyring import ring


@pytest.fixture
def keys(settings, tmp_path):
    """The installation's key ring, fresh: one field key, one index key."""
    settings.TAICHO_KEYS = tmp_path / "keys"
    ring().prepare()
    return ring()

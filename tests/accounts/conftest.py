"""A door of its own for every test: routes, a stand-in for organisation's actor, a key ring, people with passwords."""

import pytest
from django.core.cache import cache

from taicho.accounts import requirements
from taicho.accounts.actions.accounts import open_account
from taicho.kernel.actor import system
from taicho.kernel.keyring import ring
from taicho.ui import shell

PASSWORD = "con trâu đi cày ruộng"
OFFICE = system("test")


@pytest.fixture(autouse=True)
def door(settings, tmp_path, monkeypatch):
    """The routes of the tests, plain http, organisation's actor replaced, nothing registered from other rooms."""
    for place, empty in vars(shell.Registry()).items():
        monkeypatch.setattr(shell.registry, place, empty)
    settings.ROOT_URLCONF = "tests.accounts.urls"
    settings.MIDDLEWARE = [
        "tests.accounts.actor.stand_in" if name.startswith("taicho.organisation") else name
        for name in settings.MIDDLEWARE
    ]
    settings.TAICHO_DRILL = False
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.STATIC_ROOT = tmp_path
    settings.TAICHO_KEYS = tmp_path / "keys"
    ring().prepare()
    registered = list(requirements._second_factor_rules), list(requirements._actor_sources)
    requirements.clear()
    yield
    requirements._second_factor_rules[:], requirements._actor_sources[:] = registered


@pytest.fixture
def clean_cache(db):
    """No tries counted yet."""
    cache.clear()


@pytest.fixture
def make_account(db):
    """Open an account; with a password unless told otherwise."""

    def make(name="an.nv", password=PASSWORD, **facts):
        account = open_account(name, by=OFFICE, **facts)
        if password:
            account.set_password(password)
            account.save()
        return account

    return make


@pytest.fixture
def an(make_account, clean_cache):
    """Nguyễn Văn An, who has a password."""
    return make_account()


@pytest.fixture
def sign_in(client, clean_cache):
    """Sign in by the page, as people do."""

    def sign_in(name="an.nv", password=PASSWORD, using=client, **extra):
        return using.post("/dang-nhap", {"login": name, "password": password}, **extra)

    return sign_in


@pytest.fixture
def everyone_needs_a_second_factor(door):
    """As if every post were a sensitive one."""
    requirements.register_second_factor_rule(lambda account: "Văn phòng xem dữ liệu của cả cơ quan.")

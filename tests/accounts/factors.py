"""What a person's authenticator app shows, and the steps to get one."""

import re
import time
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction


def app_code(secret, *, later=0):
    """The six digits an app with `secret` shows now, or `later` steps of 30 seconds on."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


@contextmanager
def allauth_commits():
    """A test's own transaction never commits: let allauth's steps after the commit be taken at once."""
    at_once = SimpleNamespace(on_commit=lambda step: step(), atomic=transaction.atomic)
    flows = "allauth.mfa.{}.internal.flows.transaction"
    with patch(flows.format("totp"), at_once), patch(flows.format("recovery_codes"), at_once):
        yield


def add_app(client):
    """Add an app by the page, as people do; returns its secret."""
    page = client.get("/tai-khoan/ung-dung")
    assert page.status_code == 200, page
    secret = re.search(r'class="door-secret">([A-Z2-7]+)<', page.content.decode()).group(1)
    with allauth_commits():
        answer = client.post("/tai-khoan/ung-dung", {"code": app_code(secret, later=-1)})
    assert answer.status_code == 302, answer.content.decode()
    return secret

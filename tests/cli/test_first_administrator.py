"""No default account: the first administrator enters with a link that works once (trust.md 5.3, rule 9; L3)."""

import pytest

from tests.cli.browser import Browser
from tests.cli.office import ask

pytestmark = pytest.mark.trial
PASSWORD = "mot cau dai de nho 2026"


def test_every_call_makes_a_new_link_and_voids_the_earlier_one(office):
    running = office.serve()
    first = office.entry_link("first-administrator")
    second = office.entry_link("first-administrator")
    assert first != second
    assert ask(running.port, first).status == 404
    assert ask(running.port, second).status == 200


def test_the_first_administrator_enters_once_and_no_link_is_printed_any_more(office):
    running = office.serve()
    link = office.entry_link("first-administrator")
    person = Browser(running.port)
    assert "mat-khau" in person.send(link)[1]
    _, where, page = person.send("/phieu-vao/mat-khau", password1=PASSWORD, password2=PASSWORD)
    assert "password1" not in page, "the password was taken"
    assert "lop-xac-thuc" in where, "an administrator needs a second factor before anything else (L3)"
    assert ask(running.port, link).status == 404, "the link is used up"
    done = office.run("first-administrator")
    assert done.returncode == 0
    assert "/vao/" not in done.stdout
    assert "Đã có người quản trị" in done.stdout


def test_nobody_enters_by_a_guessed_link(office):
    running = office.serve()
    assert ask(running.port, "/vao/" + "A" * 32).status == 404
    assert office.sql("SELECT count(*) FROM accounts_account") == [(0,)], "there is no default account"

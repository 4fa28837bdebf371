"""Every page answers every role as the reviewed table says, wherever the thing is (trust.md S-01, L3)."""

import re
from copy import copy

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taicho.organisation import middleware
from taicho.ui.web import errors
from tests.house.authorisation import METHODS, letter, read_table, routes
from tests.house.things import THINGS
from tests.house.world import PLACES, ROLES, build_world

pytestmark = pytest.mark.django_db
TABLE = read_table()
IDS = [f"{row.method} {row.route}" for row in TABLE]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for all cells; every cell is rolled back."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            yield build_world()
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture(scope="module")
def clients(world):
    """A signed-in browser for each role; the visitor has none."""
    browsers = {role: Client(raise_request_exception=True) for role in ROLES}
    for role, account in world.accounts.items():
        browsers[role].force_login(account)
    return browsers


@pytest.fixture(scope="module", autouse=True)
def only_the_letter(world):
    """Twelve thousand cells, each rolled back: who somebody is does not change, and a refusal needs no frame around it."""
    known, build = {}, middleware.build_actor

    def build_once(account, **sure):
        if account.pk not in known:
            known[account.pk] = build(account, **sure)
        return known[account.pk]

    def bare(request, template, exception, status):
        return HttpResponse(getattr(exception, "sentence", ""), status=status)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "build_actor", build_once)
        patch.setattr(errors, "_show", bare)
        yield


def answer(client, method, address):
    """Ask, and undo whatever was done, in the database and in the browser."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, address)
        transaction.set_rollback(True)
    client.cookies = cookies
    return letter(response)


WRITING = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
MAY_BE_WRITTEN_BY_LOOKING = {"django_session", "usersessions_usersession", "kernel_auditentry", "kernel_auditsalt"}
"""The session and its device, and the trail, which is the read-log."""


def written(queries):
    """Tables that statements wrote to and looking may not."""
    tables = {found.group(1) for query in queries if (found := WRITING.match(query["sql"]))}
    return sorted(tables - MAY_BE_WRITTEN_BY_LOOKING)


def cells(row):
    """(role, place) for every cell of a row; a page without a thing has one place."""
    return [(role, place) for role in ROLES for place in (PLACES if row.thing else "m")]


@pytest.mark.parametrize("row", TABLE, ids=IDS)
def test_the_page_answers_every_role_as_the_table_says(row, world, clients):
    wrong = []
    for role, place in cells(row):
        arguments = THINGS[row.thing](world, role, place) if row.thing else {}
        with CaptureQueriesContext(connection) as asked:
            found = answer(clients[role], row.method, reverse(row.route, kwargs=arguments))
        if found != row.expected(role, place):
            wrong.append(f"{role} at {place}: {row.expected(role, place)} expected, {found} found")
        if row.method == "GET" and written(asked.captured_queries):
            wrong.append(f"{role} at {place}: looking writes to {written(asked.captured_queries)}")  # S-10
    assert not wrong


def test_a_statement_that_writes_is_told_from_one_that_reads():
    said = [
        {"sql": 'UPDATE "gate_passcode" SET x = 1'},
        {"sql": 'SELECT 1 FROM "x" FOR UPDATE'},
        {"sql": "SAVEPOINT s"},
    ]
    assert written(said) == ["gate_passcode"]


def test_no_route_is_missing_in_the_table():
    assert set(routes()) - {row.route for row in TABLE} == set()


def test_the_table_names_no_route_that_is_gone():
    assert {row.route for row in TABLE} - set(routes()) == set()


@pytest.mark.parametrize("name", sorted(routes()))
def test_a_declared_page_has_a_row_for_each_method_it_takes(name):
    declared = getattr(routes()[name], "page", None)
    rows = {row.method for row in TABLE if row.route == name}
    if declared is not None:
        assert rows == {method for method in METHODS if declared.policy_for(method)}


@pytest.mark.parametrize("method", METHODS)
def test_a_method_without_a_row_is_not_taken(method, world, clients):
    with_row = {row.route for row in TABLE if row.method == method}
    taken = []
    for name in sorted(set(routes()) - with_row):
        thing = next((row.thing for row in TABLE if row.route == name), "")
        arguments = THINGS[thing](world, "office", "m") if thing else {}
        found = answer(clients["office"], method, reverse(name, kwargs=arguments))
        if found not in "0->!":
            taken.append(f"{method} {name}: {found}")
    assert not taken


def test_the_table_has_the_cells_the_attack_model_asks_for():
    asked = sum(len(cells(row)) for row in TABLE)
    assert asked >= len(TABLE) * len(ROLES)


def test_the_page_of_rights_is_written_from_the_table():
    from tools import write_rights

    assert write_rights.PAGE.read_text(encoding="utf-8") == write_rights.text(), "run tools/write_rights.py"


NAMES_STAY_BELOW = ("superior_body", "health_station")
"""The upper body never reads names; a health station reads only lists that were handed to it (trust.md A9, A10)."""


@pytest.mark.parametrize("role", NAMES_STAY_BELOW)
def test_no_page_shows_the_name_of_anybody_below_to_the_upper_body_or_a_health_station(role, world, clients):
    names = [p.full_name for p in (*world.colleagues.values(), *world.people.values()) if p != world.people[role]]
    names += [post.person.full_name for post in world.posts.values()]
    told = []
    for row in (row for row in TABLE if row.method == "GET"):
        for place in PLACES if row.thing else "m":
            arguments = THINGS[row.thing](world, role, place) if row.thing else {}
            page = clients[role].get(reverse(row.route, kwargs=arguments)).content.decode(errors="ignore")
            told += [f"{row.route} at {place}: {name}" for name in names if name in page]
    assert not told

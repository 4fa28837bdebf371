"""Which clause the gate cites where one orders and another only asks (E3; house D6)."""

from uuid import uuid4

from taicho.gate.enums import Audience, Need
from taicho.gate.rules.requirements import Ordered, combine

ENTRY = "gate.entry_requirements"


def asks(need, *, binds=True, **more):
    return Ordered(ENTRY, {"who": "all", "need": [need], **more}, uuid4(), binds)


def together(*ordered):
    return combine(ordered, Audience.STAFF, entry=ENTRY, visits="gate.visits")


def test_a_request_is_no_reason_beside_a_clause_that_orders_the_same():  # D6
    request, order = asks("declaration", binds=False), asks("declaration", if_missing="refuse")
    for both in ((request, order), (order, request)):
        assert together(*both).because(Need.DECLARATION) == (order.measure,)


def test_where_nothing_is_ordered_the_requests_are_the_reason_and_stop_nobody():
    one, other = asks("mask", binds=False), asks("mask", binds=False)
    asked = together(one, other)
    assert asked.because(Need.MASK) == (one.measure, other.measure)
    assert asked.if_missing(Need.MASK).value == "note"


def test_two_clauses_that_order_the_same_are_both_cited():
    one, other = asks("mask"), asks("mask", if_missing="refuse")
    assert together(one, other).because(Need.MASK) == (one.measure, other.measure)

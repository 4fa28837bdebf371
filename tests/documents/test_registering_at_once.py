"""Many clerks enter documents at the same instant: every number is given once and none is left out (A1; house D8)."""

import threading

from django.db import connection

from taicho.documents.models import IncomingDocument
from taicho.kernel.refusals import Refusal
from taicho.organisation.enums import UnitKind
from tests.documents.papers import entered
from tests.organisation.land import unit

HANDS, EACH = 10, 50


def test_five_hundred_entries_at_once_are_numbered_without_a_gap_and_refused_ones_take_no_number(committed):  # A1
    agency = unit("Sở Nội vụ", kind=UnitKind.AGENCY)
    refused, ready = [], threading.Barrier(HANDS)

    def press(hand):
        ready.wait()
        for n in range(EACH):
            try:
                entered(agency, number=f"{hand}-{n}" if n % 5 else f"chung-{n}")
            except Refusal as refusal:
                refused.append(refusal.code)
        connection.close()

    hands = [threading.Thread(target=press, args=[hand]) for hand in range(HANDS)]
    [hand.start() for hand in hands]
    [hand.join() for hand in hands]
    shared = EACH // 5
    kept = HANDS * EACH - (HANDS - 1) * shared
    assert set(refused) == {"documents_same_document_registered_once"}
    assert len(refused) == (HANDS - 1) * shared
    numbers = IncomingDocument.objects.order_by("arrival_number").values_list("arrival_number", flat=True)
    assert list(numbers) == list(range(1, kept + 1))


def test_two_agencies_do_not_wait_for_each_other_and_each_counts_for_itself(committed):  # A1
    agencies = [unit("Sở Nội vụ", kind=UnitKind.AGENCY), unit("Sở Y tế", kind=UnitKind.AGENCY)]
    ready = threading.Barrier(4)

    def press(agency, hand):
        ready.wait()
        for n in range(10):
            entered(agency, number=f"{hand}-{n}")
        connection.close()

    hands = [threading.Thread(target=press, args=[agency, hand]) for agency in agencies for hand in (1, 2)]
    [hand.start() for hand in hands]
    [hand.join() for hand in hands]
    for agency in agencies:
        found = IncomingDocument.objects.filter(agency=agency).values_list("arrival_number", flat=True)
        assert sorted(found) == list(range(1, 21))

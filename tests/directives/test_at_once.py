"""Two officials at the same instant: the database lets one of two steps that exclude each other happen (A1, A6; house D8)."""

import threading
from datetime import date

import pytest
from django.db import connection

from taicho.directives.actions.correcting import correct_clause
from taicho.directives.actions.measures import confirm_measure, record_relation
from taicho.directives.models import Clause, Measure, MeasureRelation
from taicho.documents.actions.striking import strike_out
from taicho.documents.models import IncomingDocument
from taicho.kernel.refusals import Refusal
from taicho.organisation.enums import UnitKind
from tests.directives.papers import clause_of, letter
from tests.organisation.land import SETUP, unit


class Office:
    """An agency in a database with real commits."""

    def __init__(self):
        self.bureau = unit("Sở Nội vụ", kind=UnitKind.AGENCY)


@pytest.fixture
def office(committed):
    return Office()


def together(*steps):
    """Take the steps at the same instant, each on a connection of its own; the codes of those that were refused."""
    ready, refused = threading.Barrier(len(steps)), []

    def take(step):
        ready.wait()
        try:
            step()
        except Refusal as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    hands = [threading.Thread(target=take, args=[step]) for step in steps]
    [hand.start() for hand in hands]
    [hand.join() for hand in hands]
    return refused


def confirm(office, clause, **more):
    return confirm_measure(
        clause, by=SETUP, kind="trial.cap", params={"max_pct": 50}, force="require", scope=[office.bureau],
        from_day=date(2026, 11, 17), **more,
    )  # fmt: skip


def test_a_document_is_struck_out_or_gives_a_measure_and_never_both(office):  # A1
    for n in range(6):
        document = letter(office, number=str(n))
        refused = together(
            lambda document=document: strike_out(document, by=SETUP, reason="Nhầm"),
            lambda document=document: confirm(office, clause_of(document)),
        )
        assert refused in (["struck-out"], ["in-use"])
        struck = IncomingDocument.objects.get(pk=document.pk).is_struck_out
        assert struck is not Measure.objects.filter(clause__document=document).exists()


def test_a_line_is_struck_out_by_one_of_two(office):  # A1
    document = letter(office)
    steps = [lambda why=why: strike_out(document, by=SETUP, reason=why) for why in ("Một", "Hai")]
    assert together(*steps) == ["struck-out"]


def test_a_clause_is_corrected_or_a_measure_rests_on_the_words_that_were_read(office):  # A6
    for n in range(6):
        clause = clause_of(letter(office, number=str(n)))
        refused = together(
            lambda clause=clause: correct_clause(clause, by=SETUP, seen=1, path="1", text="Khác."),
            lambda clause=clause: confirm(office, clause, clause_seen=1),
        )
        assert refused in (["clause-changed"], ["clause-in-use"])
        kept = Clause.objects.get(pk=clause.pk)
        assert kept.is_corrected is not kept.measures.exists()


def test_two_who_record_opposite_replacements_make_no_circle(office):  # A7
    one, other = (confirm(office, clause_of(letter(office, number=str(n)))) for n in (1, 2))
    refused = together(
        lambda: record_relation(one, by=SETUP, kind="replaces", what=other),
        lambda: record_relation(other, by=SETUP, kind="replaces", what=one),
    )
    assert refused == ["lifts-in-circle"]
    assert MeasureRelation.objects.count() == 1

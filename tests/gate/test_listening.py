"""The gate hears of measures, counts floods in the database, and forgets what it need not keep."""

from datetime import timedelta

import pytest

from taicho.directives.news import MeasureConfirmed, MeasureWithdrawn
from taicho.gate.actions.tallies import TooMany, count_sending, forget_tallies
from taicho.gate.listeners import on_measure_confirmed, on_measure_withdrawn
from taicho.gate.models import GateRule, GateTally
from taicho.gate.queries.requirements import reasons_of
from taicho.gate.rules.limits import limits
from taicho.kernel import clock
from tests.gate.words import order, scan


@pytest.mark.parametrize(
    "hear, news", [(on_measure_confirmed, MeasureConfirmed), (on_measure_withdrawn, MeasureWithdrawn)]
)
def test_news_of_a_measure_at_the_gate_makes_the_rules_true_again(gate, hear, news):
    measure = order(gate, who="all", need=["declaration"])
    assert scan(gate).stale
    hear(news(str(measure.key), measure.kind))
    assert not scan(gate).stale
    assert GateRule.objects.filter(agency=gate.land.bureau, day=clock.today()).count() == 2


def test_news_of_other_measures_does_not_touch_the_gate(gate):
    measure = order(gate, kind="health.fever_threshold", at_least_c=37.5)
    on_measure_confirmed(MeasureConfirmed(str(measure.key), measure.kind))
    assert not GateRule.objects.exists()


def test_a_reason_says_whose_decision_it_is(gate):
    measure = order(gate, who="all", need=["mask"])
    (reason,) = reasons_of([measure.key])
    assert reason.own_decision and "Điều kiện tại cổng" in reason.text
    assert reasons_of([]) == []


def test_a_bucket_beyond_its_limit_is_refused_and_counted_no_further(db, settings):  # S-11
    now = clock.now()
    most = limits().per_minute["link"]
    for _turn in range(most):
        count_sending({"link": "a"}, now)
    for _turn in range(3):
        with pytest.raises(TooMany) as refused:
            count_sending({"link": "a"}, now)
    assert refused.value.status == 429 and GateTally.objects.get().count == most
    count_sending({"link": "b"}, now)
    count_sending({"link": "a"}, now + timedelta(minutes=1))


def test_no_address_can_be_read_out_of_the_counts_and_they_are_thrown_away(db):
    now = clock.now()
    count_sending({"address": "192.0.2.7"}, now)
    assert b"192.0.2.7" not in bytes(GateTally.objects.get().bucket)
    forget_tallies(now + timedelta(days=2))
    assert not GateTally.objects.exists()

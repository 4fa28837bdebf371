"""The same declaration sent again is one; with another temperature it is a conflict that is seen (F1; house D9)."""

from decimal import Decimal
from uuid import uuid4

import pytest

from taicho.health.models import Declaration, Temperature
from taicho.kernel.refusals import Conflict
from tests.health.clinic import declared

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("other", [Decimal("38.9"), None])
def test_another_temperature_under_the_same_id_is_not_swallowed(sick_bay, ordered, other):
    client_id, taken = uuid4(), Decimal("36.5")
    first = declared(sick_bay.staff, client_id=client_id, temperature=taken)
    assert declared(sick_bay.staff, client_id=client_id, temperature=taken) == first
    with pytest.raises(Conflict):
        declared(sick_bay.staff, client_id=client_id, temperature=other)
    assert Declaration.objects.count() == 1 and Temperature.objects.get().celsius == taken

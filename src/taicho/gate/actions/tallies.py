"""Count what comes in through the poster of a gate; too much is refused (S-11). Survives a restart, knows no person."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from taicho.gate.models import GateTally
from taicho.gate.rules.limits import limits
from taicho.kernel.refusals import Refusal

COUNT_ONE = """
    INSERT INTO gate_gatetally (bucket, minute, count) VALUES (%s, %s, 1)
    ON CONFLICT (bucket, minute) DO UPDATE SET count = gate_gatetally.count + 1
        WHERE gate_gatetally.count < %s
    RETURNING count
"""


class TooMany(Refusal):
    """More than the limit of this minute; the visitor is asked to try again in a minute, or to go to the guard."""

    status = 429  # not a rule: the HTTP status for too many requests


def count_sending(buckets: Mapping[str, str], at: datetime) -> None:
    """Count one sending in each bucket (link, device, address → its name). Refused: too-many.

    Beyond its limit a bucket is not counted any further, so a flood writes nothing.
    """
    minute = at.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        for kind, name in sorted(buckets.items()):
            mark = hmac.digest(settings.SECRET_KEY.encode(), f"{kind}\0{name}".encode(), hashlib.sha256)
            cursor.execute(COUNT_ONE, [mark, minute, limits().per_minute[kind]])
            if cursor.fetchone() is None:
                raise TooMany(
                    _("Đang có nhiều người khai. Đợi một phút rồi gửi lại, hoặc báo bảo vệ."), code="too-many"
                )


def forget_tallies(at: datetime) -> None:
    """Throw away what is older than a day."""
    GateTally.objects.filter(minute__lt=at - timedelta(days=1)).delete()

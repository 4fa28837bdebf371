"""Write the audit trail. Every action calls `record` once, in its own transaction (house § 6)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.models import AuditEntry


def record(
    verb: str,
    *,
    by: Actor,
    of: models.Model,
    unit: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Record that `by` did `verb` (`organisation.rename_unit`) to the record `of`, which has a `key`.

    `facts` are the values that changed (plain JSON values); they are committed to by salted hash, not stored.
    `unit` is the key of the unit concerned, when it is not the actor's own.
    """
    return AuditEntry.objects.create(
        chain=by.root,
        happened_at=clock.real_now(),
        shown_at=clock.now(),
        actor=by.person,
        machine=by.machine,
        verb=verb,
        object_kind=of._meta.label_lower,
        object_key=of.key,  # type: ignore[attr-defined]
        unit=unit or by.unit,
    )

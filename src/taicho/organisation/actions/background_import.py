"""Write a confirmed staff list in the worker, telling the page how far it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext as _

from taicho.kernel.actor import ANONYMOUS, Actor
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.import_staff import Tell, confirm_import, stop_import
from taicho.organisation.models import Person, StaffImport, StaffImportProgress
from taicho.organisation.policies import may_keep_register
from taicho.organisation.queries.build_actor import build_actor


def write_confirmed_list(key: str) -> None:
    """Write the list that was confirmed, with the rights its confirmer has at this moment.

    A list that is dropped, purged or written already is left alone. When it cannot be written it goes back to the
    preview with the reason; nothing of it is in the register then.
    """
    pending = StaffImport.objects.select_related("agency").get(key=key)
    if not pending.is_under_way:
        return
    by = ANONYMOUS
    try:
        by = _confirmer(pending)
        with transaction.atomic(), progress_of(pending) as tell:
            may_keep_register.permit(by, pending)
            confirm_import(pending, by=by, tell=tell)
    except Refusal as refusal:
        stop_import(pending, by=by, because=refusal.sentence)


@contextmanager
def progress_of(pending: StaffImport) -> Iterator[Tell]:
    """Tell through a connection of its own, so that the page sees the number before the list is committed."""
    outside = connection.copy()
    progress = StaffImportProgress._meta
    update = f'UPDATE "{progress.db_table}" SET done = %s WHERE staff_import_id = %s'  # noqa: S608 - our own table

    def tell(done: int) -> None:
        with outside.cursor() as cursor:
            cursor.execute(update, [done, pending.pk])

    try:
        yield tell
    finally:
        outside.close()


def _confirmer(pending: StaffImport) -> Actor:
    found = Person.objects.select_related("account").filter(key=pending.started_by) if pending.started_by else None
    person = found.first() if found is not None else None
    actor = build_actor(person.account) if person and person.account else None
    if actor is None:
        raise Refusal(_("Người xác nhận không còn trong hệ thống."), code="confirmer-gone")
    return actor

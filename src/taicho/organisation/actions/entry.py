"""Give a person the way in: an account and a printed slip for the first entry (ux.md 14)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.accounts.actions.accounts import open_account
from taicho.accounts.actions.slips import IssuedSlip, issue_slip
from taicho.accounts.queries.door import free_name
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.organisation.models import Person


@dataclass(frozen=True, slots=True)
class EntryPaper:
    """What is printed and handed over once: whose account, and the code of the slip."""

    person: Person
    issued: IssuedSlip


@transaction.atomic
def issue_entry_slip(person: Person, *, by: Actor) -> EntryPaper:
    """Open an account for the person when there is none, and issue a slip that lets them choose a password.

    Refused: own-slip, not-on-staff, account-suspended. The earlier unused slip is void.
    """
    if by.person == person.key:
        raise NotPermitted(_("Không ai tự cấp phiếu cho mình. Hãy đề nghị người khác."), code="own-slip")
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not person.memberships.not_over(clock.now()).exists():
        raise Refusal(
            _("Chỉ cấp phiếu cho người có tên trong danh sách cán bộ, nhân viên của một đơn vị."), code="not-on-staff"
        )
    if person.account is None:
        person.account = open_account(free_name(person.full_name), by=by)
        person.save(update_fields=["account"])
    issued = issue_slip(person.account, by=by)
    home = person.home_unit
    audit.record("organisation.issue_entry_slip", by=by, of=person, unit=home.key if home else None)
    return EntryPaper(person, issued)

"""Keep the staff register: register, update, transfer, end service, take back, state the means at home (B5, C9)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from taicho.accounts.actions.accounts import reopen_account, suspend_account
from taicho.accounts.models import Account
from taicho.kernel import audit, clock, news
from taicho.kernel.actor import Actor
from taicho.kernel.phone import parse_phone
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import edit, judged, keep, plain
from taicho.organisation.actions.posts import end_post
from taicho.organisation.enums import PersonKind
from taicho.organisation.models import Delegation, HomeWorkingMeans, Person, Post, StaffMembership, Unit
from taicho.organisation.news import LodgingChanged, PersonTransferred, PostEnded, ServiceEnded, StaffRegistered

EDITABLE = frozenset(
    {
        "full_name", "birth_year", "birth_date", "category", "party_member", "position", "official_phone",
        "personal_phone", "email", "residence", "residence_division", "lodging", "lodging_division", "work_room",
    }
)  # fmt: skip
PHONES = ("official_phone", "personal_phone")


@transaction.atomic
def register_staff(*, by: Actor, unit: Unit, full_name: str, at: datetime | None = None, **facts: Any) -> Person:
    """Put a person on the staff list of `unit` from `at` (now). `facts` are fields named in EDITABLE.

    Refused: unit-not-in-force, bad-phone, bad-field. Announces StaffRegistered. Source: B5.
    """
    at = at or clock.now()
    _check_in_force(unit, at)
    _check_names(facts)
    person = keep(Person(kind=PersonKind.STAFF, full_name=full_name, **_read_phones(facts)))
    keep(StaffMembership(person=person, unit=unit, starts_at=at))
    audit.record(
        "organisation.register_staff", by=by, of=person, unit=unit.key, facts=plain({"full_name": full_name} | facts)
    )
    news.announce(StaffRegistered(person=str(person.key), unit=str(unit.key), at=at.isoformat()))
    return person


@transaction.atomic
def update_staff(person: Person, *, by: Actor, seen: int, **changes: Any) -> Person:
    """Correct or complete what the register knows of a person, as read in version `seen`.

    Refused: changed-meanwhile, bad-phone, bad-field. Announces LodgingChanged when the commune of stay is another one.
    """
    _check_names(changes)
    stayed_in = person.staying_in
    changed = edit(person, _read_phones(changes), seen=seen)
    home = person.home_unit
    audit.record("organisation.update_staff", by=by, of=person, unit=home.key if home else None, facts=plain(changed))
    if person.staying_in != stayed_in:
        news.announce(LodgingChanged(person=str(person.key), division=person.staying_in))
    return person


@transaction.atomic
def transfer(person: Person, *, by: Actor, to: Unit, at: datetime | None = None, decision: str = "") -> StaffMembership:
    """Move a member of staff to another unit from `at` (now).

    All posts and delegations end at that instant, so old rights are gone with the next request (A13).
    Refused: not-on-staff, same-unit, unit-not-in-force. Announces PersonTransferred.
    """
    at = at or clock.now()
    _check_in_force(to, at)
    _lock(person)
    old = _main_membership(person, at)
    if old.unit == to:
        raise Refusal(_("Người này đang thuộc chính đơn vị đó."), code="same-unit", field="to")
    _end_everything(person, by=by, at=at)
    new = keep(StaffMembership(person=person, unit=to, starts_at=at))
    _forget_home(person)
    facts = {"from": str(old.unit.key), "to": str(to.key), "at": at.isoformat(), "decision": decision}
    audit.record("organisation.transfer", by=by, of=person, unit=to.key, facts=facts)
    news.announce(
        PersonTransferred(person=str(person.key), from_unit=str(old.unit.key), to_unit=str(to.key), at=at.isoformat())
    )
    return new


@transaction.atomic
def end_service(person: Person, *, by: Actor, at: datetime | None = None, reason: str = "") -> Person:
    """End a person's service at `at` (now): membership, posts and delegations end; the record stays.

    What was decided for later and has not begun is called off. The account is closed and its devices are out in the
    same transaction; for a day to come `close_accounts_of_leavers` closes it when that day has come.
    Refused: not-on-staff. Announces ServiceEnded. Source: B5, L3 (trust.md, S-13, A13).
    """
    now = clock.now()
    at = at or now
    _lock(person)
    old = _main_membership(person, at)
    _end_everything(person, by=by, at=at)
    if at < now:
        _end_everything(person, by=by, at=now)
    called_off = _call_off(person, after=max(at, now))
    _forget_home(person)
    facts = {"unit": str(old.unit.key), "at": at.isoformat(), "reason": reason, "called_off": called_off}
    audit.record("organisation.end_service", by=by, of=person, unit=old.unit.key, facts=facts)
    if at <= now:
        _close_account(person, by=by)
    news.announce(ServiceEnded(person=str(person.key), unit=str(old.unit.key), at=at.isoformat()))
    return person


@transaction.atomic
def take_back(person: Person, *, by: Actor, unit: Unit, at: datetime | None = None, decision: str = "") -> Person:
    """Put somebody who has left on the staff list of `unit` again, from `at` (now): the same record, no old right.

    The account, if there was one, is given back as if new: only a slip issued from now on lets the person in.
    Refused: not-staff, still-on-staff, unit-not-in-force. Announces StaffRegistered. Source: B5, L3.
    """
    at = at or clock.now()
    _check_in_force(unit, at)
    _lock(person)
    if person.kind != PersonKind.STAFF:
        raise Refusal(_("Khách và người liên hệ không có trong danh sách cán bộ, nhân viên."), code="not-staff")
    if person.memberships.not_over(at).exists():
        raise Refusal(_("Người này đang có tên trong danh sách của một đơn vị."), code="still-on-staff")
    keep(StaffMembership(person=person, unit=unit, starts_at=at))
    _forget_home(person)
    if account := Account.objects.filter(person=person).first():
        reopen_account(account, by=by, reason=_("Tiếp nhận lại"))
    facts = {"unit": str(unit.key), "at": at.isoformat(), "decision": decision}
    audit.record("organisation.take_back", by=by, of=person, unit=unit.key, facts=facts)
    news.announce(StaffRegistered(person=str(person.key), unit=str(unit.key), at=at.isoformat()))
    return person


@transaction.atomic
def close_accounts_of_leavers(*, by: Actor, at: datetime | None = None) -> int:
    """Close the accounts of all whose service has ended by `at` (now) and who are on no list; return how many. S-13."""
    at = at or clock.now()
    ever = StaffMembership.objects.filter(person=OuterRef("pk"))
    left = Person.objects.staff().filter(Exists(ever), ~Exists(ever.not_over(at)), account__is_active=True)
    gone = list(left.select_for_update(of=("self",), skip_locked=True))
    for person in gone:
        _close_account(person, by=by)
    return len(gone)


@transaction.atomic
def state_home_working(person: Person, *, by: Actor, at: datetime | None = None, **means: Any) -> HomeWorkingMeans:
    """Keep what there is at home to work with: has_computer, has_phone, has_internet (None: unknown), note. C9."""
    stated, _made = HomeWorkingMeans.objects.select_for_update().get_or_create(
        person=person, defaults={"stated_at": at or clock.now()}
    )
    for name in ("has_computer", "has_phone", "has_internet", "note"):
        setattr(stated, name, means.get(name, getattr(stated, name)))
    stated.stated_at = at or clock.now()
    keep(stated)
    audit.record("organisation.state_home_working", by=by, of=stated, facts=plain(means))
    return stated


def _lock(person: Person) -> None:
    """Let one verb after the other say where a person serves."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _end_everything(person: Person, *, by: Actor, at: datetime) -> None:
    """End memberships, posts and delegations received that run at `at`.

    Seats in standing bodies stay on the paper of the decision; they give no right any more (`queries.build_actor`).
    """
    for post in Post.objects.in_force(at).filter(person=person):
        end_post(post, by=by, at=at)
    with judged(StaffMembership):
        StaffMembership.objects.in_force(at).filter(person=person).update(ends_at=at)
    person.delegations.in_force(at).filter(starts_at__lt=at).update(ends_at=at)


def _call_off(person: Person, *, after: datetime) -> dict[str, int]:
    """Take back what was to begin later than `after`: posts, delegations given and received, memberships; how many."""
    delegations = Delegation.objects.filter(Q(person=person) | Q(post__person=person), starts_at__gt=after)
    posts = Post.objects.filter(person=person, starts_at__gt=after)
    for post in posts.select_related("unit"):
        key, unit = str(post.key), str(post.unit.key)
        news.announce(PostEnded(post=key, person=str(person.key), unit=unit, role=post.role))
    memberships = StaffMembership.objects.filter(person=person, starts_at__gt=after)
    plans = {"delegations": delegations, "posts": posts, "memberships": memberships}
    return {name: plan.delete()[0] for name, plan in plans.items()}


def _close_account(person: Person, *, by: Actor) -> None:
    """Close the door for somebody who has left: no sign-in, every device out."""
    if account := Account.objects.filter(person=person, is_active=True).first():
        suspend_account(account, by=by, reason=_("Thôi việc"))


def _main_membership(person: Person, at: datetime) -> StaffMembership:
    running = StaffMembership.objects.in_force(at).filter(person=person, main=True)
    membership = running.select_related("unit").select_for_update(of=("self",)).first()
    if membership is None:
        raise Refusal(_("Người này không có trong danh sách cán bộ, nhân viên vào thời điểm đó."), code="not-on-staff")
    return membership


def _check_in_force(unit: Unit, at: datetime) -> None:
    if not unit.exists_on(clock.today(at)):
        raise Refusal(_("Đơn vị không tồn tại vào ngày này."), code="unit-not-in-force", field="unit")


def _check_names(facts: dict[str, Any]) -> None:
    if unknown := set(facts) - EDITABLE:
        raise ValueError(f"not a field of the register: {sorted(unknown)}")


def _read_phones(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with telephone numbers in their kept form; the refusal names the field."""
    read = dict(facts)
    for field in PHONES:
        if read.get(field):
            try:
                read[field] = parse_phone(read[field])
            except Refusal as refusal:
                refusal.field = field
                raise
    return read


def _forget_home(person: Person) -> None:
    person.__dict__.pop("home_unit", None)

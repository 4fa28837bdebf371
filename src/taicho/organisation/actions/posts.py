"""Give and end posts, delegate and revoke (B3, TUQ.)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from taicho.kernel import audit, clock, news
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.kernel.saving import judged, keep
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Delegation, Person, Post, Unit
from taicho.organisation.news import DelegationGiven, DelegationRevoked, PostEnded, PostTaken


@transaction.atomic
def appoint(
    person: Person,
    *,
    by: Actor,
    unit: Unit,
    role: str,
    title: str = "",
    at: datetime | None = None,
    until: datetime | None = None,
    accountable_head: bool = False,
    portfolio: str = "",
    decision: str = "",
) -> Post:
    """Give `person` a post in `unit` from `at` (now), open-ended or until an instant.

    Refused: own-appointment (nobody gives rights to oneself), unit-not-in-force, not-staff, a second accountable head,
    the same post twice, an administrator without an end. Announces PostTaken. Source: B3.
    """
    at = at or clock.now()
    if by.person == person.key:
        raise NotPermitted(
            _("Không ai tự giao chức vụ cho mình. Hãy đề nghị người quản trị khác."), code="own-appointment"
        )
    if not unit.exists_on(clock.today(at)):
        raise Refusal(_("Đơn vị không tồn tại vào ngày này."), code="unit-not-in-force", field="unit")
    if not person.memberships.not_over(at).exists():
        raise Refusal(
            _("Chỉ giao chức vụ cho người có trong danh sách cán bộ, nhân viên."), code="not-staff", field="person"
        )
    post = keep(
        Post(
            person=person,
            unit=unit,
            role=role,
            title=title or str(PostRole(role).label),
            starts_at=at,
            ends_at=until,
            accountable_head=accountable_head,
            portfolio=portfolio,
            decision=decision,
        )
    )
    facts = {"person": str(person.key), "role": role, "at": at.isoformat(), "head": accountable_head}
    audit.record("organisation.appoint", by=by, of=post, unit=unit.key, facts=facts)
    news.announce(PostTaken(post=str(post.key), person=str(person.key), unit=str(unit.key), role=role))
    return post


@transaction.atomic
def end_post(post: Post, *, by: Actor, at: datetime | None = None) -> Post:
    """End a post at `at` (now), with the delegations that hang on it.

    Refused: not-begun, not-running. Announces PostEnded.
    """
    at = at or clock.now()
    post = Post.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=post.pk)
    if at < post.starts_at:
        raise Refusal(_("Chức vụ này chưa có hiệu lực vào thời điểm đó."), code="not-begun")
    if not post.holds_at(at):
        raise Refusal(_("Chức vụ này không còn hiệu lực vào thời điểm đó."), code="not-running")
    with judged(Post, Delegation):
        close(post, at)
    audit.record("organisation.end_post", by=by, of=post, unit=post.unit.key, facts={"at": at.isoformat()})
    news.announce(PostEnded(post=str(post.key), person=str(post.person.key), unit=str(post.unit.key), role=post.role))
    return post


def close(post: Post, at: datetime) -> None:
    """Set the end of a post and of the delegations that hang on it, inside the caller's transaction."""
    Delegation.objects.in_force(at).filter(post=post).update(ends_at=Greatest(F("starts_at"), at))
    post.ends_at = at
    post.save(update_fields=["ends_at"])


@transaction.atomic
def delegate(
    post: Post, *, by: Actor, to: Person, matters: str, document: str, until: datetime, at: datetime | None = None
) -> Delegation:
    """Let `to` act for the holder of `post`, in writing, for some matters and a limited time (TUQ.).

    Refused: not-the-holder (so no sub-delegation), to-oneself, post-not-running, longer-than-post, not-delegable,
    outside-agency. Announces DelegationGiven. Source: NĐ 30/2020, Điều 13.
    """
    at = at or clock.now()
    _check_delegation(post, by=by, to=to, at=at, until=until)
    given = keep(Delegation(post=post, person=to, matters=matters, document=document, starts_at=at, ends_at=until))
    facts = {"post": str(post.key), "to": str(to.key), "at": at.isoformat(), "until": until.isoformat()}
    audit.record("organisation.delegate", by=by, of=given, unit=post.unit.key, facts=facts)
    news.announce(DelegationGiven(delegation=str(given.key), person=str(to.key)))
    return given


@transaction.atomic
def revoke(delegation: Delegation, *, by: Actor, at: datetime | None = None) -> Delegation:
    """End a delegation at `at` (now), before its time. Refused: not-running. Announces DelegationRevoked."""
    at = at or clock.now()
    running = Delegation.objects.select_for_update(of=("self",)).select_related("post__unit", "person")
    delegation = running.get(pk=delegation.pk)
    if not delegation.holds_at(at) and delegation.starts_at <= at:
        raise Refusal(_("Ủy quyền này đã hết hiệu lực."), code="not-running")
    if delegation.starts_at >= at:
        raise Refusal(_("Ủy quyền này chưa có hiệu lực."), code="not-begun")
    delegation.ends_at = at
    keep(delegation)
    audit.record(
        "organisation.revoke", by=by, of=delegation, unit=delegation.post.unit.key, facts={"at": at.isoformat()}
    )
    news.announce(DelegationRevoked(delegation=str(delegation.key), person=str(delegation.person.key)))
    return delegation


def _check_delegation(post: Post, *, by: Actor, to: Person, at: datetime, until: datetime) -> None:
    if by.person != post.person.key:
        raise NotPermitted(
            _("Chỉ người đang giữ chức vụ được ủy quyền; người được ủy quyền không ủy quyền tiếp."),
            code="not-the-holder",
        )
    if to.pk == post.person_id:
        raise Refusal(_("Không thể ủy quyền cho chính mình."), code="to-oneself", field="to")
    if post.role == PostRole.ADMINISTRATOR:
        raise Refusal(_("Quyền quản trị không ủy quyền được. Hãy giao quyền có thời hạn."), code="not-delegable")
    if not post.holds_at(at):
        raise Refusal(_("Chức vụ này không còn hiệu lực vào thời điểm đó."), code="post-not-running")
    if post.ends_at and until > post.ends_at:
        raise Refusal(_("Ủy quyền không được kéo dài hơn chức vụ."), code="longer-than-post", field="until")
    same_agency = to.memberships.in_force(at).filter(unit__agency_path=post.unit.agency_path)
    if not same_agency.exists():
        raise Refusal(_("Chỉ ủy quyền cho người cùng cơ quan."), code="outside-agency", field="to")

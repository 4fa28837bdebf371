"""Who did what when: each step at the door is one row of the trail, one event for its person, one piece of news. # L4"""

from uuid import uuid4

import pytest
from django.test import Client

from taicho.accounts import requirements
from taicho.accounts.actions import accounts, grants, slips
from taicho.accounts.enums import SecurityEventKind
from taicho.accounts.models import Account, SecurityEvent
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Refusal
from tests.accounts.conftest import OFFICE, PASSWORD
from tests.accounts.factors import add_app, allauth_commits

OFFICER = Actor(person=uuid4(), root=uuid4(), unit=uuid4())


def suspend(account):
    accounts.suspend_account(account, by=OFFICER, reason="Chuyển công tác")


def resume(account):
    accounts.resume_account(account, by=OFFICER, reason="Về lại cơ quan")


def issue(account):
    return slips.issue_slip(account, by=OFFICER).slip


def revoke(account):
    slips.revoke_slip(slips.issue_slip(account, by=OFFICE).slip, by=OFFICER, reason="Giao nhầm")


def give(account):
    return grants.grant_administrator(account, by=OFFICER, reason="Sao lưu")


def end(account):
    grants.end_grant(grants.grant_administrator(account, by=OFFICE, reason="x"), by=OFFICER, reason="Xong việc")


VERBS = {
    "suspend": (suspend, "suspended", "accounts.account", "AccountSuspended"),
    "resume": (resume, "resumed", "accounts.account", ""),
    "issue a slip": (issue, "slip_issued", "accounts.entryslip", ""),
    "issue a link": (lambda a: slips.issue_link(a, by=OFFICER), "slip_issued", "accounts.entryslip", ""),
    "revoke a slip": (revoke, "slip_revoked", "accounts.entryslip", ""),
    "grant": (give, "grant_started", "accounts.administratorgrant", "AdministratorGranted"),
    "end a grant": (end, "grant_ended", "accounts.administratorgrant", ""),
}


@pytest.mark.parametrize(("verb", "kind", "of", "news"), VERBS.values(), ids=VERBS)
def test_each_verb_writes_one_row_in_the_name_of_who_acted(an, verb, kind, of, news):
    verb(an)
    row = AuditEntry.objects.get(actor=OFFICER.person)
    assert (row.verb, row.object_kind) == (f"accounts.{kind}", of)
    assert (row.chain, row.unit) == (OFFICER.root, OFFICER.unit)


@pytest.mark.parametrize(("verb", "kind", "of", "news"), VERBS.values(), ids=VERBS)
def test_each_verb_is_told_to_the_person_it_concerns(an, verb, kind, of, news):
    verb(an)
    event = SecurityEvent.objects.filter(account=an, kind=kind).latest("pk")
    assert event.kind in SecurityEventKind.values
    assert event.get_kind_display() != event.kind, "in words"


@pytest.mark.parametrize(("verb", "kind", "of", "news"), VERBS.values(), ids=VERBS)
def test_what_higher_areas_must_know_is_announced_and_nothing_else(an, verb, kind, of, news):
    NewsItem.objects.all().delete()
    verb(an)
    told = [item.kind.rsplit(".", 1)[-1] for item in NewsItem.objects.all()]
    if kind == "grant_ended":
        told = told[1:]  # the news of the grant itself
    assert told == ([news] if news else [])


REFUSED = {
    "a second name": lambda an: accounts.open_account("an.nv", by=OFFICER),
    "a bad name": lambda an: accounts.open_account("an nv", by=OFFICER),
    "a grant without reason": lambda an: grants.grant_administrator(an, by=OFFICER, reason=""),
    "an endless reason of a suspension": lambda an: accounts.suspend_account(an, by=OFFICER, reason="x" * 301),
    "an endless reason of a return": lambda an: accounts.resume_account(an, by=OFFICER, reason="x" * 301),
    "an endless reason of a revocation": lambda an: slips.revoke_slip(
        slips.issue_slip(an, by=OFFICE).slip, by=OFFICER, reason="x" * 301
    ),
}


@pytest.mark.parametrize("verb", REFUSED.values(), ids=REFUSED)
def test_what_is_refused_leaves_no_trace_and_changes_nothing(an, verb):
    with pytest.raises(Refusal) as refused:
        verb(an)
    assert refused.value.sentence.endswith(".")
    assert not AuditEntry.objects.filter(actor=OFFICER.person).exists()
    an.refresh_from_db()
    assert (an.is_active, Account.objects.count()) == (True, 1)


def test_a_suspension_ends_every_session_in_the_name_of_who_suspended(an, sign_in):
    for _ in range(2):
        sign_in(using=Client())
    suspend(an)
    rows = AuditEntry.objects.filter(actor=OFFICER.person).order_by("pk").values_list("verb", flat=True)
    assert list(rows) == ["accounts.session_revoked", "accounts.session_revoked", "accounts.suspended"]


STEPS = [
    ("signed_in", lambda client: None),
    ("confirmed", lambda client: client.post("/xac-nhan", {"password": PASSWORD})),
    ("signed_out", lambda client: client.post("/dang-xuat")),
    ("factor_added", add_app),
    (
        "password_changed",
        lambda client: client.post("/tai-khoan/mat-khau", {
            "oldpassword": PASSWORD, "password1": "hoa sen xanh lá chuối", "password2": "hoa sen xanh lá chuối"}),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "step"), STEPS, ids=[kind for kind, _ in STEPS])
def test_each_step_of_the_person_is_in_the_persons_own_name(client, an, sign_in, kind, step):
    me = Actor(person=uuid4(), root=uuid4())
    requirements.register_actor_source(lambda account: me if account == an else None)
    sign_in()
    step(client)
    row = AuditEntry.objects.filter(verb=f"accounts.{kind}").latest("pk")
    assert (row.actor, row.chain, row.machine) == (me.person, me.root, "")


def test_a_step_before_anybody_is_known_is_in_the_name_of_the_door(client, an, sign_in):
    sign_in("khong.ai", "sai mật khẩu rồi")
    row = AuditEntry.objects.get(verb="accounts.sign_in_failed")
    assert (row.actor, row.machine) == (None, "accounts.door")


def test_the_first_source_that_knows_the_person_counts(an):
    first, second = Actor(person=uuid4()), Actor(person=uuid4())
    for source in (lambda account: None, lambda account: first, lambda account: second):
        requirements.register_actor_source(source)
    assert requirements.actor_of(an) == first
    assert requirements.actor_of(None).machine == "accounts.door"


def test_a_source_or_a_rule_told_twice_is_asked_once(an):
    asked = []
    for _ in range(2):
        requirements.register_actor_source(lambda account: asked.append(account))
    source = lambda account: asked.append("rule")  # noqa: E731
    requirements.register_second_factor_rule(source)
    requirements.register_second_factor_rule(source)
    requirements.second_factor_reason(an)
    assert asked == ["rule"]


def test_the_first_reason_is_the_one_the_person_reads(an):
    requirements.register_second_factor_rule(lambda account: None)
    requirements.register_second_factor_rule(lambda account: "Văn phòng cần.")
    requirements.register_second_factor_rule(lambda account: "Lãnh đạo cần.")
    assert requirements.second_factor_reason(an) == "Văn phòng cần."


def test_the_trail_holds_no_name_no_address_and_no_reason(client, an, sign_in):
    sign_in(HTTP_USER_AGENT="Firefox/130 Linux", REMOTE_ADDR="203.0.113.7")
    with allauth_commits():
        suspend(an)
    rows = str(list(AuditEntry.objects.values()))
    for secret in ("an.nv", "203.0.113.7", "Firefox", "Chuyển công tác", PASSWORD):
        assert secret not in rows


def test_times_at_the_door_are_true_in_a_drill_too(an, settings):
    from datetime import timedelta

    from taicho.kernel.models import DrillClock

    settings.TAICHO_DRILL = True
    DrillClock.objects.create(offset=timedelta(days=-2000), set_at=clock.real_now())
    suspend(an)
    assert clock.real_now() - SecurityEvent.objects.latest("pk").happened_at < timedelta(minutes=1)

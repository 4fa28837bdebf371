"""Furnish the database of an installation for the browser tests, and say how to enter it (run as a program).

    python -m tests.journeys.stage full     the example of 2021, loaded by `taicho demo`'s own loader, and what hangs on it
    python -m tests.journeys.stage fresh    a new installation: one top unit, two people, every other list empty

The last line of the output is JSON: the session cookie of every role, and addresses that no page links to.
"""

import json
import re
import sys
import time
from datetime import UTC, date, datetime, timedelta

CLIENT_DATA = b'{"type": "webauthn.create", "challenge": "", "origin": "http://127.0.0.1"}'
PASSWORD = "sông Lam chảy ra biển lớn"


def prepare_full():
    """The example, then what only use brings: a delegation, a second factor, a list that was read, links that wait."""
    from django.urls import reverse

    from taicho.accounts.actions.first_start import invite_first_administrator
    from taicho.cli.demo import prepare
    from taicho.kernel.actor import system
    from taicho.organisation.models import Person
    from tests.journeys.illness import fall_ill
    from tests.journeys.morning import man_the_gate, work_and_days

    prepare("2021")
    first = invite_first_administrator(by=system("stage"), reason="stage")
    people = Person.objects.filter(account__is_demo=True).select_related("account").order_by("account__pk")
    entries = {person.account.name: session_of(person.account) for person in people}
    entries["first-administrator"] = session_of(first.account)
    delegate_a_post()
    stand_a_body_down()
    read_two_papers()
    fall_ill()
    at_the_gate, more = man_the_gate()
    return {
        "entries": entries | people_at_the_door(),
        "addresses": [
            *addresses_nobody_links_to(),
            give_in_a_list(entries["quan-tri"]),
            let_somebody_leave(),
            *at_the_gate,
            *work_and_days(),
        ],
        "more": more,
        "only": {"half-way": reverse("mfa_authenticate"), "slip": reverse("accounts-first-password")},
        "password": PASSWORD,
    }


def prepare_story():
    """The example as `taicho demo` loads it, and a session for each of its roles; nothing has happened yet."""
    from taicho.cli.demo import prepare
    from taicho.organisation.models import Person

    prepare("2021")
    people = Person.objects.filter(account__is_demo=True).select_related("account")
    return {"entries": {person.account.name: session_of(person.account) for person in people}}


def prepare_fresh():
    """One unit, its administrator and one person; nobody has done anything yet."""
    from taicho.kernel.actor import system
    from taicho.organisation.actions.posts import appoint
    from taicho.organisation.actions.units import create_unit
    from taicho.organisation.enums import PostRole, UnitKind

    by, start = system("fresh"), datetime(2021, 1, 4, tzinfo=UTC)
    unit = create_unit(
        by=by, parent=None, kind=UnitKind.AGENCY, name="Sở Khoa học và Công nghệ", valid_from=start.date()
    )
    entries = {}
    for role, name in ((PostRole.ADMINISTRATOR, "Đinh Công Hậu"), (PostRole.OFFICE, "Vũ Hải Yến"), (None, "Lê An")):
        person = staff(name, unit, by=by, at=start, demo=True)
        if role is not None:
            a_year = datetime.now(UTC) + timedelta(days=365)
            until = a_year if role == PostRole.ADMINISTRATOR else None
            appoint(person, by=by, unit=unit, role=role, title=str(role.label), at=start, until=until)
        entries[role.value if role else "staff"] = session_of(person.account)
    return {"entries": entries, "addresses": [], "only": {}, "password": PASSWORD}


def staff(name, unit, *, by, at, demo):
    """A member of staff with an account."""
    from taicho.accounts.actions.accounts import open_account
    from taicho.kernel.vietnamese import fold
    from taicho.organisation.actions.staff import register_staff

    person = register_staff(by=by, unit=unit, full_name=name, at=at)
    person.account = open_account(fold(name).replace(" ", "-"), by=by, is_demo=demo)
    person.save(update_fields=["account"])
    return person


def read_two_papers():
    """The clerk has entered a letter, and a plan waits beside its original."""
    from hashlib import sha256

    from taicho.directives.actions.registering import prepare_reading, register_read
    from taicho.directives.rules.reading import read_structure
    from taicho.directives.rules.reading.facts import facts_of
    from taicho.kernel.actor import system
    from taicho.kernel.intake import Accepted, Kind
    from taicho.organisation.models import Post, Unit
    from tests.directives.letters import LETTER, PLAN

    by = system("stage")
    post = Post.objects.filter(person__account__name="van-thu").select_related("unit").first()
    agency = Unit.objects.get(path=post.unit.agency_path)
    letter, _plan = (
        prepare_reading(
            Accepted(name, Kind.TXT, text.encode(), sha256(text.encode()).hexdigest(), text), by=by, agency=agency
        )
        for name, text in (("cong-van.txt", LETTER), ("ke-hoach.txt", PLAN))
    )
    register_read(letter, by=by, facts=facts_of(read_structure(LETTER)))


def delegate_a_post():
    """The head of the agency lets a deputy act, so that there is something to revoke."""
    from taicho.kernel import clock
    from taicho.organisation.actions.posts import delegate
    from taicho.organisation.models import Person, Post
    from taicho.organisation.queries.build_actor import build_actor

    now = clock.now()
    holder = Person.objects.get(account__name="lanh-dao")
    post = Post.objects.in_force(now).get(person=holder)
    deputy = Post.objects.in_force(now).filter(unit=post.unit, role=post.role).exclude(pk=post.pk).first()
    delegate(
        post, by=build_actor(holder.account), to=deputy.person, matters="Ký báo cáo nhanh trong ngày",
        document="Giấy ủy quyền số 02/GUQ-BDT", until=now + timedelta(days=9),
    )  # fmt: skip


def people_at_the_door():
    """Sessions that stand on every step of the door: with all factors, with a password only, half way in, with a slip."""
    from taicho.accounts.models import Account
    from taicho.kernel.actor import system
    from taicho.organisation.models import Unit

    by, unit = system("stage"), Unit.objects.get(name="Văn phòng", agency_path__isnull=False, short_name="")
    start = datetime.combine(date(2021, 1, 4), datetime.min.time(), tzinfo=UTC)
    names = {"keyholder": "Tô Thị Khóa", "newcomer": "La Văn Mới", "half-way": "Hồ Nửa Đường", "slip": "Cao Thị Phiếu"}
    accounts = {key: staff(name, unit, by=by, at=start, demo=False).account for key, name in names.items()}
    for key in ("keyholder", "newcomer", "half-way"):
        accounts[key].set_password(PASSWORD)
        accounts[key].save()
    for key in ("keyholder", "half-way"):
        give_second_factor(accounts[key])
    return {
        "keyholder": session_of(Account.objects.get(pk=accounts["keyholder"].pk)),
        "newcomer": session_of(Account.objects.get(pk=accounts["newcomer"].pk)),
        "half-way": session_after("/dang-nhap", login=accounts["half-way"].name, password=PASSWORD),
        "slip": session_after("/phieu-vao", code=slip_for(accounts["slip"])),
    }


def give_second_factor(account):
    """An app, its backup codes and a passkey, as their pages would have kept them."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)
    passkey = {"name": "Khóa của tôi", "credential": passkey_of_nobody()}
    Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data=passkey)


def passkey_of_nobody():
    """What a browser hands over when a passkey is made, as far as pages read it; no device has its other half."""
    from fido2.cose import ES256
    from fido2.utils import websafe_encode
    from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

    key = ES256({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})
    own = AttestedCredentialData.create(Aaguid.NONE, b"a passkey of nobody", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    seal = AttestationObject.create("none", AuthenticatorData.create(bytes(32), flags, 0, own), {})
    told = {"clientDataJSON": websafe_encode(CLIENT_DATA), "attestationObject": websafe_encode(bytes(seal))}
    name = websafe_encode(own.credential_id)
    return {"id": name, "rawId": name, "type": "public-key", "response": told, "clientExtensionResults": {}}


def slip_for(account):
    """The code of a fresh slip."""
    from taicho.accounts.actions.slips import issue_slip
    from taicho.kernel.actor import system

    return issue_slip(account, by=system("stage")).code


def stand_a_body_down():
    """One standing body rests, so that it can be activated again."""
    from taicho.kernel.actor import system
    from taicho.organisation.actions.standing_bodies import stand_down_body
    from taicho.organisation.models import StandingBody

    stand_down_body(StandingBody.objects.order_by("pk").last(), by=system("stage"), document="Thông báo 15/TB-BDT")


def let_somebody_leave():
    """One person has left the service, so that somebody can be taken back."""
    from django.urls import reverse

    from taicho.kernel.actor import system
    from taicho.organisation.actions.staff import end_service, register_staff
    from taicho.organisation.models import Unit

    by, unit = system("stage"), Unit.objects.get(name="Văn phòng", agency_path__isnull=False, short_name="")
    person = register_staff(by=by, unit=unit, full_name="Kha Thị Nghỉ", at=datetime(2021, 1, 4, tzinfo=UTC))
    end_service(person, by=by, reason="Nghỉ hưu")
    return reverse("organisation:take-back", args=[person.key])


def give_in_a_list(cookie):
    """A small staff list, read and waiting for its confirmation: right rows, a wrong one, a department nobody knows."""
    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.urls import reverse

    rows = [
        "STT;Họ và tên;Năm sinh;Phòng;Điện thoại",
        "1;Lưu Thị Mười;1988;Văn phòng;0912.345.678",
        "2;Trần Văn Sai;39/13/1990;Văn phòng;12",
        "3;Phan Lạ;1990;Phòng Không Có;0912345679",
    ]
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    file = SimpleUploadedFile("danh-sach.csv", "\n".join(rows).encode("utf-8-sig"), "text/csv")
    page = client.get(reverse("organisation:staff-imports"))
    answer = client.post(reverse("organisation:staff-imports"), {"file": file, "agency": first_choice(page)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def first_choice(page):
    """The agency the page proposes, or the first it offers."""
    field = re.search(r'name="agency".*?</(?:select|fieldset|div)>', page.content.decode(), re.DOTALL).group(0)
    return re.findall(r'value="([^"]+)"', field)[0]


def addresses_nobody_links_to():
    """The page behind a one-time link, a page of the builders' specimens."""
    from taicho.accounts.actions.slips import issue_link
    from taicho.accounts.models import Account
    from taicho.kernel.actor import system

    link = issue_link(Account.objects.get(name="nhan-vien"), by=system("stage"))
    return [f"/vao/{link.code}", "/components/wide"]


def session_of(account):
    """The cookie of somebody who has just proven both factors."""
    from allauth.account.internal.flows import login
    from django.conf import settings
    from django.test import Client

    client, now = Client(), time.time()
    client.force_login(account)
    session = client.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": now, "reauthenticated": True},
        {"method": "mfa", "type": "totp", "at": now, "reauthenticated": True},
    ]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(account.pk)
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def session_after(address, **answers):
    """The cookie of somebody who has sent one form of the door and stands before the next."""
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    answer = client.post(address, answers)
    assert answer.status_code == 302, answer.content.decode()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def main(which):
    """Furnish the database named by the environment and print the way in."""
    import django

    django.setup()
    print(json.dumps({"full": prepare_full, "fresh": prepare_fresh, "story": prepare_story}[which]()))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])

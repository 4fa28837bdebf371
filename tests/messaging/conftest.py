"""Messages in the invented hierarchy of tests/organisation, with a mail server that keeps what it is given."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection

from taicho.kernel.actor import system
from taicho.messaging.actions.outside import deliver_due
from taicho.messaging.actions.sending import send
from taicho.messaging.enums import Level
from taicho.messaging.kinds import KINDS, MessageKind
from taicho.messaging.models import Receipt
from tests.organisation.conftest import _keys, _now, enter, land, people, plain_door  # noqa: F401 - fixtures
from tests.organisation.conftest import committed as _organisation_committed  # noqa: F401

LETTER = UUID("11111111-2222-4333-8444-555555555555")


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """One kind of each level, of an invented area, beside those of the house."""
    made = {level: MessageKind(f"trial.{level.value}", level.label, level) for level in Level}
    monkeypatch.setattr("taicho.messaging.kinds.KINDS", KINDS | {kind.key: kind for kind in made.values()})
    for sender in ("outside", "resending"):
        monkeypatch.setattr(
            f"taicho.messaging.actions.{sender}.KINDS", KINDS | {kind.key: kind for kind in made.values()}
        )
    return made


@pytest.fixture
def committed(_organisation_committed):
    """The database with real commits; messages, which hang on people, and their jobs are emptied with them afterwards."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE messaging_message, procrastinate_jobs CASCADE")


@pytest.fixture
def mail_server(settings):
    """The administrator has named a mail server; Django keeps the letters instead of sending them."""
    settings.TAICHO_MAIL = True
    settings.TAICHO_ADDRESS = "https://taicho.example.vn"
    settings.TAICHO_DRILL = False
    return mail.outbox


@pytest.fixture
def staff(people):
    """Two colleagues with an e-mail address, one without."""
    for person, address in ((people.staff, "lan@example.vn"), (people.head, "quan@example.vn")):
        person.email = address
        person.save()
    return SimpleNamespace(lan=people.staff, quan=people.head, dat=people.guard)


@pytest.fixture
def tell(staff):
    """Send a message about one letter; facts that a test does not name are the same for all."""

    def send_it(
        to=None, *, kind="trial.work", once="letter", title="Xác nhận Công văn 58/VP-HC-QT", link="/van-ban/58"
    ):
        return send(
            kind, to=to if to is not None else [staff.lan], title=title, link=link, about=LETTER, once=once,
            by=system("trial"),
        )  # fmt: skip

    return send_it


def receipt_of(person, message=None):
    """The person's receipt of the message, or the only one there is."""
    found = Receipt.objects.select_related("person", "message").filter(person=person)
    return found.get(message=message) if message else found.get()


def letters_sent():
    """What the worker sends now."""
    before = len(mail.outbox)
    deliver_due()
    return mail.outbox[before:]

"""Incoming documents in few words, on invented paper."""

from datetime import date
from hashlib import sha256

from taicho.documents.actions.registering import register_incoming
from taicho.kernel.intake import Accepted, Kind
from tests.organisation.land import SETUP

FACTS = {
    "number": "215", "symbol": "UBND-VP", "kind": "letter", "issuer": "UBND thành phố Đông Giang",
    "place": "Đông Giang", "issued_on": date(2026, 11, 16), "subject": "tăng cường phòng, chống dịch tại công sở",
    "addressees": ["Các sở, ban, ngành", "UBND các phường"],
}  # fmt: skip


def entered(agency, *, by=SETUP, files=(), knowingly=False, **facts):
    """A letter of an invented city in the register of `agency`; any fact may be another."""
    return register_incoming(by=by, agency=agency, facts=FACTS | facts, files=files, knowingly=knowingly)


def paper(data=b"Noi dung", name="cv.txt", kind=Kind.TXT):
    """A file as intake hands it over."""
    return Accepted(name, kind, data, sha256(data).hexdigest(), data.decode("utf-8", "replace"))

"""Print what every route answers today, for rows that the reviewed table lacks. A person reviews them before they go in.

Usage: python -m pytest -q -p no:cacheprovider tools/propose_rights.py -s   (prints CSV lines; add -p no:logging)
"""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse
from tests.house.authorisation import read_table, routes
from tests.house.test_authorisation import answer, clients, world  # noqa: F401
from tests.house.things import THINGS
from tests.house.world import PLACES, ROLES


@pytest.mark.django_db
def test_propose(world, clients):  # noqa: F811
    known = {(row.route, row.method) for row in read_table()}
    for name, view in sorted(routes().items()):
        declared = getattr(view, "page", None)
        methods = [m for m in ("GET", "POST") if declared is None or declared.policy_for(m)]
        for method in methods:
            if (name, method) not in known:
                print(line(name, method, world, clients))  # noqa: T201


A_KEY, A_DAY, A_TOKEN = "00000000-0000-4000-8000-000000000000", "2026-11-20", "A" * 32
PREFIXES = {
    "nguoi/": "person", "don-vi/": "unit", "chuc-vu/": "post", "uy-quyen/": "delegation", "to-chuc/": "body",
    "co-quan-ngoai/": "authority", "dia-diem/": "site", "cong/": "gate", "phong/": "room",
    "vao/": "link", "components/": "specimen", "tai-khoan/khoa/": "passkey", "nhap-can-bo/": "staff_import",
    "van-ban-den/tep/": "document_file", "van-ban-den/vao-so/": "pending_reading", "van-ban-den/muc/": "clause", "van-ban-den/": "document",
    "bien-phap/": "measure", f"bien-phap/{A_KEY}/nguoi": "always_on", "tin/": "receipt", "viec/": "duty",
    "khai-bao/cho/": "person", "khai-bao/": "declaration", "y-te/nguoi/": "person", "y-te/han-che/": "restriction",
    "y-te/canh-bao/": "health_alert", f"phong-toi/{A_DAY}": "day", f"phong-toi/{A_DAY}/": "unit_day",
    "cong/the/": "gate_pass", "cong/xin-y-kien/": "gate_request", "cong/thiet-bi/": "gate_device",
    f"cong/{A_TOKEN}": "poster", "cong/so-theo-doi/tep.": "book_file",
}  # fmt: skip


def line(name, method, world, clients):  # noqa: F811
    """One CSV line for a route and method, or a remark."""
    thing = ""
    try:
        reverse(name)
    except NoReverseMatch:
        thing = thing_of(name)
    if thing is None:
        return f"# {name},{method}: no thing fits this route"
    cells = [cell(name, method, thing, role, world, clients) for role in ROLES]
    if any("0" in each for each in cells):
        return f"# {name},{method}: not taken"
    return ",".join([name, method, thing, *cells])


def thing_of(name):
    """Which thing a route is about, by its address; None when no thing fits."""
    day = date.fromisoformat(A_DAY)
    tried = (
        {"key": A_KEY}, {"token": "x"}, {"token": A_TOKEN}, {"sheet": "all"}, {"pk": 1}, {"kind": "csv"}, {"day": day},
        {"day": day, "key": A_KEY},
    )  # fmt: skip
    for arguments in tried:
        try:
            address = reverse(name, kwargs=arguments).lstrip("/")
        except NoReverseMatch:
            continue
        fitting = [prefix for prefix in PREFIXES if address.startswith(prefix)]
        return PREFIXES[max(fitting, key=len)] if fitting else None
    return None


def cell(name, method, thing, role, world, clients):  # noqa: F811, PLR0917
    if not thing:
        return answer(clients[role], method, reverse(name))
    return "".join(
        answer(clients[role], method, reverse(name, kwargs=THINGS[thing](world, role, place))) for place in PLACES
    )

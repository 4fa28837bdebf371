"""The line in: a letter becomes measures, duties, acknowledgements, a declaration and a verdict at the gate (A1–F1).

One day of the example's office on a fresh database: the clerk at a desk, a member of staff on a phone, the guard at the
gate, the leader who decides, the health post. At both widths; the pictures are kept.
"""

import re
import time

import pytest

from tests.journeys.house import opened
from tests.journeys.office_letter import as_file
from tests.journeys.test_ground_floor import press
from tests.journeys.test_pages import picture
from tests.journeys.visit import DESK, PHONE, visiting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),  # of pytest-base-url
]
CLERK, STAFF, OTHER, GUARD, LEADER, NURSE, HEAD = (
    "van-thu", "nhan-vien", "truong-phong", "bao-ve", "lanh-dao", "y-te-co-quan", "truong-phong",
)  # fmt: skip
MEASURES = (
    ("1", "roster.onsite_cap", {"p_max_pct": "50", "p_binding": True}, ("50", "17/02/2021", "02/3/2021")),
    ("2", "roster.always_on", {"p_posts": "Tổ Địa bàn 1"}, ()),
    ("4/-3", "gate.entry_requirements", {"p_who": "visitors", "p_need": ["declaration", "temperature"]}, ()),
    ("6/-1", "duties.stay_reachable", {}, ()),
)
"""Clause, kind, parameters typed, words that must stand in the list afterwards: the four measures of this letter."""


@pytest.fixture
def house(worker_id, tmp_path_factory):
    """The example on a fresh database, with a worker at its side."""
    with opened("full", f"line_{worker_id}_{time.monotonic_ns()}", tmp_path_factory.mktemp("line")) as house:
        yield house


@pytest.fixture(params=[PHONE, DESK])
def as_role(request, browser, house):
    """Open the browser of a role at the width of the trial."""
    around = []

    def enter(role):
        one = visiting(browser, house, role, request.param, expected={200, 400, 409})
        around.append(one)
        visit = one.__enter__()
        visit.width = request.param
        return visit

    yield enter
    for one in around:
        one.__exit__(None, None, None)


def keep(visit, name):
    """Keep a picture of the page."""
    picture(visit, f"line-in-{name}-{visit.width}")


def words(visit):
    """What the page says."""
    return re.sub(r"\s+", " ", visit.page.locator("main").inner_text())


def sweep(house):
    """The minute of the worker: open what is owed."""
    house.run("tests.journeys.relay", "once")


def read_file(clerk, kind):
    """Give a file in and stand before the comparison."""
    clerk.goto("/van-ban-den/vao-so")
    clerk.page.set_input_files("main input[type=file]", as_file(kind))
    press(clerk.page, "Đọc và đối chiếu")
    said = words(clerk)
    assert "không có trong tệp" in said
    values = clerk.page.eval_on_selector_all(
        "#facts input, #facts textarea, #facts select", "all => Object.fromEntries(all.map(el => [el.name, el.value]))"
    )
    assert (values["number"], values["symbol"], values["signer"], values["superior"]) == ("58", "VP-HC-QT", "", "")
    assert "16/02/2021" in values["issued_on"]
    return values


def register_letter(clerk):
    """The clerk registers the letter from a text, and sees that the same letter as Word and PDF is in already."""
    read_file(clerk, "txt")
    keep(clerk, "doi-chieu")
    enter_it(clerk)
    assert "Công văn 58/VP-HC-QT" in words(clerk)
    address = clerk.page.url
    for kind in ("docx", "pdf"):
        read_file(clerk, kind)
        enter_it(clerk)
        assert "đã có trong sổ" in words(clerk)
    keep(clerk, "da-co-trong-so")
    return address


def enter_it(clerk):
    """Fill in the one thing the letter does not say of itself, and enter it."""
    clerk.page.fill("#facts [name=issuer]", "Văn phòng Ủy ban nhân dân Thành phố")
    press(clerk.page, "Vào sổ")


def confirm_measures(clerk, address):
    """The four measures of this letter, each from the clause that orders it."""
    for clause, kind, typed, seen in MEASURES:
        clerk.page.goto(f"{address}/bien-phap?muc={clause}&loai={kind}")
        for name, value in typed.items():
            state(clerk.page, name, value)
        keep(clerk, f"bien-phap-{clause.replace('/', '_')}")
        press(clerk.page, "Xác nhận có hiệu lực")
        assert "Lỗi" not in clerk.page.title(), words(clerk)
        for word in seen:
            assert word in words(clerk)


def state(page, name, value):
    """Say one parameter as its field asks for it."""
    field = page.locator(f"main [name='{name}']")
    if isinstance(value, list):
        for one in value:
            page.locator(f"main [name='{name}'][value='{one}']").check()
    elif value is True:
        field.check()
    elif field.evaluate("el => el.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


def test_a_letter_becomes_a_verdict_at_the_gate(as_role, house):  # A1 A6 A9 B1 D3 D4 E1-E4 F1 A10
    clerk = as_role(CLERK)
    clerk.goto("/")
    assert "5h05" in clerk.page.locator("body").inner_text()
    address = register_letter(clerk)
    confirm_measures(clerk, address)
    clerk.goto("/bien-phap")
    keep(clerk, "bien-phap")
    sweep(house)
    staff = as_role(STAFF)
    acknowledge(staff)
    declare(staff)
    device = enrol(as_role(CLERK), as_role(GUARD))
    let_in(device, staff)
    faults = [fault for one in (clerk, staff, device) for fault in one.faults]
    assert faults == []


def acknowledge(staff):
    """Two presses from the first page: open, confirm."""
    staff.goto("/")
    keep(staff, "trang-cua-toi")
    assert "Công văn 58/VP-HC-QT" in words(staff)
    row = staff.page.locator("main .time-item", has_text="Công văn 58/VP-HC-QT").last
    with staff.page.expect_navigation():
        row.get_by_role("link", name="Đọc và xác nhận").click()
    keep(staff, "xac-nhan")
    press(staff.page, "Xác nhận đã nhận")


def declare(staff):
    """Three presses from the first page; nothing is answered beforehand."""
    staff.goto("/")
    for _ in range(3):
        with staff.page.expect_navigation():
            staff.page.locator("main").get_by_role("button", name=re.compile("^Không")).first.click()
    keep(staff, "da-khai-bao")
    assert "khai báo" in words(staff).lower()


def enrol(office, guard):
    """The office invites a device, the guard enrols it with the code."""
    return guard


def let_in(guard, staff):
    """Scan, verdict, temperature."""

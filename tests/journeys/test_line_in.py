"""The line in: a letter becomes measures, duties, acknowledgements, a declaration and a verdict at the gate (A1–F1).

One day of the example's office on a fresh database: the clerk at a desk, a member of staff on a phone, the guard at the
gate, the leader who decides, the health post. At both widths; the pictures are kept.
"""

import re
import time
from contextlib import ExitStack

import psycopg
import pytest

from tests.journeys.house import opened
from tests.journeys.office_letter import as_file
from tests.journeys.test_ground_floor import fill, press
from tests.journeys.test_pages import picture
from tests.journeys.visit import DESK, PHONE, visiting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),  # of pytest-base-url
]
CLERK, STAFF, OTHER, GUARD, LEADER, NURSE, HEAD, OFFICE = (
    "van-thu", "nhan-vien", "ban-chi-dao", "bao-ve", "lanh-dao", "y-te-co-quan", "truong-phong", "van-phong",
)  # fmt: skip
NAMES = {"ban-chi-dao": "Bùi Văn Đạt", "nhan-vien": "Đặng Thị Hồng"}
MEASURES = (
    ("1", "roster.onsite_cap", {"p_max_pct": "50", "p_binding": True}, ("50", "17/02/2021", "02/3/2021")),
    ("2", "roster.always_on", {"p_posts": "Thanh tra Ban"}, ()),
    ("4/-3", "gate.entry_requirements", {"p_who": "visitors", "p_need": ["declaration", "temperature"]}, ()),
    ("6/-1", "duties.stay_reachable", {}, ()),
)
"""Clause, kind, parameters typed, words that must stand in the list afterwards: the four measures of this letter."""


@pytest.fixture
def house(worker_id, tmp_path_factory):
    """The example on a fresh database, with a worker at its side."""
    with opened("story", f"line_{worker_id}_{time.monotonic_ns()}", tmp_path_factory.mktemp("line")) as house:
        yield house


@pytest.fixture(params=[PHONE, DESK])
def as_role(request, browser, house):
    """Open the browser of a role at the width of the trial."""
    open_ones = {}
    today, keys = facts_of(house)
    with ExitStack() as closing:

        def enter(role):
            if role not in open_ones:
                around = visiting(browser, house, role, request.param, expected={200, 400, 409})
                visit = open_ones[role] = closing.enter_context(around)
                visit.width, visit.today = request.param, today
                visit.name, visit.key = NAMES.get(role, ""), keys.get(NAMES.get(role))
            return open_ones[role]

        enter.seen = open_ones.values()
        yield enter


def facts_of(house):
    """The day of the drill, and the keys of people by name."""
    with psycopg.connect(house.database) as connection:
        keys = dict(connection.execute("SELECT full_name, key::text FROM organisation_person WHERE full_name <> ''"))
        asked = "SELECT ((now() + \"offset\") AT TIME ZONE 'Asia/Ho_Chi_Minh')::date::text FROM kernel_drillclock"
        (today,) = connection.execute(f"{asked} ORDER BY id DESC LIMIT 1").fetchone()
    return today, keys


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
    clerk, staff = as_role(CLERK), as_role(STAFF)
    clerk.goto("/")
    assert "5h05" in clerk.page.locator("body").inner_text()
    address = register_letter(clerk)
    confirm_measures(clerk, address)
    count_the_cap(as_role(LEADER))
    sweep(house)
    acknowledge(staff)
    declare(staff)
    guard = enrolled(as_role(OFFICE), as_role(GUARD))
    let_in(guard, code_of(staff))
    undeclared(guard, as_role(HEAD), as_role(LEADER))
    feverish(guard, as_role(OTHER), as_role(NURSE))
    receive(guard, as_role("visitor"), poster(as_role(OFFICE)))
    hold_back(guard, as_role(NURSE), staff)
    assert [fault for one in as_role.seen for fault in one.faults] == []


def count_the_cap(leader):
    """A department of seven: three, or four with the one on post apart. Both stand there until the office decides."""
    leader.goto("/bien-phap")
    keep(leader, "bien-phap")
    leader.goto("/co-cau")
    with leader.page.expect_navigation():
        leader.page.locator("main").get_by_role("link", name="Thanh tra Ban").first.click()
    unit = leader.page.url.rsplit("/", 1)[1]
    leader.goto(f"/phong-toi/{leader.today}/{unit}")
    keep(leader, "tran-7-nguoi")
    assert "7 người" in words(leader) and "→ 3 người tại cơ quan" in words(leader)
    assert "58/VP-HC-QT" in words(leader)
    name_who_is_on_post(leader)
    assert "→ 3 người tại cơ quan, kể cả 1 người thường trực" in words(leader)
    assert "cộng lại 4 người tại cơ quan" in words(leader)
    keep(leader, "hai-cach-tinh")
    press(leader.page, "Quyết định cách tính")
    state(leader.page, "p_always_on", "apart")
    fill(leader.page, reason="Người thường trực phục vụ cả cơ quan")
    press(leader.page, "Quyết định")
    leader.goto(f"/phong-toi/{leader.today}/{unit}")
    assert "cộng lại 4 người tại cơ quan" in words(leader) and "→ 3 người tại cơ quan" not in words(leader)
    keep(leader, "mot-cach-tinh")


def name_who_is_on_post(leader):
    """The letter names the work; the leader names the person."""
    press(leader.page, "Nêu người thường trực")
    press(leader.page, "Nêu người")
    press(leader.page, "Thanh tra Ban")
    leader.page.locator("main [type='checkbox']").first.check()
    press(leader.page, "Lưu người thường trực")
    press(leader.page, "Quay lại")


def acknowledge(staff):
    """Two presses from the first page: open, confirm."""
    staff.goto("/")
    keep(staff, "trang-cua-toi")
    row = staff.page.locator("main .time-item", has_text="Công văn 58/VP-HC-QT")
    with staff.page.expect_navigation():
        row.get_by_role("link", name="Đọc và xác nhận").click()
    keep(staff, "xac-nhan")
    press(staff.page, "Xác nhận đã nhận")


def declare(visit):
    """Three presses from the first page; nothing is answered beforehand."""
    visit.goto("/")
    for number in range(3):
        keep(visit, f"khai-bao-{number}")
        with visit.page.expect_navigation():
            visit.page.locator("main").get_by_role("button", name=re.compile("^Không")).first.click()
    keep(visit, "da-khai-bao")
    assert "Đã" in words(visit)


def enrolled(office, guard):
    """The office invites a device, the guard enrols it with the code."""
    office.goto("/cong/thiet-bi/them")
    office.page.locator("main [name=gate]").select_option(label="Cổng chính")
    fill(office.page, name="Máy tính bảng cổng 1")
    press(office.page, "Cấp mã ghi nhận")
    guard.goto("/cong/ghi-nhan")
    fill(guard.page, code=office.page.locator(".pass-code").inner_text())
    press(guard.page, "Ghi nhận thiết bị này")
    return guard


def code_of(visit):
    """The six letters on the own pass."""
    visit.goto("/the-qr")
    if not visit.page.locator(".pass-code").count():
        press(visit.page, "Lấy thẻ")
    keep(visit, "the-qr")
    return visit.page.locator(".pass-code").inner_text()


def scan(guard, code):
    """Type the code of a pass and read the verdict."""
    guard.goto("/cong")
    keep(guard, "cong-quet")
    guard.page.fill("main [name=code], [name=code]", code)
    with guard.page.expect_navigation():
        guard.page.get_by_role("button", name="Tìm").click()
    return guard.page.locator("h1").inner_text()


def touch(guard, key):
    """Press a key of the verdict."""
    with guard.page.expect_navigation():
        guard.page.get_by_role("button", name=key).or_(guard.page.get_by_role("link", name=key)).first.click()


def pass_checks(guard, celsius="365"):
    """Mask, hands, temperature: what the city's letter asks of everybody."""
    for name in ("mask", "hand_rub"):
        if guard.page.locator(f"[name={name}]").count():
            guard.page.locator(f"[name={name}]").check()
    guard.page.fill("[name=temperature]", celsius)
    touch(guard, "Ghi thân nhiệt, cho vào")


def let_in(guard, code):
    """Scan, verdict, temperature."""
    assert scan(guard, code) == "ĐƯỢC VÀO"
    keep(guard, "cong-duoc-vao")
    pass_checks(guard)
    assert "vào" in guard.page.locator("body").inner_text()


def undeclared(guard, head, leader):
    """No declaration, no work: the clause stands there; the leader decides by name, with a reason."""
    assert scan(guard, code_of(head)) == "CHƯA KHAI BÁO"
    keep(guard, "cong-chua-khai-bao")
    assert "215/UBND-VP" in guard.page.locator("body").inner_text()
    touch(guard, "Hỏi lãnh đạo trực")
    keep(guard, "cong-xin-y-kien")
    asked = guard.page.url
    leader.goto("/")
    keep(leader, "lanh-dao-co-tin")
    with leader.page.expect_navigation():
        leader.page.locator("main .time-item").get_by_role("button", name="Xem").first.click()
    assert leader.page.url == asked
    leader.page.locator("main [name=allowed][value=yes]").check()
    fill(leader.page, reason="Cần người trực tiếp nhận văn bản hỏa tốc")
    press(leader.page, "Ghi quyết định")
    keep(leader, "lanh-dao-quyet-dinh")
    guard.page.goto(asked)
    touch(guard, "Về màn hình cổng")
    assert guard.page.locator("h1").inner_text() == "ĐƯỢC VÀO"
    pass_checks(guard)


def feverish(guard, other, nurse):
    """A high temperature goes to the waiting area and to the health post; the screen says no more."""
    declare(other)
    assert scan(guard, code_of(other)) == "ĐƯỢC VÀO"
    pass_checks(guard, "382")
    assert guard.page.locator("h1").inner_text() == "THÂN NHIỆT CAO"
    keep(guard, "cong-than-nhiet-cao")
    touch(guard, "Đã đưa ra khu chờ")
    nurse.goto("/y-te")
    keep(nurse, "y-te")
    assert other.name in words(nurse)


def poster(office):
    """The address on the poster of the gate."""
    office.goto("/cong/thiet-bi")
    press(office.page, "Trụ sở chính, Cổng chính")
    if not office.page.locator(".poster-address").count():
        with office.page.expect_navigation():
            office.page.get_by_role("button", name="Tạo mã").click()
    return office.page.locator(".poster-address").inner_text().strip()


def receive(guard, visitor, address):
    """A visitor with the five fields of the book, declared on the own phone."""
    visitor.page.goto(address if address.startswith("http") else f"http://{address}")
    keep(visitor, "khach-khai-bao")
    fill(
        visitor.page, full_name="Trần Văn Khách", birth_year="1985", residence="Phường An Hòa",
        employer="Công ty Sông Lam", phone="0912 345 678", host="Văn phòng",
    )  # fmt: skip
    visitor.page.locator("[name=purpose][value=official]").check()
    for question in ("symptoms", "contact", "affected_place"):
        visitor.page.locator(f"[name={question}][value=no]").check()
    press(visitor.page, "Gửi và lấy thẻ vào cổng")
    keep(visitor, "khach-the")
    assert scan(guard, visitor.page.locator(".pass-code").inner_text()) == "ĐƯỢC VÀO"
    keep(guard, "cong-khach")
    pass_checks(guard)
    guard.goto("/cong/so-theo-doi")
    keep(guard, "so-theo-doi")
    assert "Trần Văn Khách" in guard.page.locator("body").inner_text()


def hold_back(guard, nurse, staff):
    """A restriction stops the person at every gate at once, and is lifted with a reason."""
    nurse.goto("/y-te")
    person = staff.key
    nurse.goto(f"/y-te/nguoi/{person}/han-che")
    nurse.page.locator("main [name=kind][value=no_entry]").check()
    fill(nurse.page, reason="Chờ kết quả xét nghiệm")
    nurse.page.locator("main form button.button-solid").click()
    code = code_of(staff)
    assert scan(guard, code).startswith("MỜI VÀO KHU CHỜ")
    keep(guard, "cong-khu-cho")
    said = guard.page.locator("body").inner_text()
    assert "xét nghiệm" not in said
    nurse.goto(f"/y-te/nguoi/{person}")
    keep(nurse, "y-te-nguoi")
    nurse.page.get_by_role("link", name=re.compile("Gỡ")).first.click()
    fill(nurse.page, reason="Kết quả âm tính")
    nurse.page.locator("main form button.button-solid").click()
    nurse.page.wait_for_load_state()
    assert scan(guard, code) != "MỜI VÀO KHU CHỜ – GỌI LÃNH ĐẠO TRỰC"

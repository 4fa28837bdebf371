"""Invented people of an invented department of state, always the same ones for the same seed."""

import datetime
import random
import unicodedata
from dataclasses import dataclass, replace

# Official name → the short name the office uses. A test creates these units before it imports.
DEPARTMENTS = {
    "Lãnh đạo Sở": "LĐ",
    "Văn phòng": "VP",
    "Phòng Tổng hợp": "TH",
    "Phòng Tổ chức cán bộ": "TCCB",
    "Phòng Kế hoạch - Tài chính": "KHTC",
    "Phòng Nghiệp vụ": "NV",
    "Phòng Đào tạo": "ĐT",
    "Thanh tra": "TTr",
    "Phòng Chính sách": "CS",
    "Trung tâm Thông tin": "TTTT",
}
SECTION_SIZES = (5, 35, 20, 18, 22, 30, 20, 12, 18, 20)

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lương Mai Tô Trịnh"
MIDDLE = "Văn Thị Đức Minh Thanh Ngọc Hữu Quang Thùy Kim Xuân Đình Thế Hồng Công Như Bảo Gia Khánh Diệu"
GIVEN = (
    "An Bình Chi Dũng Đạt Giang Hà Hải Hạnh Hằng Hiếu Hòa Huệ Hưng Hường Khánh Lan Linh Loan Long Lưu Mai "
    "Nam Nga Ngân Nghĩa Nhung Oanh Phúc Phương Quân Quyên Sơn Tâm Thắng Thảo Thủy Tiến Trang Trung Tuấn "
    "Tùng Tuyết Uyên Vân Việt Vượng Xuyến Yến Ước Ánh Ất Đông Điệp"
)
POSITIONS = (
    "Chuyên viên",
    "Chuyên viên chính",
    "Cán sự",
    "Kế toán viên",
    "Văn thư",
    "Lái xe",
    "Nhân viên phục vụ",
)
HEADS = {
    "Lãnh đạo Sở": ("Giám đốc", "Phó Giám đốc"),
    "Văn phòng": ("Chánh Văn phòng", "Phó Chánh Văn phòng"),
    "Thanh tra": ("Chánh Thanh tra", "Phó Chánh Thanh tra"),
    "Trung tâm Thông tin": ("Giám đốc Trung tâm", "Phó Giám đốc Trung tâm"),
}
CIVIL_SERVANT, PUBLIC_EMPLOYEE, WORKER = "civil_servant", "public_employee", "worker"
WARDS = ("phường Ví Dụ", "phường Mẫu Sơn", "xã Thử Nghiệm", "phường Đồng Mẫu", "xã Hòa Ví")


@dataclass(frozen=True)
class Person:
    """One invented person, in the form the truth has."""

    name: str
    birth: datetime.date
    phones: tuple[str, ...]
    department: str
    position: str
    category: str
    party_member: bool
    email: str
    residence: str
    lodging: str


def without_marks(text: str) -> str:
    """Letters without Vietnamese marks, for addresses."""
    loose = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in loose if not unicodedata.combining(letter))


def names(chance: random.Random, count: int) -> list[str]:
    """Different names of three or four words."""
    family, middle, given = FAMILY.split(), MIDDLE.split(), GIVEN.split()
    found: dict[str, None] = {}
    while len(found) < count:
        words = [chance.choice(family), chance.choice(middle), chance.choice(given)]
        if chance.random() < 0.25:
            words.insert(2, chance.choice(middle))
        if len(set(words)) == len(words):
            found[" ".join(words)] = None
    return list(found)


def position_and_category(chance: random.Random, department: str, place: int) -> tuple[str, str]:
    """The first of a department is its head, the second the deputy."""
    head, deputy = HEADS.get(department, ("Trưởng phòng", "Phó Trưởng phòng"))
    centre = department.startswith("Trung tâm")
    if place < 2:
        return (head if place == 0 else deputy), PUBLIC_EMPLOYEE if centre else CIVIL_SERVANT
    if department == "Lãnh đạo Sở":
        return deputy, CIVIL_SERVANT
    position = chance.choice(POSITIONS)
    if position in {"Lái xe", "Nhân viên phục vụ"}:
        return position, WORKER
    return position, PUBLIC_EMPLOYEE if centre else CIVIL_SERVANT


def staff(count: int, seed: int, *, serial: int = 0) -> list[Person]:
    """So many people, in the order of their departments. `serial` keeps phones of two lists apart."""
    chance = random.Random(seed)
    total = sum(SECTION_SIZES)
    shares = [max(1, round(size * count / total)) for size in SECTION_SIZES]
    shares[1] += count - sum(shares)
    called = iter(names(chance, count))
    people: list[Person] = []
    for department, size in zip(DEPARTMENTS, shares, strict=True):
        for place in range(size):
            position, category = position_and_category(chance, department, place)
            people.append(person(chance, next(called), serial + len(people), department, position, category))
    return people


def person(chance: random.Random, name: str, number: int, department: str, position: str, category: str) -> Person:
    """One person with a number of an unlikely range and an address that does not exist."""
    born = datetime.date(chance.randint(1963, 1999), 1, 1) + datetime.timedelta(days=chance.randint(0, 364))
    words = without_marks(name).lower().split()
    home = f"Số {chance.randint(1, 250)}, tổ {chance.randint(1, 30)}, {chance.choice(WARDS)}, tỉnh Ví Dụ"
    away = f"Nhà trọ số {chance.randint(1, 90)}, {chance.choice(WARDS)}" if chance.random() < 0.3 else home
    return Person(
        name=name,
        birth=born,
        phones=(f"09000{number:05d}",),
        department=department,
        position=position,
        category=category,
        party_member=chance.random() < 0.4,
        email=f"{words[-1]}.{words[0]}{number}@somau.example",
        residence=home,
        lodging=away,
    )


def with_second_phone(one: Person, number: int) -> Person:
    """The same person with another number behind the first."""
    return replace(one, phones=(*one.phones, f"09001{number:05d}"))

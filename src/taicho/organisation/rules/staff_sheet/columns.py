"""What a column of a staff list holds, told from its label (ux.md 14: header synonyms)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from taicho.kernel.vietnamese import fold


class Field(StrEnum):
    """What a column can hold. NOTHING is a label we know and do not take (STT, giới tính, ghi chú)."""

    NUMBER = "number"
    NAME = "name"
    FAMILY = "family"
    GIVEN = "given"
    BIRTH = "birth"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    UNIT = "unit"
    AGENCY = "agency"
    POSITION = "position"
    CATEGORY = "category"
    CIVIL_SERVANT = "civil_servant"
    PUBLIC_EMPLOYEE = "public_employee"
    WORKER = "worker"
    PARTY = "party_member"
    PHONE = "phone"
    OFFICIAL_PHONE = "official_phone"
    PERSONAL_PHONE = "personal_phone"
    EMAIL = "email"
    RESIDENCE = "residence"
    RESIDENCE_COMMUNE = "residence_commune"
    LODGING = "lodging"
    LODGING_COMMUNE = "lodging_commune"
    COMPUTER = "has_computer"
    SMARTPHONE = "has_phone"
    INTERNET = "has_internet"
    NOTHING = "nothing"


NAMES = (Field.NAME, Field.FAMILY, Field.GIVEN)

EXACT: dict[Field, str] = {
    Field.NUMBER: "stt|tt|so tt|so thu tu|thu tu|no|so|s t t|t t|"
    "serial|order|number",
    Field.NAME: "ho ten|ho va ten|ho va ten khai sinh|ho ten khai sinh|ho ten can bo|ten can bo|hoten|full name|name|"
    "can bo|ho chu dem va ten|ho dem va ten|ho ten nhan vien|ten nhan vien|nhan su|ho dem ten|ho ten cbccvc|"
    "fullname|staff name|name of staff|employee name",
    Field.FAMILY: "ho|ho dem|ho va dem|ho lot|ho va ten dem|ho va chu dem|ho va ten lot|ho ten dem|ho chu dem",
    Field.GIVEN: "ten",
    Field.BIRTH: "nam sinh|ngay sinh|sinh nam|sinh ngay|ngay thang nam sinh|ngay thang sinh|ntns|ng sinh|nsinh|ns|"
    "ngay thang nam|nam|nu|ngay sinh nam|ngay sinh nu|nam sinh nam|nam sinh nu|tuoi nam|dob|date of birth|n sinh|"
    "birthday|birth date|year of birth|born|yob|date of birth",
    Field.BIRTH_DAY: "ngay",
    Field.BIRTH_MONTH: "thang",
    Field.UNIT: "phong|phong ban|ban|bo phan|to|phong to|phong don vi|don vi phong|don vi phong ban|phong ban don vi|"
    "phong chuyen mon|don vi bo phan|phong bo phan|department|khoa phong|to bo phan|p ban|"
    "division|section|team",
    Field.AGENCY: "don vi|don vi cong tac|co quan|noi cong tac|noi lam viec|co quan don vi|don vi lam viec|"
    "co quan don vi cong tac|co quan cong tac|dv|dv cong tac|unit",
    Field.POSITION: "chuc vu|chuc danh|chuc vu chuc danh|cv|chuc vu hien tai|chuc vu hien nay|chuc danh chuc vu|"
    "chuc danh nghe nghiep|vi tri viec lam|vi tri cong viec|position|nhiem vu|cong viec|chuc vu cong tac|vi tri|"
    "title|job title|post|role|rank",
    Field.CATEGORY: "doi tuong|phan loai|loai|loai can bo|doi tuong can bo|dien|hinh thuc lao dong|bien che hop dong|"
    "bc hd|loai hinh|loai lao dong|bien che|ngach|phan loai can bo|cc vc nld|cc vc|cbcc vc nld|loai hop dong|"
    "category|type|employment type|staff category",
    Field.CIVIL_SERVANT: "cong chuc|can bo cong chuc|cbcc|cc",
    Field.PUBLIC_EMPLOYEE: "vien chuc|vc",
    Field.WORKER: "nguoi lao dong|nld|hop dong|hop dong lao dong|hdld|lao dong hop dong|hd|hd 68|hop dong 68|hd 111",
    Field.PARTY: "dang vien|dv dcsvn|dang|ngay vao dang|la dang vien|dang vien csvn|dang vien dcsvn|ngay ket nap dang|"
    "party member|party",
    Field.PHONE: "dien thoai|dt|sdt|so dien thoai|so dt|dthoai|phone|tel|dien thoai lien he|sdt lien he|lien he|"
    "so dien thoai lien he|so dt lien he|dt lien he|dien thoai lien lac|so lien lac|so lien he|dthoai lien he|"
    "telephone|so phone|"
    "phone number|telephone number|contact number|contact|tel no",
    Field.PERSONAL_PHONE: "di dong|dtdd|dd|dien thoai di dong|so di dong|mobile|dt di dong|dien thoai rieng|"
    "dien thoai ca nhan|sdt ca nhan|dt rieng|dt ca nhan|so dtdd|sdt di dong|zalo|so zalo|dien thoai nha rieng|nha rieng|"
    "cell phone|so ca nhan|"
    "mobile phone|cell|cellphone|mobile number|personal phone",
    Field.OFFICIAL_PHONE: "dien thoai co quan|dt co quan|dtcq|sdt co quan|dien thoai co dinh|co dinh|dt ban|may ban|"
    "dien thoai ban|so may ban|dt co dinh|dien thoai noi lam viec|so co quan|dien thoai cong vu|sdt cong vu|"
    "office phone|landline|work phone",
    Field.EMAIL: "email|e mail|thu dien tu|hop thu|mail|dia chi email|email cong vu|dia chi thu dien tu|hop thu dien tu|"
    "thu cong vu|dia chi mail|"
    "email address|e mail address",
    Field.RESIDENCE: "noi cu tru|cu tru|dia chi thuong tru|thuong tru|noi thuong tru|ho khau thuong tru|hktt|ho khau|"
    "dia chi|noi dang ky hktt|noi dang ky ho khau thuong tru|noi dang ky thuong tru|dia chi cu tru|dia chi hktt|"
    "dia chi nha rieng|dia chi nha|noi dkhktt|dkhktt|dc thuong tru|d c thuong tru|"
    "permanent address|address|home address|registered address|residence|permanent residence",
    Field.LODGING: "noi luu tru|luu tru|noi o hien nay|noi o|cho o hien nay|cho o|tam tru|noi tam tru|dia chi tam tru|"
    "noi o hien tai|cho o hien tai|dia chi hien tai|dia chi hien nay|noi dang o|dia chi noi o|dia chi noi o hien nay|"
    "dia chi cho o hien nay|dia chi luu tru|noi o thuc te|noi luu tru hien nay|dia chi lien he|cho o thuc te|dc hien nay|"
    "dang o tai|dia chi noi o hien tai|"
    "current address|present address|temporary address|lodging|current residence|place of stay",
    Field.RESIDENCE_COMMUNE: "xa phuong|phuong xa|xa phuong thi tran|xa phuong noi cu tru|xa phuong cu tru|"
    "xa phuong thuong tru|phuong xa thuong tru|phuong xa noi cu tru",
    Field.LODGING_COMMUNE: "xa phuong noi luu tru|xa phuong luu tru|phuong xa noi luu tru|xa phuong noi o|"
    "xa phuong tam tru|phuong xa noi o hien nay|xa phuong noi o hien nay",
    Field.COMPUTER: "may tinh|may tinh tai nha|co may tinh|may tinh o nha|laptop|may tinh laptop|may vi tinh|"
    "may tinh ca nhan|pc laptop|may tinh nha|"
    "computer|pc",
    Field.SMARTPHONE: "dien thoai thong minh|smartphone|dien thoai tai nha|co dien thoai|co dien thoai thong minh|"
    "dt thong minh|dien thoai o nha",
    Field.INTERNET: "internet|internet tai nha|mang internet|co internet|mang|mang tai nha|wifi|ket noi internet|"
    "internet o nha|duong truyen internet|co mang internet|wifi tai nha|mang nha|duong truyen|mang wifi|"
    "home internet|internet connection",
    Field.NOTHING: "gioi tinh|gt|ghi chu|dan toc|ton giao|que quan|trinh do|luong|he so luong|so cccd|cccd|cmnd|"
    "so cmnd cccd|cmt|so cmt|so cmnd|so cccd|bac luong|noi sinh|nguyen quan|ma so|ma can bo|ma nv|ma nhan vien|"
    "chuyen mon|trinh do chuyen mon|ky nhan|ky ten|chu ky|vi sao chua nhap|so tiem|vac xin|mui 1|mui 2|mui 3|"
    "gender|sex|note|notes|remarks|remark|ethnicity|id number|signature",
}  # fmt: skip
KNOWN = {label: field for field, labels in EXACT.items() for label in labels.split("|")}

SIGNS: tuple[tuple[Field, str], ...] = (
    (Field.NOTHING, r"ghi chu|gioi tinh|que quan|nguyen quan|dan toc|ton giao|cccd|cmnd|noi sinh|trinh do|luong|vi sao"
                    r"|tiem|vac ?xin|ngay tuyen|tuyen dung|bo nhiem|ngay vao (?!dang)|nam vao|ngay cap|noi cap"),
    (Field.EMAIL, r"e ?mail|thu dien tu"),
    (Field.INTERNET, r"internet|wifi|duong truyen|\bmang\b"),
    (Field.COMPUTER, r"may tinh|laptop|may vi tinh"),
    (Field.SMARTPHONE, r"smartphone|dien thoai (thong minh|tai nha|o nha)|co dien thoai"),
    (Field.PARTY, r"dang vien|vao dang"),
    (Field.LODGING_COMMUNE, r"(xa phuong|phuong xa).*(luu tru|noi o|cho o|tam tru|hien)"),
    (Field.RESIDENCE_COMMUNE, r"(xa phuong|phuong xa).*(thuong tru|cu tru|ho khau)"),
    (Field.LODGING, r"luu tru|tam tru|(noi|cho) (dang )?o\b|hien (nay|tai|dang) .*o\b|dia chi hien"),
    (Field.RESIDENCE, r"thuong tru|ho khau|cu tru|hktt|dia chi"),
    (Field.OFFICIAL_PHONE, r"(dien thoai|dt|sdt|so).*(co quan|co dinh|ban|cong vu)\b|may ban"),
    (Field.PERSONAL_PHONE, r"di dong|dtdd|mobile|(dien thoai|dt|sdt).*(rieng|ca nhan)"),
    (Field.PHONE, r"dien thoai|\bsdt\b|\bdt\b|so lien (lac|he)|\bphone\b"),
    (Field.BIRTH, r"(ngay|nam|thang).*sinh|\bsinh (ngay|nam)|ntns"),
    (Field.NAME, r"ho (va )?ten|ho dem va ten|ten (can bo|nhan vien)"),
    (Field.POSITION, r"chuc (vu|danh)|vi tri viec lam"),
    (Field.CATEGORY, r"doi tuong|bien che|loai (can bo|lao dong|hop dong|hinh)|cong chuc.*vien chuc|hinh thuc"),
    (Field.UNIT, r"phong|bo phan"),
    (Field.AGENCY, r"don vi|co quan"),
)  # fmt: skip

IN_CONTEXT: tuple[tuple[tuple[Field, ...], str, Field], ...] = (
    ((Field.PHONE,), r"co quan|don vi|ban$|co dinh", Field.OFFICIAL_PHONE),
    ((Field.PHONE,), r"nha|rieng|ca nhan|di dong", Field.PERSONAL_PHONE),
    ((Field.LODGING,), r"^(xa|phuong)\b", Field.LODGING_COMMUNE),
    ((Field.RESIDENCE,), r"^(xa|phuong)\b", Field.RESIDENCE_COMMUNE),
    ((Field.LODGING,), r"^(dia chi|so nha|duong|pho|dia chi cu the)$", Field.LODGING),
)
"""What a label in the second line means under one in the first."""
IN_BRACKETS = re.compile(r"\([^)]*\)?")
LONGEST_LABEL = 90
AT_HOME = re.compile(r"tai nha|o nha|lam viec (truc tuyen|tu xa)|thiet bi|phuong tien|dieu kien")
BIRTH_PARTS = {Field.BIRTH, Field.BIRTH_DAY, Field.BIRTH_MONTH}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place from 0, what it holds, its label as the list writes it."""

    place: int
    field: Field
    label: str


def bare_label(label: str) -> str:
    """A label as it is looked up: folded, without brackets and punctuation. "Họ và tên (in hoa)" is "ho va ten"."""
    text = fold(label)
    return " ".join(re.findall(r"[a-z0-9]+", text if text.startswith("(") else IN_BRACKETS.sub(" ", text)))


def field_of(label: str) -> Field | None:
    """What a label says its column holds; None when it says nothing we know.

    A label in two languages is known when one of its halves is: "Full name / Họ và tên", "DOB (Ngày sinh)".
    """
    bare = bare_label(label)
    if not bare or len(bare) > LONGEST_LABEL:
        return None
    halves = [bare, *(bare_label(half) for half in re.split(r"[/|\n]| - ", label)), *_bracketed(label)]
    known = next((KNOWN[half] for half in halves if half in KNOWN), None)
    return known or next((field for half in halves for field, sign in SIGNS if re.search(sign, half)), None)


def _bracketed(label: str) -> list[str]:
    return [bare_label(words.strip("()")) for words in IN_BRACKETS.findall(fold(label))]


def field_under(parent: str, child: str) -> Field | None:
    """What a column holds whose label stands in two rows: "Điện thoại" over "Cơ quan", "Năm sinh" over "Nam"."""
    if not parent or not child or bare_label(parent) == bare_label(child):
        return field_of(child or parent)
    above, below = field_of(parent), field_of(child)
    if above in BIRTH_PARTS:
        return below if below in BIRTH_PARTS else Field.BIRTH
    if AT_HOME.search(bare_label(parent)) and below in (Field.PHONE, Field.PERSONAL_PHONE):
        return Field.SMARTPHONE
    if above is Field.NAME:
        return below if below in NAMES else Field.NAME
    told = [field for parents, sign, field in IN_CONTEXT if above in parents and re.search(sign, bare_label(child))]
    if told or above is Field.NOTHING:
        return told[0] if told else Field.NOTHING
    return below or field_of(f"{parent} {child}") or above

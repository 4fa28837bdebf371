"""Sample content of the components page: invented names, numbers and places; nothing is read from the database."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator

from taicho.ui.choices import Choice, Step
from taicho.ui.day import Day, SlotState, slot_at
from taicho.ui.search import Found, Hit
from taicho.ui.shell import Hat

MOMENT = datetime(2021, 2, 25, 4, 26, tzinfo=UTC)
"""Thursday 25/02/2021, 11h26 in Hà Nội: the moment of the reference pictures."""


class SampleForm(forms.Form):
    """A form with the usual kinds of fields, bound to wrong input."""

    name = forms.CharField(label="Họ và tên")
    birth_year = forms.CharField(label="Năm sinh")
    temperature = forms.CharField(label="Thân nhiệt", help_text="Ví dụ 36,5. Nhập 365 cũng được.")
    phone = forms.CharField(label="Số điện thoại")
    employer = forms.CharField(label="Đơn vị công tác", required=False)
    category = forms.ChoiceField(
        label="Loại", choices=[("a", "công chức"), ("b", "viên chức"), ("c", "người lao động")]
    )
    notes = forms.CharField(label="Khó khăn, đề xuất", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    mode = forms.ChoiceField(
        label="Hình thức họp", choices=[("in", "trực tiếp"), ("on", "trực tuyến")], widget=forms.RadioSelect
    )
    paper = forms.FileField(label="Danh sách (Excel)", required=False)
    agreed = forms.BooleanField(label="Đã đọc và xác nhận đã nhận", required=False)

    def clean_temperature(self) -> str:
        """Refuse what is no temperature, in words."""
        if "," not in self.cleaned_data["temperature"][2:]:
            raise forms.ValidationError("Nhập thân nhiệt từ 34,0 đến 43,0 °C.")
        return str(self.cleaned_data["temperature"])

    def clean_phone(self) -> str:
        """Refuse a number that is too short."""
        if len(self.cleaned_data["phone"].replace(" ", "")) < 10:
            raise forms.ValidationError("Nhập số điện thoại 10 chữ số.")
        return str(self.cleaned_data["phone"])


def everything() -> dict[str, Any]:
    """All values the specimen templates show."""
    return {
        "wrong": _wrong_form(),
        "plain": SampleForm(prefix="plain", initial={"employer": "Sở Mẫu"}),
        "days": _days(),
        "choices": _choices(),
        "views": [Choice("Chữ", "#chu", chosen=True), Choice("Ảnh quét", "#anh")],
        "trail": [("Văn bản & chỉ đạo", "#"), ("Biện pháp", "")],
        "steps": [Step(words, "#") for words in ("Cơ cấu", "Nhân sự", "Cổng", "Khung báo cáo", "Vai trò")],
        "hats": _hats(),
        "found": _found(),
        "rows": _page(),
        "figures": [
            (71, "tại cơ quan"),
            (3, "chưa khai báo"),
            ("7/10", "báo cáo 12h"),
            (15, "theo dõi"),
            (2, "quá hạn"),
        ],
        "recipients": ["Lãnh đạo Văn phòng (để b/c)", "Các phòng, ban, đơn vị (để thực hiện)", "Lưu: VT, HC-QT"],
        "roster": _roster(),
        "roster_days": [f"{day:02}" for day in (*range(17, 29), 1, 2)],
        "moment": MOMENT,
    }


def _wrong_form() -> SampleForm:
    return SampleForm(
        data={
            "name": "Nguyễn Đỗ Ễ Ộ Hằng", "birth_year": "1984", "temperature": "3,65", "phone": "0912 345",
            "category": "a", "mode": "on",
        }
    )  # fmt: skip


def _days() -> dict[str, Day]:
    """The ruler in its states: calm, near, past, without slots."""

    def day(at: datetime, noon: SlotState) -> Day:
        slots = (
            slot_at("6h00", time(6), SlotState.ON_TIME, at, time(5, 30)),
            slot_at("12h00", time(12), noon, at, time(11, 30)),
            slot_at("18h00", time(18), SlotState.AHEAD, at, time(17, 30)),
        )
        return Day(at, slots)

    near, past = MOMENT.replace(minute=51), MOMENT.replace(hour=5, minute=3)
    return {
        "calm": day(MOMENT, SlotState.DUE),
        "near": day(near, SlotState.DUE),
        "past": day(past, SlotState.DUE),
        "late": day(past.replace(minute=20), SlotState.LATE),
        "bare": Day(MOMENT.replace(hour=0, minute=2)),
    }


def _choices() -> list[Choice]:
    return [
        Choice("Chưa gửi", "#", 3, chosen=True),
        Choice("Trễ", "#", 2),
        Choice("Đơn vị của tôi", "#"),
    ]


def _hats() -> list[Hat]:
    return [
        Hat("a", "Phó Chánh Văn phòng", "KT. Chánh Văn phòng", "4 chờ duyệt"),
        Hat("b", "Phó Trưởng ban Chỉ đạo", "Ban Chỉ đạo phòng, chống dịch", "1 tình huống"),
        Hat("c", "Trực lãnh đạo, 27/02", "theo lịch trực"),
    ]


def _found() -> Found:
    hits = (
        Hit("Đặng Quốc Bảo", "#", "Chuyên viên, Phòng Tổng hợp", "user"),
        Hit("KH 12/KH-VP", "#", "Kế hoạch · đang có hiệu lực", "file-text"),
        Hit("Gửi báo cáo nhanh khung 12h00", "#", "g b", "command"),
    )
    return Found("dang quoc", "dang quoc", (("", hits),))


def _page() -> Page[tuple[str, int | None, str, str]]:
    rows: list[tuple[str, int | None, str, str]] = [
        ("Đội xe", 5, "missing", "chưa gửi"),
        ("Phòng Nội chính", None, "missing", "chưa gửi"),
        ("Phòng Kinh tế", 9, "late", "trễ 4 phút"),
        ("Phòng Tài vụ", 4, "on_time", "đúng hạn"),
    ]
    return Paginator(rows + rows + rows[:2], 4).page(1)


def _roster() -> list[tuple[str, str]]:
    """Names and two weeks of letters (a dot is a day off)."""
    return [
        ("Lê Minh Quân", "CNC..CNCCC..CN"),
        ("Đỗ Thanh Tùng", "NCN..NCNNC..NC"),
        ("Đặng Quốc Bảo", "NCNT.NCNTNTTNC"),
        ("Bùi Gia Khánh", "NCN..NCVVV..NC"),
    ]

"""What may be wrong with a trail, and the sentence that says so. English twins are in the English catalogue."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from taicho.kernel import clock


class Damage(StrEnum):
    """Kinds of damage that `verify` tells apart (S-14 and what an operator could do besides)."""

    EDITED = "edited"
    ACTOR_SWAPPED = "actor-swapped"
    TIME_SWAPPED = "time-swapped"
    BLANKED = "blanked"
    COMMITMENT_EDITED = "commitment-edited"
    DELETED = "deleted"
    DELETED_UNSEALED = "deleted-unsealed"
    INSERTED = "inserted"
    COPIED = "copied"
    REORDERED = "reordered"
    LINK_EDITED = "link-edited"
    FORKED = "forked"
    TAIL_CUT = "tail-cut"
    TABLE_ROLLED_BACK = "table-rolled-back"
    DATABASE_REPLAYED = "database-replayed"
    CHAIN_REWRITTEN = "chain-rewritten"
    CHAIN_TORN = "chain-torn"
    ANCHOR_REMOVED = "anchor-removed"
    ANCHOR_FORGED = "anchor-forged"
    UNSEALED = "unsealed"
    GUARD_OFF = "guard-off"
    KEY_LOST = "key-lost"


SENTENCES = {
    Damage.EDITED: _("Dòng %(entry)s (vị trí %(position)s, chuỗi %(chain)s) đã bị sửa sau khi niêm: %(fields)s."),
    Damage.ACTOR_SWAPPED: _("Dòng %(entry)s (vị trí %(position)s, chuỗi %(chain)s) đã bị đổi người thực hiện."),
    Damage.TIME_SWAPPED: _("Dòng %(entry)s (vị trí %(position)s, chuỗi %(chain)s) đã bị đổi thời gian: %(fields)s."),
    Damage.BLANKED: _("Dòng %(entry)s (vị trí %(position)s, chuỗi %(chain)s) đã bị xóa trắng: %(fields)s."),
    Damage.COMMITMENT_EDITED: _(
        "Dòng %(entry)s (vị trí %(position)s, chuỗi %(chain)s) đã bị sửa cam kết giá trị: "
        "không còn chứng minh được giá trị cũ."
    ),
    Damage.DELETED: _("Dòng %(entry)s ở vị trí %(position)s của chuỗi %(chain)s đã bị xóa."),
    Damage.DELETED_UNSEALED: _(
        "Phiên ghi %(writer)s thiếu %(count)s dòng, số %(first)s đến %(last)s: đã bị xóa trước khi niêm."
    ),
    Damage.INSERTED: _(
        "Dòng %(entry)s (vị trí %(position)s, chuỗi %(chain)s) không mang dấu xác thực của hệ thống: "
        "bị chèn vào, hoặc bị sửa rồi niêm lại."
    ),
    Damage.COPIED: _("Dòng %(entry)s là bản chép của một dòng khác (phiên ghi %(writer)s, số %(first)s)."),
    Damage.REORDERED: _(
        "Dòng %(entry)s đang ở vị trí %(position)s của chuỗi %(chain)s, "
        "nhưng đã được niêm ở vị trí %(original)s: thứ tự bị đổi."
    ),
    Damage.LINK_EDITED: _("Mắt xích ở vị trí %(position)s của chuỗi %(chain)s (dòng %(entry)s) đã bị sửa."),
    Damage.FORKED: _("Chuỗi %(chain)s rẽ nhánh ở vị trí %(position)s: có hai nội dung cho cùng một vị trí."),
    Damage.TAIL_CUT: _(
        "Chuỗi %(chain)s bị cắt đuôi: chỉ còn đến vị trí %(position)s, "
        "trong khi neo lúc %(at)s ghi vị trí %(original)s."
    ),
    Damage.TABLE_ROLLED_BACK: _("Bảng %(table)s đã bị khôi phục từ bản cũ: thiếu %(count)s dòng cuối, từ %(first)s."),
    Damage.DATABASE_REPLAYED: _(
        "Cơ sở dữ liệu là bản cũ: chuỗi %(chain)s chỉ có đến vị trí %(position)s và không biết neo lúc %(at)s ở vị trí "
        "%(original)s. Nếu vừa phục hồi từ bản sao lưu, hãy dùng lệnh phục hồi để khai báo."
    ),
    Damage.CHAIN_REWRITTEN: _(
        "Chuỗi %(chain)s đã bị tính lại: nội dung từ sau vị trí %(first)s đến vị trí %(position)s "
        "trái với neo lúc %(at)s."
    ),
    Damage.CHAIN_TORN: _(
        "Chuỗi %(chain)s đứt trước vị trí %(position)s (dòng %(entry)s): mắt xích không nối vào mắt xích liền trước, "
        "một phần chuỗi đã bị tính lại."
    ),
    Damage.ANCHOR_REMOVED: _("Tệp neo thiếu dòng %(first)s đến %(last)s: neo đã bị gỡ."),
    Damage.ANCHOR_FORGED: _("Dòng %(first)s của tệp neo không phải do hệ thống ghi, hoặc đã bị sửa."),
    Damage.UNSEALED: _(
        "%(count)s dòng, từ dòng %(entry)s, chưa được niêm sau %(age)s giây: "
        "bộ niêm không chạy, hoặc mắt xích đã bị xóa."
    ),
    Damage.GUARD_OFF: _("Bảng %(table)s đang không có khóa chỉ-ghi-thêm (%(trigger)s)."),
    Damage.KEY_LOST: _(
        "Không dòng nào khớp với khóa nhật ký: tệp khóa không phải của hệ thống này. "
        "Hãy đặt lại tệp khóa rồi kiểm tra lại."
    ),
}

FIELD_WORDS = {
    "chain": _("chuỗi"),
    "writer": _("phiên ghi"),
    "number": _("số thứ tự"),
    "happened_at": _("thời điểm thực"),
    "shown_at": _("thời điểm hiển thị"),
    "actor": _("người thực hiện"),
    "machine": _("máy thực hiện"),
    "verb": _("việc đã làm"),
    "object_kind": _("loại hồ sơ"),
    "object_key": _("mã hồ sơ"),
    "unit": _("đơn vị"),
    "commitment": _("cam kết giá trị"),
    "stamp": _("dấu xác thực"),
}

TABLE_WORDS = {
    "kernel_auditentry": _("nhật ký hệ thống"),
    "kernel_auditlink": _("mắt xích"),
    "kernel_audithead": _("đầu chuỗi"),
    "kernel_auditsalt": _("muối của cam kết"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One damage and where it lies. `facts` are the row, position, chain, columns or lines concerned."""

    damage: Damage
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The finding in the language that is active: which row, which kind of damage."""
        return gettext(SENTENCES[self.damage]) % {name: _worded(name, value) for name, value in self.facts.items()}


def _worded(name: str, value: Any) -> Any:
    """Columns and tables by the names that people know; no root chain and unknown rows in words."""
    if name == "fields":
        return ", ".join(gettext(FIELD_WORDS[column]) for column in value) or gettext("không rõ cột nào")
    if name == "table":
        return gettext(TABLE_WORDS[value])
    if value is None:
        return gettext("(không có đơn vị gốc)") if name == "chain" else gettext("(không rõ)")
    return f"{clock.local(value):%H:%M:%S %d/%m/%Y}" if name == "at" else value

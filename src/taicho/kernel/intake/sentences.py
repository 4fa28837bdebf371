"""What the person hears: one clear sentence per fault, with what to do instead. Source language Vietnamese."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from .kinds import Kind
from .limits import MAX_BYTES, MAX_COLUMNS, MAX_PAGES, MAX_ROWS
from .verdicts import Fault, Unfit

_SENTENCES = {
    Fault.EMPTY: _("Tệp trống, không có nội dung. Hãy chọn lại tệp."),
    Fault.TOO_LARGE: _("Tệp lớn hơn %(limit)s MB. Hãy chia nhỏ hoặc nén ảnh trong tệp rồi gửi lại."),
    Fault.SECRET: _("Văn bản có dấu MẬT không được đưa vào hệ thống. Hãy xử lý tại bộ phận văn thư mật."),
    Fault.NAME: _("Tên tệp không dùng được. Hãy đổi tên tệp rồi gửi lại."),
    Fault.KIND_UNKNOWN: _("Không nhận ra loại tệp này. Ở đây nhận: %(accepted)s."),
    Fault.KIND_UNWANTED: _("Loại tệp này không dùng được ở đây. Ở đây nhận: %(accepted)s."),
    Fault.NAME_LIES: _("Đuôi tên tệp “.%(where)s” không đúng với nội dung. Hãy lưu lại tệp đúng loại (%(accepted)s)."),
    Fault.PROGRAM: _("Đây là chương trình chạy được, không phải văn bản. Tệp bị từ chối."),
    Fault.ARCHIVE: _("Đây là tệp nén. Hãy giải nén và gửi từng văn bản."),
    Fault.MARKUP: _("Đây là trang web hoặc tệp mã, không phải văn bản. Hãy lưu thành .docx hoặc .pdf rồi gửi lại."),
    Fault.OLD_OFFICE: _(
        "Tệp theo định dạng Office cũ hoặc có mật khẩu. Hãy lưu lại thành .xlsx hoặc .docx, không đặt mật khẩu."
    ),
    Fault.OTHER_IMAGE: _("Loại ảnh này không dùng được. Hãy chụp hoặc lưu lại thành ảnh JPEG hoặc PNG."),
    Fault.RTF: _("Tệp RTF không dùng được. Hãy lưu lại thành .docx."),
    Fault.TWO_FACED: _("Tệp chứa nội dung ẩn ngoài văn bản. Hãy mở và lưu lại thành tệp mới rồi gửi."),
    Fault.BROKEN: _("Tệp bị hỏng hoặc không đúng định dạng. Hãy mở thử, lưu lại rồi gửi."),
    Fault.ENCRYPTED: _("Tệp có mật khẩu hoặc bị khóa. Hãy bỏ mật khẩu rồi gửi lại."),
    Fault.BOMB: _("Tệp bung ra quá lớn so với cho phép nên bị từ chối. Hãy lưu lại thành tệp mới rồi gửi."),
    Fault.UNSAFE_PATH: _("Bên trong tệp có đường dẫn không an toàn nên bị từ chối."),
    Fault.NESTED: _("Bên trong tệp có tệp khác. Hãy gỡ tệp nhúng hoặc gửi riêng từng tệp."),
    Fault.MACRO: _("Tệp chứa macro. Hãy lưu lại thành .xlsx hoặc .docx không có macro."),
    Fault.EMBEDDED: _("Tệp chứa đối tượng nhúng hoặc liên kết tới tệp khác. Hãy gỡ ra, lưu lại rồi gửi."),
    Fault.OUTSIDE_LINK: _(
        "Tệp tự lấy nội dung từ nơi khác (tệp mẫu, ảnh hoặc liên kết ngoài). Hãy gỡ liên kết, lưu lại rồi gửi."
    ),
    Fault.ENTITIES: _("Tệp chứa khai báo không an toàn nên bị từ chối. Hãy lưu lại bằng phần mềm văn phòng rồi gửi."),
    Fault.LIVE_FIELD: _("Tệp chứa trường tự chạy hoặc lấy dữ liệu ngoài (DDE). Hãy gỡ ra, lưu lại rồi gửi."),
    Fault.LIVE_FORMULA: _(
        "Công thức ở hàng %(number)s gọi chương trình hoặc dữ liệu bên ngoài. Hãy thay bằng giá trị rồi gửi lại."
    ),
    Fault.PDF_ACTION: _("Tệp PDF chứa lệnh tự chạy. Hãy in ra PDF mới rồi gửi lại."),
    Fault.PDF_ATTACHMENT: _("Tệp PDF có tệp khác đính kèm bên trong. Hãy gửi riêng từng tệp."),
    Fault.TOO_MANY_PAGES: _("Tệp có hơn %(pages)s trang. Hãy chia thành nhiều tệp."),
    Fault.TOO_MANY_PIXELS: _("Ảnh quá lớn (%(number)s triệu điểm ảnh). Hãy thu nhỏ dưới 40 triệu điểm ảnh."),
    Fault.ENCODING: _("Tệp chữ không theo bảng mã Unicode. Hãy lưu lại với mã UTF-8 (Excel: “CSV UTF-8”)."),
    Fault.TOO_MANY_CELLS: _(
        "Bảng quá lớn (nhận tối đa %(rows)s hàng, %(columns)s cột). Hãy xóa các ô thừa ở xa bảng hoặc chia nhỏ."
    ),
    Fault.TOO_HEAVY: _("Tệp quá phức tạp, không đọc được trong thời gian cho phép. Hãy lưu lại hoặc chia nhỏ rồi gửi."),
    Fault.BUSY: _("Máy chủ đang đọc các tệp khác. Hãy gửi lại sau ít phút."),
}


def sentence_for(unfit: Unfit, accept: Iterable[Kind]) -> str:
    """The whole sentence for a fault, in the reader's language."""
    return str(_SENTENCES[unfit.fault]) % {
        "accepted": ", ".join(f".{kind.value}" for kind in sorted(accept)),
        "where": unfit.where,
        "number": unfit.number,
        "limit": MAX_BYTES // 1_000_000,
        "pages": MAX_PAGES,
        "rows": f"{MAX_ROWS:,}".replace(",", "."),
        "columns": f"{MAX_COLUMNS:,}".replace(",", "."),
    }

"""Files without a mark whose words look like one: every refusal here is a false alarm (trust.md S-17)."""

import unicodedata
from collections.abc import Iterator

from tests.kernel.corpus.office import docx, docx_members, paragraph, table, xlsx, zipped
from tests.kernel.corpus.pdf import pdf
from tests.kernel.corpus.uploads import Outcome, Upload

TOP = ["ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ", "Số: 12/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]

SENTENCES = (
    "Mật độ người làm việc không quá 01 người trên 10 m2.",
    "Mật độ dân số cao, nguy cơ lây nhiễm lớn.",
    "Giữ bảo mật thông tin cá nhân của người được cách ly.",
    "Cán bộ không xử lý văn bản mật ở nhà; văn bản mật chỉ xử lý tại cơ quan.",
    "Thực hiện nghiêm quy định về bảo vệ bí mật nhà nước.",
    "Đồng chí Nguyễn Văn Mật, Trưởng phòng, chủ trì.",
    "Ông MẬT VĂN SƠN là đầu mối liên hệ.",
    "Địa bàn gồm thôn Mật Sơn và thôn Mật Ong.",
    "Phường Mật Sơn báo cáo trước 17h00.",
    "Các độ TUYỆT MẬT, TỐI MẬT và MẬT theo quy định của pháp luật về bảo vệ bí mật nhà nước.",
    "Tài liệu đóng dấu Mật, Tối mật, Tuyệt mật không gửi qua phần mềm này.",
    "Đổi mật khẩu 90 ngày một lần; mật khẩu có ít nhất 15 ký tự.",
    "Phối hợp mật thiết với trạm y tế.",
    "Bí mật đời tư của người bệnh được giữ kín.",
    "Cơ sở nuôi ong lấy mật thực hiện 5K.",
    "Người bệnh viêm túi mật, sỏi mật khai báo với y tế.",
    "Bỏ phiếu kín, giữ bí mật phiếu bầu.",
    "Lực lượng hóa trang, trinh sát mật không thuộc phạm vi kế hoạch này.",
    "Đeo khẩu trang che kín mặt, không sờ lên mắt, mũi, miệng.",
    "Ủy ban Mặt trận Tổ quốc phối hợp tuyên truyền.",
    "Người vắng mặt phải báo cáo; người mất liên lạc phải xác minh.",
    "Chuẩn bị mặt bằng làm nơi cách ly tạm thời.",
    "Cán bộ cơ yếu dùng khóa mật mã theo quy định.",
    "Văn bản này không có nội dung mật.",
    "Dấu chỉ độ mật đóng dưới số, ký hiệu văn bản.",
    "Hồ sơ mật phải giao trực tiếp, ký nhận, không chụp ảnh.",
    "Hội nghị kín, không ghi âm; bí mật công tác được giữ gìn.",
    "Mất an toàn thông tin phải báo ngay; mất thẻ phải báo bảo vệ.",
    "Thông tin mật của khách hàng không được tiết lộ.",
    "Số liệu tối mật thiết lập riêng trên hệ thống khác.",
)

HEADINGS = (
    "QUY CHẾ BẢO MẬT THÔNG TIN",
    "CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "UBND PHƯỜNG MẬT SƠN",
    "BÁO CÁO MẬT ĐỘ DÂN CƯ",
    "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM",
    "UY BAN MAT TRAN TO QUOC VIET NAM",
    "MẶT SAU",
    "MẮT",
    "MẤT",
    "Độ mật: Không",
    "Độ mật: Thường",
    "Độ khẩn: Hỏa tốc",
    "HỎA TỐC",
    "TỐI MAI HỌP",
    "TUYỆT ĐỐI KHÔNG TỤ TẬP",
    "NGUYỄN VĂN MẬT",
    "Người ký: Trần Thị Mật",
    "Kính gửi: Đồng chí Lê Mật",
    "HƯỚNG DẪN ĐẶT MẬT KHẨU",
    "DANH MỤC BÍ MẬT NHÀ NƯỚC (đã giải mật)",
)

NAMES = (
    "Mật độ dân số.xlsx", "Quy chế bảo mật.docx", "Danh sách xã Mật Sơn.pdf", "nguyen-van-mat.docx",
    "bao-mat-thong-tin.pdf", "Hướng dẫn bảo vệ bí mật nhà nước.docx", "Hợp tác xã mật ong.xlsx",
    "mat-na.docx",
    "Khẩu trang che mặt.docx", "doi mat khau.txt", "Giai phong mat bang.pdf", "Mặt trận Tổ quốc.docx",
    "uy-ban-mat-tran.pdf", "Danh sách vắng mặt.xlsx", "DS_co_mat_vang_mat.xlsx", "bao_cao_mat_dien.docx",
    "Format bao cao.docx", "Tổ công tác tối mai.docx", "Mat ma co yeu.txt", "Thẻ bị mất.docx",
)  # fmt: skip


def accepted(trait: str, name: str, content: bytes) -> Upload:
    """A file that must be taken."""
    return Upload(f"innocent-{trait}", "innocent", name, content, Outcome.ACCEPTED)


def written(kind: str, lines: list[str]) -> bytes:
    """The lines as a file of this kind."""
    if kind == "docx":
        return docx(*lines)
    if kind == "pdf":
        return pdf(lines)
    if kind == "xlsx":
        return xlsx(*((line,) for line in lines))
    return "\n".join(lines).encode()


def sentences() -> Iterator[Upload]:
    """Running text, in the first lines and further down, in every kind of file."""
    for number, sentence in enumerate(SENTENCES):
        for place, kind in enumerate(("docx", "pdf", "txt", "xlsx")):
            lines = [*TOP, "KẾ HOẠCH", sentence, "Yêu cầu các đơn vị thực hiện."]
            if (number + place) % 2:
                lines = [*TOP, *(f"Điều {line}. Nội dung thứ {line}." for line in range(1, 20)), sentence]
            yield accepted(f"sentence-{number}-{kind}", f"ke hoach {number}.{kind}", written(kind, lines))
        broken = sentence.upper() if number == 13 else unicodedata.normalize("NFD", sentence)
        yield accepted(
            f"sentence-{number}-nfd", f"ke hoach {number} b.txt", "\n".join([*TOP, broken]).encode()
        )


def headings() -> Iterator[Upload]:
    """Lines of their own, in capitals, at the top."""
    for number, heading in enumerate(HEADINGS):
        for kind in ("docx", "pdf", "txt"):
            lines = [TOP[0], heading, "Số: 12/KH-UBND", "Nội dung thực hiện trong tháng."]
            yield accepted(f"heading-{number}-{kind}", f"tieu de {number}.{kind}", written(kind, lines))


def lists() -> Iterator[Upload]:
    """People called Mật whose name stands alone in a cell, far below the top of the list."""
    head = ("STT", "Họ đệm", "Tên", "Chức vụ")
    people = [(number, "Phạm Văn", "Hòa", "Chuyên viên") for number in range(1, 30)]
    rows = [
        ("DANH SÁCH CÁN BỘ",),
        head,
        *people,
        (30, "Nguyễn Văn", "Mật", "Chuyên viên"),
        (31, "LÊ", "MẬT", "Lái xe"),
    ]
    yield accepted("person-in-sheet", "danh sach.xlsx", xlsx(*rows))
    text = "\n".join(";".join(str(cell) for cell in row) for row in rows)
    yield accepted("person-in-csv", "danh sach.csv", text.encode())
    cells = table(*((str(cell) for cell in row) for row in rows[1:]))
    yield accepted(
        "person-in-word-table", "danh sach.docx", zipped(docx_members(paragraph("DANH SÁCH") + cells))
    )
    later = [
        [*TOP, "Trang một"],
        ["PHỤ LỤC", "Thế nào là văn bản mật: văn bản có dấu MẬT, TỐI MẬT, TUYỆT MẬT."],
    ]
    yield accepted("appendix-explains-marks", "phu luc.pdf", pdf(*later))
    blank = [*TOP, "Độ mật:", "Độ khẩn:", "Nội dung trình"]
    yield accepted("blank-field", "mau phieu trinh.docx", docx(*blank))


def names() -> Iterator[Upload]:
    """Innocent names."""
    for number, name in enumerate(NAMES):
        kind = name.rsplit(".", 1)[-1]
        yield accepted(f"name-{number}", name, written(kind, [*TOP, "Nội dung"]))


def unmarked() -> Iterator[Upload]:
    """All innocent files."""
    for family in (sentences, headings, lists, names):
        yield from family()

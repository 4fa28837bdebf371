"""The letter of the story: an invented one in the shape of the real 58/VP-HC-QT, which is taken where it lies beside."""

from pathlib import Path

from tests.directives.test_taking_documents_in import FORMATS

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "003_66ccf509bb0dd72e.txt"
INVENTED = """ \tSố: 58/VP-HC-QT
V/v thực hiện các biện pháp cấp bách phòng, chống dịch tại Văn phòng
\tMinh Giang, ngày 16 tháng 02 năm 2021

\tKính gửi:
\t- Lãnh đạo Văn phòng;
- Trưởng các phòng, đơn vị trực thuộc Văn phòng.

Thực hiện Quyết định số 570/QĐ-UBND ngày 15/02/2021 của UBND Thành phố, Chánh Văn phòng triển khai như sau:
1. Làm việc trực tuyến tại nhà ít nhất 50% quân số, kể từ ngày 17/02/2021 đến hết ngày 02/3/2021. Trưởng các phòng có trách nhiệm:
Bố trí tối đa 50% công chức, viên chức thuộc đơn vị mình làm việc tại cơ quan.
2. Công chức phòng Khoa giáo phải thường trực để xử lý công tác phòng, chống dịch.
3. Tổ viên Tổ giúp việc luôn sẵn sàng.
4. Trưởng phòng Hành chính có trách nhiệm:
- Bố trí bộ phận văn thư.
- Chuẩn bị vật tư y tế.
- Tổ chức việc khai báo, đo thân nhiệt đối với khách đến liên hệ công tác.
5. Trung tâm Công nghệ thông tin bảo đảm thông suốt.
6. Toàn thể công chức, viên chức có trách nhiệm:
- Thường xuyên giữ liên lạc với cơ quan, khi cần triệu tập phải có mặt ngay.
- Thực hiện 5K.
Yêu cầu Trưởng các phòng thực hiện nghiêm túc./.

Nơi nhận:
- Như trên;
- Lưu: VT, HC-QT.
"""


def letter_text():
    """The text of the letter."""
    return SEED.read_text(encoding="utf-8") if SEED.exists() else INVENTED


def as_file(kind):
    """The letter as Playwright uploads it: a text, a Word file or a PDF with a text layer."""
    made = FORMATS[kind](letter_text())
    return {"name": f"cong-van-58.{kind}", "mimeType": "application/octet-stream", "buffer": made}

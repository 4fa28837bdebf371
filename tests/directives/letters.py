"""Letters of invented bodies, written as NĐ 30/2020 asks, for the tests of the reader."""

LETTER = """ỦY BAN NHÂN DÂN
THÀNH PHỐ MINH GIANG
BAN DÂN TỘC

Số: 07/BDT-VP
V/v thực hiện các biện pháp phòng, chống dịch
tại cơ quan Ban Dân tộc

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Minh Giang, ngày 05 tháng 02 năm 2021

Kính gửi:
- Lãnh đạo Ban;
- Trưởng các phòng, đơn vị trực thuộc Ban.

Thực hiện Chỉ thị số 11-CT/TU ngày 03/02/2021 của Ban Thường vụ Thành ủy và \
Quyết định số 570/QĐ- UBND ngày 04/02/2021 của UBND Thành phố, Ban Dân tộc yêu cầu các phòng thực hiện như sau:
1. Bố trí tối đa 40% công chức làm việc tại cơ quan.
Những trường hợp cần thiết do lãnh đạo Ban quyết định.
2. Chánh Văn phòng có trách nhiệm:
- Tổ chức đo thân nhiệt đối với khách;
- Bố trí:
+ Bàn khai báo ở cổng chính;
+ Dung dịch sát khuẩn ở cổng sau.
3. Thường xuyên giữ liên lạc.
Yêu cầu Trưởng các phòng, đơn vị nghiêm túc thực hiện./.

Nơi nhận:
- Như trên;
- UBND Thành phố (để b/c);
- Lưu: VT, VP.

KT. TRƯỞNG BAN
PHÓ TRƯỞNG BAN

Phạm Thị Ngọc Ánh
"""

WITHOUT_HEAD = """ 	Số: 31/VP-HCTH
V/v bố trí làm việc luân phiên tại Văn phòng UBND thành phố
	Đông Giang, ngày 08 tháng 3 năm 2021

	Kính gửi:
	- Lãnh đạo Văn phòng UBND thành phố;
- Trưởng các phòng, ban trực thuộc Văn phòng.

Thực hiện Công văn số 215/UBND-VP ngày 06/3/2021 của UBND thành phố về tăng cường phòng, chống dịch, \
Chánh Văn phòng UBND thành phố triển khai thực hiện như sau:
1. Bố trí tối đa 60% công chức làm việc tại cơ quan, kể từ ngày 09/3/2021 đến hết ngày 23/3/2021.
2. Phòng Hành chính có trách nhiệm:
- Đo thân nhiệt đối với khách đến liên hệ công tác;
-Chuẩn bị khẩu trang, dung dịch sát khuẩn.
3. Toàn thể công chức thường xuyên giữ liên lạc, khi cần triệu tập phải có mặt ngay.
Yêu cầu Trưởng các phòng, ban triển khai thực hiện nghiêm túc./.

Nơi nhận:
- Như trên;
- Lãnh đạo UBND thành phố (để b/c);
- Lưu: VT, HCTH.
"""
"""As such letters lie on the web: the names above the number and the signature were pictures, and are not in the file."""

PLAN = """Số:    /KH-SNV

Hòa An, ngày     tháng 7 năm 2021

KẾ HOẠCH
Phòng, chống dịch trong tình hình mới

Sở Nội vụ xây dựng Kế hoạch phòng, chống dịch như sau:

I. MỤC ĐÍCH
1. Mục đích
- Chủ động.
2. Yêu cầu
II. NỘI DUNG
1. Nhiệm vụ chung
1.1. Của Văn phòng
a) Lập danh sách;
b) Báo cáo Giám đốc.
1.2. Của các phòng

Trên đây là Kế hoạch của Sở, đề nghị các phòng thực hiện./.

Nơi nhận:
- Lưu: VT.

GIÁM ĐỐC

Lê Minh Quân
"""

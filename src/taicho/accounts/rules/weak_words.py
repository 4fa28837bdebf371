"""Words from which Vietnamese people in offices make passwords. Our own list, put together from public habits:

names (the commonest family, middle and given names), keyboard rows and Telex spellings, the word for password in its
spellings, towns, greetings, football, and the words of an agency and of epidemic work (context words, ASVS 6.1.2).
`weak_words` multiplies them with the endings people add, `fewest_words` finds them in a row; Django's own list of
20,000 common passwords is asked too.
"""

from functools import cache

FEWEST_FOR_STRAY = 4
"""Letters a text must have before its last one may be a stray letter."""

FAMILIES = (
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly trinh dinh mai lam doan luong cao chau "
    "ta thai to quach tang la luu dao truong ha phung vuong trieu mac nong hua"
).split()
MIDDLES = "van thi duc minh ngoc thanh quoc huu xuan dinh hong thu kim anh duy gia bao tuan hoai phuong".split()
GIVEN = (
    "an anh bao binh bich chau chi chien cuong cong cuc dai dan dao dat diep dieu dong dung duc duong duy giang ha hai "
    "han hang hanh hao hien hiep hieu hoa hoai hoan hoang hong hue hung huong huy huyen khai khanh khoa khoi kien kieu "
    "kim ky lam lan lanh le lien linh loan loc loi long luan luong ly mai manh men mien minh my nam nga ngan nghia ngoc "
    "nguyen nguyet nhan nhat nhi nhien nhu nhung nga oanh phat phong phu phuc phung phuong quan quang que quoc quyen "
    "quynh sang sinh son suong tai tam tan thach thai than thang thanh thao the thi thien thinh thoa thom thu thua thuan thuy "
    "thuc thuy thuong tien tin tinh toan trang tri trinh trong truc trung truong tu tuan tue tung tuoi tuyen tuyet uyen "
    "van vi viet vinh vu vuong vy xuan y yen"
).split()
HABITS = (
    "matkhau matkhaumoi matkhaucu matkhaumacdinh mat khau mk mkmoi pass passwd password pwd admin administrator quantri quantrivien "
    "nguoidung root test demo khach welcome hello xinchao chaoban emyeuanh anhyeuem yeuem yeuanh anhnhoem nhoem nhoanh "
    "conyeu congai contrai meyeu bome giadinh hanhphuc maiyeu motlanthoi tinhyeu cogiaothao thaycogiao vietnam "
    "vietnamvodich hanoi saigon haiphong danang hue cantho nhatrang dalat bacninh nghean thanhhoa namdinh laocai "
    "langson dienbien quangninh tphcm hochiminh bachobacho hagiang bongda doibong manutd liverpool arsenal chelsea "
    "ronaldo messi congphuong quanghai doraemon conan naruto pikachu facebook zalo gmail yahoo google tiktok youtube "
    "iloveyou letmein qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qaz wsx abc abcd abcdef abcxyz xyz aaa "
    "matkhaaur maatjkhaaur maatkhaur xinchaof vieetjnam vieejtnam haf nooij haanooij nguyeexn traanf phamj "
    "khongbiet khongnho quenroi quenmatkhau mothaiba motnamdu moinguoi hocsinh sinhvien giaovien bacsi yta congan bodoi"
).split()
AGENCY = (
    "taicho taichotaicho taichoonthespot coquan donvi phong phongban vanphong vanthu uybannhandan ubnd ubndphuong ubndxa ubndquan ubndtinh "
    "bandantoc sonoivu soyte tramyte benhvien trungtamyte cdc bochihuy sochihuy banchidao giamdoc phogiamdoc "
    "chanhvanphong truongphong phophong canbo congchuc vienchuc nhanvien baove letan motcua tiepdan dangbo chibo "
    "doanthanhnien congdoan chongdich phongdich phongchongdich covid covid19 sarscov2 corona dichbenh khaibao "
    "khaibaoyte cachly truyvet giancach phongtoa baocao baocaonhanh trucban lichtruc chithi congvan kehoach quyetdinh "
    "nghidinh thongtu diennbien dientap bontaicho batutoan"
).split()
ENDINGS = (
    "", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "0", "00", "01", "11", "111",
    "222", "333", "666", "888", "999", "000", "321", "654321", "321321", "123123", "112233", "abc", "abc123", "123abc",
    "@", "!", "@1", "@12", "@123", "@1234", "@12345", "@123456", "@2020", "@2021", "@2022", "@2023", "@2024", "@2025",
    "@2026", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026", "1980", "1985", "1990", "1995", "2000",
    "6868", "8888", "6789", "9999", "113", "114", "115", "bacninh", "hanoi", "vn", "vietnam", "123456a", "123456a@",
)  # fmt: skip



@cache
def words() -> frozenset[str]:
    """Every single word and name, folded, without an ending."""
    return frozenset({*FAMILIES, *MIDDLES, *GIVEN, *HABITS, *AGENCY})


@cache
def weak_words() -> frozenset[str]:
    """Words, and family names with a given name, each with the endings people add: some 30,000 folded passwords."""
    ended = {word + ending for word in words() for ending in ENDINGS}
    return frozenset({*ended, *(family + given for family in FAMILIES for given in GIVEN)})


def fewest_words(text: str) -> int | None:
    """Of how few known words the text is made, one stray letter at its end allowed; None when it is not.

    `nguyenvana` is nguyen, van and a stray letter: 2.
    """
    known, longest = words(), max(map(len, words()))
    best: list[int | None] = [0] + [None] * len(text)
    for end in range(1, len(text) + 1):
        counts = [
            count + 1
            for start in range(max(0, end - longest), end)
            if (count := best[start]) is not None and text[start:end] in known
        ]
        best[end] = min(counts, default=None)
    return best[-1] if best[-1] is not None or len(text) < FEWEST_FOR_STRAY else best[-2]

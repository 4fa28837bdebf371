"""Clauses are read back exactly as they were printed, however deep, in every style of labels (A6; NĐ 30/2020, Phụ lục I)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taicho.directives.rules.reading.clauses import read_clauses
from taicho.directives.rules.reading.lines import lines_of

ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def paths(text):
    lines = lines_of(text)
    return [clause.path for clause in read_clauses(lines, 0, len(lines))]


def clauses(text):
    lines = lines_of(text)
    return read_clauses(lines, 0, len(lines))


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("I. Một\nII. Hai", ["I", "II"]), ("I- Một\nII- Hai", ["I", "II"]), ("I) Một", ["I"]), ("I – Một", ["I"]),
        ("1. Một\n2. Hai", ["1", "2"]), ("1) Một\n2) Hai", ["1", "2"]), ("1- Một\n2- Hai", ["1", "2"]),
        ("Điều 1. Một\nĐiều 2: Hai", ["Điều 1", "Điều 2"]), ("Điều 1. Một\n1. Khoản\na) Điểm", ["Điều 1", "Điều 1/1", "Điều 1/1/a"]),
        ("1. Một\n1.1. Nhỏ\n1.2. Nhỏ", ["1", "1/1.1", "1/1.2"]), ("1. Một\n1.1 Nhỏ\n1.2 Nhỏ", ["1", "1/1.1", "1/1.2"]),
        ("1. Một\n1.1. Nhỏ\n1.1.1. Nhỏ nữa\n1.2. Nhỏ", ["1", "1/1.1", "1/1.1/1.1.1", "1/1.2"]),
        ("1. Một\na) A\nb) B\nc) C\nd) D\nđ) Đ", ["1", "1/a", "1/b", "1/c", "1/d", "1/đ"]),
        ("1. Một\nd) D\nđ) Đ\nd) D", ["1", "1/d", "1/đ", "1/d"]),
        ("1. Một\n- A\n- B\n2. Hai\n- C", ["1", "1/-1", "1/-2", "2", "2/-1"]),
        ("1. Một\n– A\n• B", ["1", "1/-1", "1/-2"]),
        ("1. Một\n- A\n+ a\n+ b\n- B\n+ c", ["1", "1/-1", "1/-1/+1", "1/-1/+2", "1/-2", "1/-2/+1"]),
        ("-Dính liền\n-Dính liền", ["-1", "-2"]),
        ("I. Một\n1. A\nII. Hai\n1. A", ["I", "I/1", "II", "II/1"]),
        ("I. Một\n1. A\n1. A", ["I", "I/1", "I/1"]),
    ],
)  # fmt: skip
def test_every_style_of_labels_of_real_letters_is_known(printed, read):
    assert paths(printed) == read


@pytest.mark.parametrize(
    "line",
    [
        "24/24 giờ mỗi ngày", "17/02/2021 là ngày đầu", "50% công chức", "3 khung giờ", "1.000 người", "16.30 bắt đầu họp",
        "Đ/c Lê Văn An", "IV mùa", "a lô", "06h00, 12h00",
    ],
)  # fmt: skip
def test_figures_at_the_beginning_of_a_line_are_no_labels(line):
    assert paths(f"1. Mục\n{line}") == ["1"]
    assert clauses(f"1. Mục\n{line}")[0].text.splitlines()[1] == line


def test_an_empty_line_between_label_and_text_changes_nothing():
    assert paths("1. Một\n\n\n- A\n\n- B\n\n2. Hai") == ["1", "1/-1", "1/-2", "2"]


def test_the_text_of_a_clause_has_no_label_and_ends_where_the_next_begins():
    first, second = clauses("1. Bố trí 50% tại cơ quan.\nSố còn lại ở nhà.\n2. Giữ liên lạc.")
    assert first.text == "Bố trí 50% tại cơ quan.\nSố còn lại ở nhà."
    assert second.text == "Giữ liên lạc."
    assert (first.line, first.last_line, second.line) == (0, 1, 2)


def test_the_order_that_closes_a_document_is_no_part_of_its_last_clause():
    *_, last, closing = clauses("1. Một\n2. Hai.\n\nYêu cầu các đơn vị thực hiện./.")
    assert (last.path, last.text) == ("2", "Hai.")
    assert (closing.path, closing.text) == ("KẾT", "Yêu cầu các đơn vị thực hiện./.")


@pytest.mark.parametrize("mark", ["./.", "/.", ". /.", "./"])
def test_the_closing_mark_is_known_in_the_forms_it_is_typed(mark):
    assert paths(f"1. Một\n\nYêu cầu thực hiện{mark}")[-1] == "KẾT"


def test_the_closing_mark_on_a_labelled_clause_leaves_it_a_clause():
    assert paths("1. Một\n2. Hai./.") == ["1", "2"]


def test_a_body_without_labels_gives_its_paragraphs_in_order():
    assert paths("Đoạn thứ nhất.\n\nĐoạn thứ hai.\n\nĐoạn cuối./.") == ["¶1", "¶2", "KẾT"]


def test_a_dash_inside_a_line_is_text():
    (only,) = clauses("1. Phòng Khoa giáo - văn xã thường trực")
    assert only.text == "Phòng Khoa giáo - văn xã thường trực"


def test_lines_before_the_first_label_belong_to_no_clause():
    assert paths("Căn cứ tình hình\n1. Một") == ["1"]


numbers = st.integers(min_value=0, max_value=4)


@st.composite
def printed_trees(draw):
    """A tree of labels as an office would print it, and the paths it must give."""
    text, wanted = [], []

    def dashes(above):
        for n in range(1, draw(numbers) + 1):
            text.append(f"- Ý thứ {n}")
            wanted.append(f"{above}/-{n}")
            for m in range(1, draw(st.integers(0, 2)) + 1):
                text.append(f"+ Chi tiết {m}")
                wanted.append(f"{above}/-{n}/+{m}")

    for roman in ROMANS[: draw(st.integers(1, len(ROMANS)))]:
        text.append(f"{roman}. PHẦN")
        wanted.append(roman)
        for n in range(1, draw(numbers) + 1):
            text.append(f"{n}. Mục về một việc")
            wanted.append(f"{roman}/{n}")
            if draw(st.booleans()):
                for m in range(1, draw(numbers) + 1):
                    text.append(f"{n}.{m}. Mục nhỏ")
                    wanted.append(f"{roman}/{n}/{n}.{m}")
                    dashes(f"{roman}/{n}/{n}.{m}")
            else:
                dashes(f"{roman}/{n}")
    return "\n".join(text), wanted


@settings(deadline=None)
@given(printed_trees())
def test_any_tree_that_is_printed_is_read_back_label_by_label(tree):
    text, wanted = tree
    assert paths(text) == wanted


@settings(deadline=None)
@given(printed_trees(), st.lists(st.sampled_from(["Đoạn nối tiếp của mục.", ""]), min_size=1, max_size=5))
def test_paragraphs_between_the_labels_move_no_label(tree, between):
    text, wanted = tree
    lines = text.splitlines()
    spread = "\n".join(part for n, line in enumerate(lines) for part in (line, between[n % len(between)]))
    assert paths(spread) == wanted

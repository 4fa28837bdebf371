"""A reading is handed on in the form in which readings are exchanged and scored (A1, A2, A6)."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from taicho.directives.rules.reading import read_structure
from taicho.directives.rules.reading.exchange import TITLE_WORDS, as_exchanged
from tests.directives.letters import LETTER, PLAN, WITHOUT_HEAD

FIELDS = {
    "id": str, "number": str, "symbol": str, "type": str, "issuer": str, "superior": str, "place": str, "date": str,
    "subject": str, "addressees": list, "recipients": list, "cites": list, "top_level_clause_titles": list,
    "obligations": type(None), "signer_capacity": str, "signer_title": str, "signer_name": str, "clauses": list, "doubts": dict,
}  # fmt: skip
"""The names that the form agrees on, and what each holds when the paper says it."""
SHARED = Path(__file__).parents[3] / "shared" / "reading"
needs_form = pytest.mark.skipif(
    not (SHARED / "README.md").is_file(), reason="LEFT OUT: the description of the form does not lie beside the project"
)
TEXTS = {"letter": LETTER, "plan": PLAN, "without head": WITHOUT_HEAD, "empty": ""}


def exchanged(text):
    return as_exchanged(read_structure(text), name="a")


@pytest.mark.parametrize("name", TEXTS)
def test_every_field_is_there_whatever_the_paper_says(name):
    found = exchanged(TEXTS[name])
    assert list(found) == list(FIELDS)
    for field, kind in FIELDS.items():
        assert found[field] is None or isinstance(found[field], kind), field


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_plain_json_and_comes_back_unchanged(name):
    found = exchanged(TEXTS[name])
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


def test_what_is_not_in_the_text_is_null_or_an_empty_list_and_never_an_empty_word():
    found = exchanged("")
    assert all(found[field] is None for field, kind in FIELDS.items() if kind is str and field != "id")
    assert all(found[field] == [] for field, kind in FIELDS.items() if kind is list)
    assert found["doubts"] == {}


def test_a_whole_letter_in_the_exchanged_form():  # A1, A2
    found = exchanged(LETTER)
    assert {name: found[name] for name in ("number", "symbol", "type", "date", "place")} == {
        "number": "07", "symbol": "BDT-VP", "type": "Công văn", "date": "2021-02-05", "place": "Minh Giang",
    }  # fmt: skip
    assert found["recipients"] == ["Như trên", "UBND Thành phố", "Lưu: VT, VP"]
    assert (found["signer_capacity"], found["signer_title"], found["signer_name"]) == (
        "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Phạm Thị Ngọc Ánh",
    )  # fmt: skip
    assert found["cites"][0] == {
        "number": "11-CT/TU", "date": "2021-02-03", "issuer": "Ban Thường vụ Thành ủy", "kind": "Chỉ thị",
    }  # fmt: skip


def test_a_title_is_the_first_words_of_a_top_level_clause():  # A6
    text = "1. " + " ".join(f"từ{n}" for n in range(40)) + "\n- Ý nhỏ\n2. Ngắn"
    titles = exchanged(text)["top_level_clause_titles"]
    assert titles == [" ".join(f"từ{n}" for n in range(TITLE_WORDS)), "Ngắn"]


def test_paragraphs_without_a_label_and_the_closing_order_have_no_title():
    assert exchanged("Một đoạn.\n\nĐoạn cuối./.")["top_level_clause_titles"] == []
    assert len(exchanged(LETTER)["top_level_clause_titles"]) == 3


@pytest.mark.parametrize("name", ["letter", "plan", "without head"])
def test_paths_are_printed_labels_joined_by_strokes(name):  # A6
    part = r"(?:[IVXL]+|\d{1,2}(?:\.\d{1,2})*|Điều \d+|[a-zđ]|[-+]\d+|¶\d+|KẾT)"
    for clause in exchanged(TEXTS[name])["clauses"]:
        assert re.fullmatch(rf"{part}(?:/{part})*", clause["path"])
        assert clause["text"]


def test_doubts_bear_the_names_of_the_form():
    assert exchanged(PLAN)["doubts"] == {"number": "blank", "date": "blank", "issuer": "from_body"}
    assert exchanged("Số: 5/KH-UBND\nV/v họp")["doubts"] == {"type": "from_symbol"}
    assert set(exchanged(PLAN)["doubts"]) <= set(FIELDS)


def test_a_day_is_written_as_iso():
    found = exchanged("Số: 5/TB-VP\nHà Nội, ngày 4 tháng 9 năm 2021")
    assert date.fromisoformat(found["date"]) == date(2021, 9, 4)


@needs_form
@pytest.mark.shared
def test_the_fields_are_those_that_the_description_names():
    described = (SHARED / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z_, ]+) \|", described, re.MULTILINE)
    named = {name.strip() for row in rows for name in row.split(",")} - {
        "field",
        "clause",
        "page_kind",
        "page_date",
        "notes",
    }
    assert named <= set(FIELDS)

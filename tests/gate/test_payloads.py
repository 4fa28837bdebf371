"""Whatever is held before the scanner: a pass of ours, or the one answer MÃ HẾT HẠN / SAI, and never a fault (S-10)."""

from django.urls import reverse

from taicho.gate.enums import GateVerdict
from taicho.gate.queries.checking import check
from taicho.gate.rules.codes import ALPHABET, MARK, new_code, new_token, payload, read_shown
from taicho.kernel import clock
from taicho.organisation.models import Person

CARD = "001080012345|123456789|Nguyễn Văn A|01011980|Nam|Số 1, Phường B|01012021"
HOSTILE = [
    "", " ", "\x00", "\x00" * 40, "\n", "A\nB", "\t", "'", '"', "\\", "%", "%s", "%(gate)s", "{}", "{{7*7}}", "{% load x %}",
    CARD, CARD + "||||", CARD.replace("|", "||"), CARD[:20], "|" * 6, "|" * 10, CARD.replace("01011980", "31021980"),
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "';DROP TABLE gate_entry;--", "1 OR 1=1", "' OR ''='",
    "$(id)", "`id`", "../../etc/passwd", "file:///etc/passwd", "javascript:alert(1)", "JAVASCRIPT:alert(1)",
    "http://example.invalid/", "https://example.invalid/cong/the", "data:text/html,<b>x", "tel:113", "sms:113",
    "WIFI:T:WPA;S:x;P:y;;", "BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD", "MECARD:N:A;;", "geo:0,0", "mailto:a@b",
    "00020101021138570010A000000727", "HC1:6BF+70790T9WJWG.FKY", "PC-COVID|1|A|0912345678", "MATMSG:TO:a;;",
    "\u202eTC1AAAA", "A\u202e\u202dB", "\u200b" * 6, "\ufeff", "é" * 6, "e\u0301" * 3, "ＡＢＣＤＥＦ\x00", "👍" * 6, "Đ" * 6,
    "\uffff", "TC1", "TC1" + "A" * 31, "TC1" + "A" * 33, "TC1" + "0" * 32, "TC1" + "1" * 32,
    "tc1" + "a" * 32, "TC2" + "A" * 32, "TC1" + "A" * 32, "TC1 " + "A" * 32, "A" * 5, "A" * 7, "000000", "IIIIII", "111111",
    "OOOOOO", "LLLLLL", "abc def g", "......", "------", "NULL", "None", "null", "true", "0x41", "1e999", "-1", "9" * 20,
    "A" * 79, "A" * 80, "A" * 81, "A" * 4296, "TC1" * 1432, CARD * 50, "\n" * 4296, "ﷺ" * 1000, "\u0301" * 4296,
]  # fmt: skip
MANGLED = [(place, letter) for place in (0, 1, 2, 3, 10, 20, 33, 34) for letter in "ABZ27019|\x00\n'<é"]


def test_no_foreign_code_opens_the_gate_or_breaks_it(gate):
    for words in HOSTILE:
        said = check(words, gate=gate.gate, at=clock.now(), device=gate.device)
        assert (said.verdict, said.person, said.name) == (GateVerdict.UNKNOWN_CODE, None, ""), words[:40]


def test_a_pass_with_one_letter_changed_opens_nothing(gate):
    whole = payload(gate.gate_pass.token)
    for place, letter in MANGLED:
        if whole[place] == letter:
            continue
        words = whole[:place] + letter + whole[place + 1 :]
        assert check(words, gate=gate.gate, at=clock.now(), device=gate.device).person is None, (place, letter)
    assert len(HOSTILE) + len(MANGLED) >= 200


def test_the_page_answers_every_foreign_code_alike_and_keeps_nothing_of_it(gate, at_gate):
    client, people = at_gate(), Person.objects.count()
    where = {client.post(reverse("gate:scan"), {"code": words}).url for words in HOSTILE}
    assert where == {reverse("gate:unknown")}
    page = client.get(reverse("gate:unknown")).content.decode()
    assert "MÃ HẾT HẠN / SAI" in page and "001080012345" not in page
    assert Person.objects.count() == people


def test_a_code_is_read_as_people_type_it(gate):
    code = gate.code
    for typed in (code, code.lower(), f"{code[:3]} {code[3:]}", f" {code[:3]}-{code[3:]} ", f"{code[:3]}.{code[3:]}"):
        assert check(typed, gate=gate.gate, at=clock.now(), device=gate.device).person == gate.people.staff.pk, typed


def test_tokens_and_codes_are_made_by_chance_out_of_clear_letters():
    tokens = {new_token() for _turn in range(200)}
    codes = {new_code() for _turn in range(200)}
    assert len(tokens) == 200 and all(len(token) == 32 for token in tokens)
    assert len(codes) > 195 and all(set(code) <= set(ALPHABET) for code in codes)
    assert not set("01ILO") & set(ALPHABET)
    assert read_shown(MARK + tokens.pop()) is not None


def test_nothing_personal_is_in_the_qr(gate):
    words = payload(gate.gate_pass.token)
    assert words.startswith(MARK) and len(words) == 35 and words.isalnum() and words.isupper()

"""A component that is called wrongly fails while the page is built, with a sentence for the builder."""

import pytest
from tools import build_front

from taicho.ui.contracts import PARTS, MisusedPart, check
from tests.ui.rendering import render

FILES = {p.stem for p in (build_front.UI / "templates" / "cotton").glob("*.html")}

MISUSES = {
    "a badge without a status": '<c-badge>đúng hạn</c-badge>',
    "a badge with a word of its own": '<c-badge status="fine">đúng hạn</c-badge>',
    "a button of an unknown kind": '<c-button kind="primary">Gửi</c-button>',
    "a sheet with an edge nobody knows": '<c-sheet edge="blue">x</c-sheet>',
    "a reason without document or decision": '<c-why until="hết 02/3/2021" />',
    "a reason with both": '<c-why document="CV 58" decision="quyết định của cơ quan" />',
    "a fifth square of confidence": '<c-confidence level="5" />',
    "a letter the roster does not have": '<c-letter letter="X" />',
    "a row without its hour": '<c-time-item>x</c-time-item>',
    "a dialog without a title": '<c-dialog id="a">x</c-dialog>',
    "a table without a label": '<c-table></c-table>',
    "a tile without a number": '<c-tile name="Tại cơ quan" />',
    "an inline style": '<c-sheet style="color:red">x</c-sheet>',
    "a class of the caller": '<c-badge status="late" class="big">x</c-badge>',
    "an inline handler": '<c-button onclick="go()">Gửi</c-button>',
    "a handler of htmx": '<c-button hx-on:click="go()">Gửi</c-button>',
    "a misspelt attribute": '<c-badge statuss="late" status="late">x</c-badge>',
    "an icon that was not vendored": '<c-button icon="rocket">Gửi</c-button>',
}  # fmt: skip


@pytest.mark.parametrize("template", MISUSES.values(), ids=MISUSES)
def test_misuse_is_refused(template):
    with pytest.raises(MisusedPart):
        render(template)


def test_every_component_has_a_contract_and_every_contract_a_component():
    assert set(PARTS) == FILES


def test_every_component_asks_for_its_contract():
    for name in FILES:
        text = (build_front.UI / "templates" / "cotton" / f"{name}.html").read_text(encoding="utf-8")
        assert f'{{% part "{name}" as rest %}}' in text, name
        assert "{{ attrs }}" not in text, f"{name}: attributes go through the contract, which escapes them"


@pytest.mark.parametrize("name", sorted(FILES))
def test_what_a_contract_takes_is_declared_with_a_default(name):
    text = (build_front.UI / "templates" / "cotton" / f"{name}.html").read_text(encoding="utf-8")
    declared = text.split("/>")[0] if text.startswith("<c-vars") else ""
    assert not [known for known in PARTS[name].known if f" {known}=" not in declared]


def test_every_contract_says_what_the_component_is_for():
    assert not [name for name, part in PARTS.items() if len(part.about) < 12]


def test_plain_attributes_pass_and_are_returned():
    assert check("badge", {"status": "late", "id": "b1", "data-key": "d"}, {"status": "late"}) == {
        "id": "b1",
        "data-key": "d",
    }


def test_the_refusal_names_the_component_and_the_words_it_knows():
    with pytest.raises(MisusedPart, match=r"<c-time-item>.*'now', 'late'"):
        render('<c-time-item time="8h" edge="red">x</c-time-item>')

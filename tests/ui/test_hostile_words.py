"""Whatever people type, a component keeps its shape: same tags, same attributes, every word as it was. # L3, S-06"""

import unicodedata
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from hypothesis import example, given, settings
from hypothesis import strategies as st

from taicho.ui.choices import Choice, Step
from taicho.ui.contracts import PARTS
from taicho.ui.day import Day, SlotState, slot_at
from taicho.ui.search import Found, Hit
from taicho.ui.shell import Hat, Wearer
from taicho.ui.specimens import MOMENT
from tests.ui.rendering import compiled, render
from tests.ui.structure import read, skeleton

CALM = "Phòng Tổng hợp"
HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "out of a double-quoted attribute": '" onmouseover="alert(1)" x="',
    "out of a single-quoted attribute": "' autofocus onfocus='alert(1)",
    "out of a textarea, a title and a comment": "</textarea></title>--><img src=x onerror=alert(1)>",
    "an entity that would open a tag": "&lt;script&gt;&#60;b&#62;&amp;quot;",
    "words of a template": "{{ settings.SECRET_KEY }}{% debug %}{# x #}",
    "ten thousand letters": "Ễ" * 10_000,
    "decomposed letters": unicodedata.normalize("NFD", "Nguyễn Đỗ Ễ Ộ Hằng"),
    "signs of faces, joined": "👩‍⚕️🇻🇳👨‍👩‍👧‍👦",
    "marks that turn the writing round": "\u202eđảo\u202c \u2066a\u2069 \u200f",
    "white space of every kind": "a\u00a0b\u2028c\u3000d",
    "an address that runs": "javascript:alert(1)",
}
CALLS = {
    "answers": '<c-answers :name="x" :sends="x" />',
    "badge": '<c-badge status="new" :title="x">{{ x }}</c-badge>',
    "bar": '<c-bar :value="1" :of="2" :cap="2" :label="x" />',
    "button": '<c-button :name="x" :value="x">{{ x }}</c-button><c-button :because="x">{{ x }}</c-button>',
    "confidence": '<c-confidence level="3" :title="x" />',
    "crumbs": '<c-crumbs :trail="trail" />',
    "day_ruler": '<c-day-ruler :day="day" />',
    "dialog": '<c-dialog id="d" :title="x">{{ x }}</c-dialog>',
    "error_summary": '<c-error-summary :form="wrong" />',
    "fact": '<c-fact :name="x" :note="x">{{ x }}</c-fact>',
    "facts": '<c-facts kind="prose" :title="x">{{ x }}</c-facts>',
    "field": '<c-field :field="wrong.name" :unit="x" :label="x" :hint="x" />',
    "figures": '<c-figures :items="figures" />',
    "filter": '<c-filter :choices="choices" :label="x" :clear="x">{{ x }}</c-filter>',
    "form": '<c-form :form="wrong" :action="x" :draft="x" :verb="x">{{ x }}</c-form>',
    "letter": '<c-letter letter="C" :title="x" />',
    "menu": '<c-menu :label="x">{{ x }}</c-menu>',
    "more": '<c-more :label="x">{{ x }}</c-more>',
    "page_head": '<c-page-head :title="x" :subtitle="x" :trail="trail" />',
    "pager": '<c-pager :page="page" :things="x" :sorted="x" :query="x" />',
    "paper_foot": '<c-paper-foot :at="at" :by="x" :record="x" :version="x" :code="x" />',
    "paper_head": '<c-paper-head :issuer="x" :place="x" :on="at" :parent="x" :number="x" :subject="x" />',
    "recipients": '<c-recipients :lines="lines" />',
    "segmented": '<c-segmented :choices="choices" :label="x" />',
    "sheet": '<c-sheet :title="x" :note="x">{{ x }}<c-slot name="foot">{{ x }}</c-slot></c-sheet>',
    "signature": '<c-signature :office="x" :name="x" :capacity="x" :post="x" />',
    "slot_clock": '<c-slot-clock :day="day" />',
    "stamp": '<c-stamp urgency="urgent" :title="x" />',
    "state": '<c-state kind="saved" :title="x">{{ x }}</c-state>',
    "steps": '<c-steps :steps="steps" :current="2" :label="x" />',
    "table": '<c-table :label="x" :caption="x"><tr><td>{{ x }}</td></tr></c-table>',
    "tile": '<c-tile :name="x" :number="x" :of="x" :note="x" :href="x" />',
    "tiles": '<c-tiles :title="x">{{ x }}</c-tiles>',
    "time_item": '<c-time-item :time="x" :left="x" :when="x">{{ x }}</c-time-item>',
    "time_list": '<c-time-list :label="x">{{ x }}</c-time-list>',
    "two_pane": '<c-two-pane :title="x">{{ x }}<c-slot name="aside">{{ x }}</c-slot></c-two-pane>',
    "why": '<c-why :document="x" :clause="x" :until="x" :href="x" /><c-why :decision="x" />',
    "hat": '{% include "ui/shell/hat.html" %}',
    "search hits": '{% include "ui/search/hits.html" %}',
    "nothing found": '{% include "ui/search/hits.html" with found=nothing %}',
    "rail link": '{% include "ui/shell/rail_links.html" with narrow=True %}',
    "message": '{% include "ui/shell/messages.html" %}',
}
COMPILED = {name: compiled(f"{{% load parts %}}{call}") for name, call in CALLS.items()}


def wrong_form(words):
    """A form whose one field holds and complains of `words`; a stand-in for what forms pass to components."""

    class Wrong(forms.Form):
        name = forms.CharField(label=words, help_text=words)

        def clean_name(self):
            raise forms.ValidationError(words)

    return Wrong({"name": words or "-"})


def everything(words):
    """All values the calls use, each holding `words` where people's words can come."""
    hat = Hat(words, words, words, words)
    slot = slot_at(words, MOMENT.time(), SlotState.DUE, MOMENT)
    return {
        "x": words, "trail": [(words, words), (words, "")], "day": Day(MOMENT, (slot,)), "wrong": wrong_form(words),
        "figures": [(words, words)], "choices": [Choice(words, words, 1, chosen=True), Choice(words, words)],
        "page": Paginator(range(30), 10).page(2), "at": MOMENT, "lines": [words, words],
        "steps": [Step(words, words), Step(words), Step(words)],
        "wearer": Wearer(words, words, hat, (hat, Hat("other", words)), words, ((words, words),)),
        "found": Found(words, words.casefold(), ((words, (Hit(words, words, words),)),)), "nothing": Found(words, "ab"),
        "links": [SimpleNamespace(label=words, icon="inbox", url=words, current=True, count=2)],
        "messages": [Message(SUCCESS, words)],
    }  # fmt: skip


def shown(name, words):
    return COMPILED[name].render(everything(words))


def test_every_component_is_tried():
    assert set(PARTS) <= set(CALLS)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", [name for name in CALLS if name != "search hits"])
def test_hostile_words_change_no_tag_and_no_attribute(name, words):
    assert skeleton(shown(name, words)) == skeleton(shown(name, CALM))


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_a_search_hit_gains_nothing_but_its_mark(words):
    tags = [tag for tag in skeleton(shown("search hits", words)) if tag not in (("mark", ()), "/mark")]
    assert tags == [tag for tag in skeleton(shown("search hits", CALM)) if tag not in (("mark", ()), "/mark")]


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=60))
@example("<" * 50)
@example("&quot;&#x27;")
def test_any_words_come_back_as_they_went_in(words):
    for name in ("sheet", "fact", "table"):
        reader = read(shown(name, words))
        assert words in reader.words or words in "".join(reader.words), name


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_words_in_an_attribute_stay_one_attribute(words):
    for name in ("bar", "menu", "crumbs", "filter"):
        assert skeleton(shown(name, words)) == skeleton(shown(name, CALM)), name
    assert words in read(shown("bar", words)).values


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_the_title_of_a_whole_page_stays_the_title(words):
    page = '{% extends "ui/entry.html" %}{% block title %}{{ x }}{% endblock %}{% block page %}<h1>{{ x }}</h1>{% endblock %}'
    assert skeleton(render(page, x=words)) == skeleton(render(page, x=CALM))


@pytest.mark.parametrize(
    "key", ["onclick", "onmouseover", "style", "class", "srcdoc", "hx-on", "hx-on:click", "a b", "x>"]
)
def test_no_call_adds_an_attribute_that_could_run_or_dress(key):
    from taicho.ui.contracts import MisusedPart, check

    with pytest.raises(MisusedPart):
        check("badge", {"status": "new", key: "x"}, {"status": "new"})


def test_words_marked_safe_by_mistake_are_the_only_way_in_and_none_of_ours_is():
    calm, loud = shown("state", CALM), shown("state", "<b>đậm</b>")
    assert "<b>đậm</b>" not in loud
    assert "&lt;b&gt;đậm&lt;/b&gt;" in loud
    assert calm.count("<b>") == loud.count("<b>")

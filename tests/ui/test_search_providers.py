"""Providers of the search box: their order, how much they are asked, what they may show to whom. # L3, S-01"""

from itertools import count
from uuid import UUID

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from taicho.kernel.actor import ANONYMOUS, Actor
from taicho.kernel.vietnamese import fold
from taicho.ui import shell
from taicho.ui.commands import menu_hits, providers
from taicho.ui.search import LIMIT_PER_PROVIDER, Hit, find, marked
from tests.ui.actor import OFFICER, OTHER
from tests.ui.structure import read


def always(*hits):
    return lambda actor, query, limit: hits


def titles(found):
    return [(kind, [hit.title for hit in hits]) for kind, hits in found.groups]


def test_answers_stand_in_the_order_in_which_areas_registered_and_the_menu_comes_last():
    registry = shell.Registry(search={"people": always(), "units": always()})
    assert list(providers(registry)) == ["people", "units", "menu"]


def test_hits_of_one_heading_stand_together_though_two_providers_found_them():
    found = find(OFFICER, "an", {
        "people": always(Hit("An", "/1", kind="Người"), Hit("Phòng An", "/2", kind="Đơn vị")),
        "former": always(Hit("An cũ", "/3", kind="Người")),
    })  # fmt: skip
    assert titles(found) == [("Người", ["An", "An cũ"]), ("Đơn vị", ["Phòng An"])]
    assert found.total == 3


def test_a_provider_without_end_is_asked_for_no_more_than_the_box_holds():
    taken = []

    def endless(actor, query, limit):
        for number in count():
            taken.append(number)
            yield Hit(str(number), "/")

    assert find(OFFICER, "an", {"endless": endless}).total == LIMIT_PER_PROVIDER
    assert len(taken) == LIMIT_PER_PROVIDER


def test_every_provider_has_its_own_share_so_none_crowds_the_others_out():
    many = always(*[Hit(f"Người {n}", "/", kind="Người") for n in range(50)])
    found = find(OFFICER, "an", {"many": many, "few": always(Hit("Phòng An", "/", kind="Đơn vị"))})
    assert [(kind, len(hits)) for kind, hits in found.groups] == [("Người", LIMIT_PER_PROVIDER), ("Đơn vị", 1)]


def test_each_provider_is_told_who_asks_and_shows_that_person_only_what_is_theirs():
    def visible_to(actor, query, limit):
        return [Hit("Hồ sơ của tôi", "/")] if actor == OFFICER else []

    assert find(OFFICER, "ho so", {"x": visible_to}).total == 1
    assert find(OTHER, "ho so", {"x": visible_to}).total == 0
    assert find(ANONYMOUS, "ho so", {"x": visible_to}).total == 0


@pytest.mark.parametrize("typed", ["Đỗ", "đỗ", "ĐỖ", "Đô\u0303", "\u00d0ỗ", "\u0189ỗ", "do", "DO"])
def test_d_with_stroke_is_found_however_the_keyboard_wrote_it(typed):
    asked = []
    find(OFFICER, typed, {"x": lambda actor, query, limit: asked.append(query) or []})
    assert asked == ["do"]


@pytest.mark.parametrize("typed", ["\u200b\u200ba", "\u202ea", "a\u0301", "\x00a", "😀"])
def test_invisible_signs_and_marks_make_no_query_longer(typed):
    def never(*_):
        raise AssertionError("asked")

    assert not find(OFFICER, typed, {"x": never}).asked


@given(st.text(max_size=120))
def test_whatever_is_typed_what_is_asked_is_folded_and_short(typed):
    asked = []
    found = find(OFFICER, typed, {"x": lambda actor, query, limit: asked.append(query) or []})
    assert found.asked == bool(asked)
    for query in asked:
        assert query == fold(query)
        assert len(query) >= 2


@given(st.text(max_size=80), st.text(max_size=12))
def test_marking_changes_no_letter_of_the_title(title, query):
    assert read(marked(title, fold(query))).words_together() == read(marked(title, "")).words_together()


@given(st.sampled_from(["Đặng Quốc Bảo", "Phòng Tổng hợp", "Trạm Y tế xã Đông Hà", "Lê <Ánh>"]), st.data())
def test_what_is_marked_is_what_was_typed(title, data):
    words = title.split()
    start = data.draw(st.integers(0, len(words) - 1))
    query = fold(" ".join(words[start : data.draw(st.integers(start + 1, len(words)))]))
    inside = str(marked(title, query)).split("<mark>")[1].split("</mark>")[0]
    assert fold(read(inside).words_together()) == query


def entry(label, order, **more):
    return shell.MenuEntry(label, label, "inbox", "ui:help", order, **more)


def test_the_menu_answers_in_its_own_order_and_no_more_than_asked():
    entries = {e.key: e for e in (entry("Báo cáo tuần", 9), entry("Báo cáo nhanh", 1), entry("Lịch trực", 2))}
    registry = shell.Registry(menu=entries)
    assert [hit.title for hit in menu_hits(OFFICER, "bao cao", 8, registry)] == ["Báo cáo nhanh", "Báo cáo tuần"]
    assert [hit.title for hit in menu_hits(OFFICER, "bao cao", 1, registry)] == ["Báo cáo nhanh"]


def test_the_menu_is_found_in_the_language_of_the_page():
    from django.utils.translation import gettext_lazy

    registry = shell.Registry(menu={"help": entry(gettext_lazy("Trợ giúp"), 1)})
    with translation.override("en"):
        assert [hit.title for hit in menu_hits(OFFICER, "help", 8, registry)] == ["Help"]
    assert list(menu_hits(OFFICER, "help", 8, registry)) == []
    assert [hit.title for hit in menu_hits(OFFICER, "tro giup", 8, registry)] == ["Trợ giúp"]


def test_a_provider_cannot_take_the_name_of_another(monkeypatch):
    monkeypatch.setattr(shell, "registry", shell.Registry())
    shell.register_search("people", always())
    with pytest.raises(ValueError, match="'people' is already registered"):
        shell.register_search("people", always())


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["x" * 5000, "%_%", "'; drop table", "a\x00b", "\ue000\uffff", "🇻🇳🇻🇳", "đ" * 101])
def test_the_search_page_stands_whatever_is_typed(client, typed, monkeypatch):
    seen = []
    monkeypatch.setitem(shell.registry.search, "x", lambda actor, query, limit: seen.append(query) or [])
    page = client.get("/tim", {"q": typed, "as": "officer"})
    assert page.status_code == 200
    assert all(len(query) <= 200 for query in seen)


@pytest.mark.django_db
def test_a_fragment_is_for_the_box_only_when_htmx_says_so_exactly(client):
    for header in ({}, {"HX-Request": "false"}, {"HX-Request": "1"}):
        assert "<html" in client.get("/tim?q=an&as=officer", headers=header).content.decode()
    assert "<html" not in client.get("/tim?q=an&as=officer", headers={"HX-Request": "true"}).content.decode()


def test_the_one_who_asks_is_one_person_and_not_a_role():
    asked = []
    one = Actor(person=UUID(int=7))
    find(one, "an", {"x": lambda actor, query, limit: asked.append(actor) or []})
    assert asked == [one]

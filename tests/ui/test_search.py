"""One search box: accent-blind, bounded, asking only providers that obey the actor (ux.md 1.7, 3.2; S-01, S-06)."""

from uuid import UUID

import pytest
from django.test import RequestFactory

from taicho.kernel.actor import ANONYMOUS, Actor
from taicho.ui import shell
from taicho.ui.commands import menu_hits
from taicho.ui.search import LONGEST_QUERY, Hit, find, marked
from taicho.ui.web.search import search

OFFICER = Actor(person=UUID(int=1))


def people(actor, query, limit):
    names = ["Đặng Quốc Bảo", "Đỗ Thị Dung", "Nguyễn An"]
    from taicho.kernel.vietnamese import fold

    return [Hit(name, f"/{n}", kind="Người") for n, name in enumerate(names) if query in fold(name)]


@pytest.mark.parametrize("typed", ["dang", "Đặng", "ĐẶNG QUỐC", " dang  ", "đặng quoc", "Đặng"])
def test_accents_case_and_composition_do_not_matter(typed):
    found = find(OFFICER, typed, {"people": people})
    assert [hit.title for _, hits in found.groups for hit in hits] == ["Đặng Quốc Bảo"]


@pytest.mark.parametrize("typed", ["", " ", "d", " đ "])
def test_fewer_than_two_letters_ask_nobody(typed):
    def never(*_):
        raise AssertionError("asked")

    assert not find(OFFICER, typed, {"x": never}).asked


def test_a_provider_gets_the_actor_and_cannot_flood_the_box():
    asked = []

    def many(actor, query, limit):
        asked.append((actor, query, limit))
        return [Hit(str(n), "/") for n in range(1000)]

    found = find(OFFICER, "an", {"many": many})
    assert found.total == 8
    assert asked == [(OFFICER, "an", 8)]


def test_a_query_is_cut_before_it_is_folded():
    assert len(find(OFFICER, "a" * 10_000, {}).query) == LONGEST_QUERY


@pytest.mark.parametrize(
    ("title", "query", "shown"),
    [
        ("Đặng Quốc Bảo", "dang quoc", "<mark>Đặng Quốc</mark> Bảo"),
        ("Nguyễn An", "dang", "Nguyễn An"),
        ("<b>Đỗ</b>", "do", "&lt;b&gt;<mark>Đỗ</mark>&lt;/b&gt;"),
        ("<script>", "script", "&lt;<mark>script</mark>&gt;"),
    ],
)
def test_what_matched_is_marked_and_everything_is_escaped(title, query, shown):
    assert marked(title, query) == shown


def test_menu_entries_are_found_as_commands_but_only_those_one_may_see():
    registry = shell.Registry()
    for key, allowed in (("Văn bản đến", True), ("Văn bản mật", False)):
        registry.menu[key] = shell.MenuEntry(
            key, key, "inbox", "ui:help", 1, may_see=lambda _, allowed=allowed: allowed
        )
    assert [hit.title for hit in menu_hits(OFFICER, "van ban", 8, registry)] == ["Văn bản đến"]


def ask(query, actor=OFFICER, **headers):
    request = RequestFactory().get("/tim", {"q": query}, headers=headers)
    request.actor = actor
    return search(request)


@pytest.mark.django_db
def test_the_page_works_without_script_and_the_live_box_gets_the_same_hits(monkeypatch):
    monkeypatch.setitem(shell.registry.search, "people-of-this-test", people)
    page, fragment = ask("dung").content.decode(), ask("dung", **{"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert "<html" not in fragment
    assert fragment.strip() in page


@pytest.mark.django_db
def test_page_and_fragment_are_cached_apart():
    assert "HX-Request" in ask("dung").headers["Vary"]


@pytest.mark.django_db
def test_nothing_found_is_said_in_words_with_what_was_typed_escaped():
    html = ask("<b>zzz").content.decode()
    assert "Không tìm thấy “&lt;b&gt;zzz”" in html


@pytest.mark.django_db
def test_a_visitor_searches_nothing():
    assert ask("dung", actor=ANONYMOUS).status_code == 302

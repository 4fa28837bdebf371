"""The frame around every page shows what the actor may see, and nothing else (ux.md 3.2; S-01)."""

from uuid import UUID

import pytest
from django.test import RequestFactory
from django.urls import reverse

from taicho.kernel.actor import ANONYMOUS, Actor
from taicho.ui import shell, specimens
from taicho.ui.frame import Frame
from tests.ui.rendering import render

OFFICER = Actor(person=UUID(int=1))


def entry(key, order=0, **more):
    return shell.MenuEntry(**{"key": key, "label": key, "icon": "inbox", "url_name": "ui:help", "order": order} | more)


def frame(*entries, actor=OFFICER, path="/", place="menu", **others):
    registry = shell.Registry(**others)
    getattr(registry, place).update({e.key: e for e in entries})
    request = RequestFactory().get(path)
    request.actor = actor
    return Frame(request, registry)


def test_an_entry_is_shown_only_to_those_its_predicate_lets_in():
    mine = entry("mine", may_see=lambda actor: actor == OFFICER)
    assert [link.label for link in frame(mine).menu] == ["mine"]
    assert frame(mine, actor=Actor(person=UUID(int=2))).menu == []


def test_a_visitor_has_no_menu_and_no_hat():
    anonymous = frame(entry("a"), actor=ANONYMOUS, wearer=lambda actor: shell.Wearer("x", "y"))
    assert (anonymous.menu, anonymous.wearer, anonymous.owner) == ([], None, "")


def test_entries_stand_in_their_order():
    assert [link.label for link in frame(entry("b", 2), entry("a", 3), entry("c", 1)).menu] == ["c", "b", "a"]


def test_seven_entries_fit_and_the_eighth_sends_two_under_more():
    assert len(frame(*[entry(str(n), n) for n in range(7)]).menu) == 7
    eight = frame(*[entry(str(n), n) for n in range(8)])
    assert ([link.label for link in eight.menu], [link.label for link in eight.more]) == (list("012345"), ["6", "7"])


def test_more_stands_open_when_the_page_is_under_it():
    others = [entry(str(n), n) for n in range(7)]
    assert frame(*others, entry("last", 9, url_name="ui:search"), path=reverse("ui:search")).more_open
    assert not frame(*others, entry("last", 9, url_name="ui:search"), path="/").more_open


def test_the_phone_bar_has_four_places():
    assert len(frame(*[entry(str(n), n) for n in range(6)], place="bar").bar) == 4


def test_the_entry_with_the_longest_matching_address_is_the_current_one():
    both = (entry("help"), entry("search", url_name="ui:search", under=("/tro-giup/rieng",)))
    current = {link.label: link.current for link in frame(*both, path="/tro-giup/rieng/1").menu}
    assert current == {"help": False, "search": True}


def test_an_address_that_only_begins_alike_is_not_the_current_one():
    assert not frame(entry("help"), path="/tro-giupx").menu[0].current


def test_nothing_to_do_shows_no_counter():
    assert frame(entry("a", count=lambda actor: 0)).menu[0].count is None
    assert frame(entry("a", count=lambda actor: 3)).menu[0].count == 3


def test_the_ruler_asks_the_one_provider_and_falls_back_to_the_bare_moment(db):
    given = specimens._days()["calm"]
    assert frame(day=lambda actor, at: given).day is given
    assert frame(day=lambda actor, at: None).day.slots == ()
    assert frame().day.slots == ()


def test_no_provider_is_asked_before_a_template_needs_it():
    def never(*_):
        raise AssertionError("asked too early")

    frame(entry("a", count=never), wearer=never, day=never)


def test_a_draft_mark_tells_persons_apart_and_names_nobody():
    one, other = frame().owner, frame(actor=Actor(person=UUID(int=2))).owner
    assert one != other
    assert str(OFFICER.person) not in one


@pytest.mark.parametrize("register", ["register_menu", "register_phone_bar", "register_guard_key"])
def test_two_areas_cannot_take_the_same_place(monkeypatch, register):
    monkeypatch.setattr(shell, "registry", shell.Registry())
    getattr(shell, register)(entry("x"))
    with pytest.raises(ValueError, match="already registered"):
        getattr(shell, register)(entry("x"))


def test_there_is_one_wearer_and_one_day(monkeypatch):
    monkeypatch.setattr(shell, "registry", shell.Registry())
    for register in (shell.register_wearer, shell.register_day):
        register(lambda *_: None)
        with pytest.raises(ValueError, match="Another area"):
            register(lambda *_: None)


def test_the_hats_are_offered_in_one_form_with_the_worn_one_marked():
    hats = tuple(specimens._hats())
    wearer = shell.Wearer("Trần Đức Lộc", "Văn phòng", hats[0], hats, "/doi-tu-cach", (("Ra khỏi hệ thống", "/ra"),))
    html = render('{% include "ui/shell/hat.html" %}', wearer=wearer)
    assert html.count('name="hat"') == 3
    assert html.count('aria-current="true"') == 1
    assert 'action="/doi-tu-cach"' in html
    assert "csrfmiddlewaretoken" in html


def test_someone_with_one_hat_is_not_asked_to_choose():
    hat = specimens._hats()[0]
    html = render('{% include "ui/shell/hat.html" %}', wearer=shell.Wearer("A", "B", hat, (hat,), "/doi"))
    assert 'name="hat"' not in html

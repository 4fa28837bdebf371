"""What every page about units, bodies, authorities and places has in common: a trail, a way back, safe words."""

import pytest
from django.urls import reverse

from taicho.organisation.actions.authorities import edit_authority
from taicho.organisation.actions.places import add_gate, edit_site
from taicho.organisation.actions.units import rename_unit
from taicho.organisation.models import StandingBody
from tests.organisation.browsing import BODIES, PLACES, STRUCTURE, at, pages_of
from tests.organisation.land import NOW, SETUP
from tests.organisation.page_parts import links, page_of, trail
from tests.organisation.standing_land import built, land, own, people, things  # noqa: F401

SHOWN = {"unit", "body", "authority", "site"}
ASKED = (STRUCTURE | BODIES | PLACES) - {"appoint"}


@pytest.fixture
def admin(things, people, enter):
    """The administrator of the province."""
    return enter(people.administrator)


def test_every_page_below_a_list_says_where_one_is_and_every_way_back_opens(things, people, admin):  # look
    ways = set()
    for name in sorted(SHOWN | ASKED):
        page = page_of(admin.get(pages_of(things, people)[name]))
        steps = trail(page)
        assert [leads for _, leads in steps] == [True] * (len(steps) - 1) + [False], name
        assert len(steps) >= 2, name
        ways |= set(links(page.one("ol", "crumbs")).values())
        if name in ASKED:
            assert len(list(page.one("main").all(css="button-solid"))) == 1, name
            ways.add(links(page.one("main"))["Thôi"])
    assert {way: admin.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_the_page_that_ends_a_post_says_whose_and_leads_back_to_the_person(things, people, admin):  # B3
    page = page_of(admin.get(at("end-post", things.post)))
    assert trail(page) == [("Danh bạ", True), ("Đặng Thị Hồng", True), ("Kết thúc chức vụ", False)]
    assert "Đặng Thị Hồng · Giám đốc Sở, Sở Khoa học và Công nghệ" in page.one("div", "page-head").text


def test_the_form_for_a_top_level_unit_leads_back_to_the_tree(admin):
    page = page_of(admin.get(reverse("organisation:new-top-unit")))
    assert links(page.one("main"))["Thôi"] == at("tree")


HOSTILE = "<script>alert('x')</script>\"><b>đậm"


def test_a_name_that_looks_like_markup_is_shown_as_it_was_typed_and_never_run(things, people, admin):  # S-06
    rename_unit(things.department, by=SETUP, seen=1, on=NOW.date(), name=HOSTILE)
    edit_authority(things.station, by=SETUP, seen=1, name=HOSTILE, address=HOSTILE)
    edit_site(things.site, by=SETUP, seen=1, name=HOSTILE, address=HOSTILE)
    add_gate(things.site, by=SETUP, name=HOSTILE)
    StandingBody.objects.filter(pk=things.body.pk).update(name=HOSTILE)
    addresses = [at(name) for name in ("tree", "bodies", "authorities", "sites")]
    addresses += [
        pages_of(things, people)[name] for name in (*SHOWN, "rename-unit", "merger", "end-authority", "edit-site")
    ]
    for address in addresses:
        answer = admin.get(address)
        assert b"<script>alert" not in answer.content, address
        main = page_of(answer).one("main")
        typed = [control.attrs.get("value") for control in main.all("input")]
        assert HOSTILE in main.text or HOSTILE in typed, address


def test_a_key_that_nobody_has_is_not_found_and_one_that_is_none_neither(things, admin):  # D13
    for name in ("authority", "edit-gate", "merger"):
        known = at(name, things.province)
        assert (
            admin.get(known.replace(str(things.province.key), "00000000-0000-4000-8000-000000000000")).status_code
            == 404
        )
        assert admin.get(known.replace(str(things.province.key), "1%27%20or%201")).status_code == 404

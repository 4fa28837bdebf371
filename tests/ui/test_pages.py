"""Pages of the shell: errors say what happened and what to do; a drill is said everywhere (ux.md 6)."""

import re
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse

from taicho.kernel.actor import ANONYMOUS, Actor
from taicho.kernel.refusals import Conflict, NotPermitted, Refusal
from taicho.ui.web import errors
from tests.ui.rendering import render

OFFICER = Actor(person=UUID(int=1))
DRILL = "DIỄN TẬP – không phải tình huống thật"
SHEETS = ("guard", "wall", "paper", "landscape", "entry", "wide", "contracts")


def request(actor=OFFICER, method="get"):
    made = getattr(RequestFactory(), method)("/x")
    made.actor = actor
    return made


REFUSED = {
    "400": (errors.bad_request, Refusal("Năm sinh 1884 không đúng.", code="x"), 400, "Năm sinh 1884 không đúng."),
    "403": (
        errors.forbidden,
        NotPermitted("Chỉ Văn phòng xem được sổ khách.", code="x"),
        403,
        "Chỉ Văn phòng xem được sổ khách.",
    ),
    "403 of Django": (errors.forbidden, PermissionDenied(), 403, "không cho phép việc này"),
    "404": (errors.not_found, Http404(), 404, "không thuộc phạm vi đồng chí được xem"),
    "409": (errors.conflict, Conflict("Ông An sửa lúc 10h40.", code="x"), 409, "Ông An sửa lúc 10h40."),
}


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [OFFICER, ANONYMOUS], ids=["signed in", "visitor"])
@pytest.mark.parametrize(("view", "exception", "status", "said"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_a_page_of_the_shell_with_its_sentence(view, exception, status, said, actor):
    answer = view(request(actor), exception)
    html = answer.content.decode()
    assert answer.status_code == status
    assert said in html
    assert ('class="rail"' in html) == actor.signed_in
    assert "data-failed" in html, "a draft is not thrown away because of an error page"


@pytest.mark.django_db
def test_a_missing_page_and_a_foreign_one_look_the_same():
    one = errors.not_found(request(), Http404("No Person matches")).content
    other = errors.not_found(request(), Http404()).content
    assert one == other


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_failure_says_what_happened_to_the_input_and_gives_a_code_that_is_in_the_log(method, caplog):
    html = errors.broken(request(method=method)).content.decode()
    code = re.search(r"<b>([2-9A-Z]{4})</b>", html)[1]
    assert f"Error code {code}" in caplog.text
    said = "Hệ thống chưa ghi gì của lần gửi này" if method == "post" else "Không có dữ liệu nào thay đổi"
    assert said in html


def test_the_failure_page_needs_neither_database_nor_actor():
    bare = RequestFactory().get("/x")
    assert errors.broken(bare).status_code == 500  # no django_db mark: a query would fail this test


@pytest.mark.django_db
def test_a_page_left_open_too_long_says_so():
    answer = errors.csrf_failure(request(), reason="CSRF token missing")
    assert answer.status_code == 403
    assert "CSRF" not in answer.content.decode()
    assert "tải lại trang rồi gửi lại" in answer.content.decode()


@pytest.mark.django_db
def test_help_is_open_to_everyone(client):
    answer = client.get(reverse("ui:help"))
    assert answer.status_code == 200
    assert "Thước ngày" in answer.content.decode()


@pytest.mark.django_db
def test_the_language_is_changed_by_a_post_and_leads_back_to_the_page(client):
    answer = client.post(reverse("ui:language"), {"language": "en", "next": "/tro-giup"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/tro-giup")
    assert client.get("/tro-giup").content.decode().startswith('<!doctype html>\n<html lang="en">')
    assert client.get(reverse("ui:language")).status_code == 405


@pytest.mark.django_db
def test_the_language_form_leads_to_no_other_host(client):
    answer = client.post(reverse("ui:language"), {"language": "en", "next": "//evil.example/x"})
    assert answer.headers["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", ["", *SHEETS])
def test_components_are_shown_to_builders_only(client, settings, sheet):
    address = f"/components/{sheet}"
    settings.SHOW_COMPONENTS = False
    assert client.get(address).status_code == 404
    settings.SHOW_COMPONENTS = True
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_there_is_no_further_specimen(client, settings):
    settings.SHOW_COMPONENTS = True
    assert client.get("/components/all").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", ["", *SHEETS])
def test_a_drill_is_said_on_every_shell_and_only_in_a_drill(client, settings, sheet):
    settings.SHOW_COMPONENTS = True
    band = {"paper": "paper-drill", "landscape": "paper-drill"}.get(sheet, "drill-band")
    for drill in (True, False):
        settings.TAICHO_DRILL = drill
        html = client.get(f"/components/{sheet}").content.decode()
        assert (band in html and DRILL in html) == drill
        assert ("data-drill>" in html or "data-drill " in html) == drill


@pytest.mark.django_db
def test_a_printed_drill_says_so_at_head_and_foot(client, settings):
    settings.SHOW_COMPONENTS = settings.TAICHO_DRILL = True
    assert client.get("/components/paper").content.decode().count('class="paper-drill"') == 2


class Wrong:
    errors = {"name": ["x"]}


def test_the_title_begins_with_the_word_error_when_the_form_has_some():
    page = '{% extends "ui/entry.html" %}{% block title %}Nhập khách{% endblock %}'
    assert "<title>Lỗi: Nhập khách – Tại Chỗ</title>" in render(page, form=Wrong())
    assert "<title>Nhập khách – Tại Chỗ</title>" in render(page)


@pytest.mark.django_db
def test_every_page_has_language_skip_link_one_heading_and_the_safe_htmx_settings(client):
    html = client.get("/tro-giup").content.decode()
    assert '<html lang="vi">' in html
    assert html.index('class="skip"') < html.index("<header")
    assert html.count("<h1") == 1
    for safe in ('"allowEval":false', '"includeIndicatorStyles":false', '"selfRequestsOnly":true'):
        assert safe in html


@pytest.mark.django_db
def test_help_stands_in_the_same_corner_after_search_ruler_clock_and_connection(client, settings):
    settings.SHOW_COMPONENTS = True
    html = render('{% include "ui/shell/top.html" %}', actor=OFFICER, shell=_frame())
    order = [
        html.index(mark) for mark in ("data-search", "data-ruler", "data-slot-clock", "data-connection", "Trợ giúp")
    ]
    assert order == sorted(order)


def _frame():
    from taicho.ui.frame import Frame

    return Frame(request())

"""A page finds (404), permits (403 with the reason), reads read-only and writes atomically."""

from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import InternalError
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from taicho.kernel.actor import ANONYMOUS, Actor
from taicho.kernel.models import NewsItem
from taicho.kernel.pages import anyone, page, signed_in
from taicho.kernel.policy import policy
from taicho.kernel.refusals import NotPermitted

pytestmark = pytest.mark.django_db
SOMEONE = Actor(person=uuid4())
NOON = "2021-09-04T05:00:00Z"


@policy("Chỉ người phụ trách sửa được.")
def in_charge(actor, thing=None):
    return thing == "mine"


def find(actor, name):
    if name == "foreign":
        raise ObjectDoesNotExist
    return name


def visit(view, method="get", actor=SOMEONE, **route):
    request = getattr(RequestFactory(), method)("/noi-nay?x=1")
    request.actor = actor
    return view(request, **route)


@page(read=signed_in, write=in_charge, find=find)
def thing_page(request, thing):
    return HttpResponse(thing)


def test_an_object_outside_the_scope_is_not_there():
    with pytest.raises(Http404):
        visit(thing_page, name="foreign")


def test_a_foreign_object_is_not_there_for_writing_either():
    with pytest.raises(Http404):
        visit(thing_page, "post", name="foreign")


def test_an_object_in_scope_is_shown():
    assert visit(thing_page, name="yours").content == b"yours"


def test_writing_without_the_right_is_refused_with_the_reason():
    with pytest.raises(NotPermitted, match="Chỉ người phụ trách sửa được"):
        visit(thing_page, "post", name="yours")


def test_writing_with_the_right_goes_on():
    assert visit(thing_page, "post", name="mine").content == b"mine"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_a_method_that_is_not_declared_answers_405_and_names_those_that_are(method):
    answer = visit(thing_page, method, name="mine")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


def test_a_page_without_a_write_policy_takes_no_post():
    @page(read=anyone)
    def reading(request):
        return HttpResponse()

    assert visit(reading, "post").status_code == 405


def test_someone_not_signed_in_is_sent_to_the_entrance_and_back():
    answer = visit(thing_page, actor=ANONYMOUS, name="yours")
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=%2Fnoi-nay%3Fx%3D1")


def test_a_page_open_to_anyone_needs_no_sign_in():
    @page(read=anyone)
    def open_page(request):
        return HttpResponse("mở")

    assert visit(open_page, actor=ANONYMOUS).status_code == 200


def test_a_page_that_reads_cannot_write():
    @page(read=signed_in)
    def sly(request):
        NewsItem.objects.create(kind="x", payload={}, announced_at=NOON)
        return HttpResponse()

    with pytest.raises(InternalError, match="read-only"):
        visit(sly)


def test_a_page_that_fails_half_way_has_written_nothing():
    @page(write=signed_in)
    def broken(request):
        NewsItem.objects.create(kind="x", payload={}, announced_at=NOON)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        visit(broken, "post")
    assert not NewsItem.objects.exists()


def test_writing_is_possible_again_after_reading():
    visit(thing_page, name="yours")
    assert NewsItem.objects.create(kind="x", payload={}, announced_at=NOON).pk


@page(read=in_charge, write=in_charge)
def office_page(request):
    return HttpResponse("sổ trực")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_without_an_object_of_its_own_asks_its_policy_too(method):
    with pytest.raises(NotPermitted, match="Chỉ người phụ trách sửa được"):
        visit(office_page, method)


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_whoever_has_not_signed_in_comes_to_the_entrance_before_anything_is_looked_for(method):
    answer = visit(thing_page, method, actor=ANONYMOUS, name="foreign")
    assert (answer.status_code, answer["Location"].startswith("/")) == (302, True)


def test_what_is_looked_for_is_looked_for_in_the_scope_of_the_actor():
    asked = []

    @page(read=signed_in, find=lambda actor, **route: asked.append((actor, route)) or "thing")
    def scoped(request, thing):
        return HttpResponse(thing)

    assert visit(scoped, name="a", number=7).content == b"thing"
    assert asked == [(SOMEONE, {"name": "a", "number": 7})]


def test_only_what_is_not_there_is_not_found_a_fault_of_ours_stays_a_fault():
    def faulty(actor, name):
        raise ZeroDivisionError

    @page(read=signed_in, find=faulty)
    def broken(request, thing):
        return HttpResponse()

    with pytest.raises(ZeroDivisionError):
        visit(broken, name="a")


def test_a_head_request_reads_as_a_get_does_and_cannot_write_either():
    assert visit(thing_page, "head", name="yours").status_code == 200

    @page(read=signed_in)
    def sly(request):
        NewsItem.objects.create(kind="x", payload={}, announced_at=NOON)
        return HttpResponse()

    with pytest.raises(InternalError, match="read-only"):
        visit(sly, "head")


def test_reading_is_decided_by_the_policy_for_reading_and_writing_by_that_for_writing():
    assert visit(thing_page, "get", name="yours").status_code == 200
    with pytest.raises(NotPermitted):
        visit(thing_page, "post", name="yours")


@pytest.mark.parametrize(
    ("declared", "allowed"), [({"write": anyone}, "POST"), ({"read": anyone}, "GET, HEAD"), ({}, "")]
)
def test_a_page_takes_exactly_what_it_declares(declared, allowed):
    @page(**declared)
    def declared_page(request):
        return HttpResponse()

    answer = visit(declared_page, "delete")
    assert (answer.status_code, answer["Allow"]) == (405, allowed)
    assert declared_page.page.methods == [word for word in allowed.split(", ") if word]


def test_a_page_keeps_its_name_and_shows_what_it_declared():
    assert thing_page.__name__ == "thing_page"
    assert (thing_page.page.read, thing_page.page.write, thing_page.page.find) == (signed_in, in_charge, find)


def test_a_page_that_writes_and_succeeds_has_written():
    @page(write=signed_in)
    def sound(request):
        NewsItem.objects.create(kind="x", payload={}, announced_at=NOON)
        return HttpResponse()

    visit(sound, "post")
    assert NewsItem.objects.count() == 1

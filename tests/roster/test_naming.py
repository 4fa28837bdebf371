"""Who holds a post that a document names only by its work: named by the office, kept once, seen by whom it concerns. # D4"""

import html

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.organisation.actions.staff import end_service, transfer
from taicho.roster.actions.naming import name_people
from taicho.roster.measures import AlwaysOnPosts
from taicho.roster.models import PostNaming
from taicho.roster.queries.cap import cap_of
from taicho.roster.queries.posts import candidates, posts_of
from taicho.roster.rules.posts import LONGEST, WORDS, in_words, key_of
from tests.organisation.land import SETUP, actor
from tests.roster.conftest import TODAY
from tests.roster.test_pages import words

LINE = "service:văn thư"


@pytest.fixture
def measure(order):
    """A letter keeps a post that it names only by its work."""
    return order("roster.always_on", posts=[{"service": "văn thư"}])


@pytest.fixture
def name(measure, people):
    """The office names people for that post."""
    return lambda *whom, by=None: name_people(measure, LINE, whom, by=actor(by or people.office))


@pytest.mark.django_db
def test_naming_leaves_one_line_in_the_trail_of_the_agency(room, people, measure, name):
    name(people.staff, people.head)
    row = AuditEntry.objects.get(verb="roster.name_people")
    assert (row.actor, row.object_key, row.unit) == (people.office.key, measure.key, measure.agency.key)


@pytest.mark.django_db
def test_the_people_come_back_by_name_and_one_named_twice_is_named_once(room, people, name):
    assert [one.person for one in name(people.head, people.staff, people.staff)] == [people.staff, people.head]
    assert PostNaming.objects.count() == 2


@pytest.mark.django_db
def test_who_stays_named_keeps_the_day_on_which_it_was_said(room, people, name, time_machine):
    (first,) = name(people.staff)
    time_machine.move_to("2026-11-21T03:00:00+00:00")
    kept, added = name(people.staff, people.head)
    assert (kept.pk, kept.named_at) == (first.pk, first.named_at)
    assert added.named_at == clock.now() and added.named_by == people.office.key


@pytest.mark.django_db
def test_one_stranger_among_them_and_nobody_is_named(room, people, name):
    with pytest.raises(Refusal, match=r"Chọn người của cơ quan\.") as refusal:
        name(people.staff, people.stranger)
    assert refusal.value.field == "people"
    assert not PostNaming.objects.exists() and not AuditEntry.objects.filter(verb="roster.name_people").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("below", ["researcher", "villager", "superior"])
def test_people_of_agencies_above_and_below_are_not_of_the_agency(room, people, name, below):
    with pytest.raises(Refusal, match="Chọn người của cơ quan"):
        name(getattr(people, below))


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["", "văn thư", "role:văn thư", "service:Văn thư", "service:văn thư\x00"])
def test_a_post_is_meant_exactly_as_the_measure_keeps_it(room, people, measure, line):
    with pytest.raises(Refusal, match="không có vị trí thường trực đó") as refusal:
        name_people(measure, line, [people.staff], by=actor(people.office))
    assert (refusal.value.code, refusal.value.field) == ("no-such-post", "post")


@pytest.mark.django_db
def test_the_database_itself_keeps_a_name_once_for_a_post(room, people, name, measure):
    (row,) = name(people.staff)
    with pytest.raises(IntegrityError, match="roster_named_once_for_a_post"), transaction.atomic():
        PostNaming.objects.create(measure=measure, post=row.post, person=row.person, named_at=clock.now())


@pytest.mark.django_db
def test_the_leader_names_too_and_no_longer_when_the_post_has_ended(room, people, name):
    assert name(people.staff, by=people.leader)
    end_service(people.leader, by=SETUP)
    with pytest.raises(NotPermitted):
        name(people.head, by=people.leader)
    assert list(PostNaming.objects.values_list("person", flat=True)) == [people.staff.pk]


@pytest.mark.django_db
def test_who_has_left_the_unit_holds_its_post_no_more_though_still_named(room, land, people, name):
    name(people.staff)
    assert cap_of(room, TODAY).always_on == (people.staff,)
    transfer(people.staff, by=SETUP, to=land.office)
    assert cap_of(room, TODAY).always_on == ()
    assert cap_of(land.office, TODAY).always_on == (people.staff,), "the post is of the agency and goes with the person"


@pytest.mark.django_db
def test_namings_are_seen_where_the_measure_and_the_person_are_and_by_nobody_of_another_agency(room, people, name):
    name(people.staff)
    seen = {who for who, person in vars(people).items() if PostNaming.objects.visible_to(actor(person)).exists()}
    assert {"staff", "head", "office", "leader"} <= seen
    assert not seen & {"stranger", "villager", "researcher"}


# The list to choose from


@pytest.mark.django_db
def test_whoever_is_named_stands_first_and_once(room, land, people, seven, name):
    name(people.guard, people.staff)
    (post,) = posts_of(PostNaming.objects.first().measure)
    listed = candidates(room, TODAY, post.named)
    assert listed[:2] == [people.guard, people.staff], "by tên: Đạt, Lan"
    assert len(listed) == len(set(listed)) == 7 + 1


@pytest.mark.django_db
def test_the_posts_are_numbered_as_the_document_lists_them(room, people, order):
    measure = order("roster.always_on", posts=[{"role": "lái xe"}, {"unit": "Văn phòng"}, {"service": "văn thư"}])
    assert [(one.number, one.words, one.by_work) for one in posts_of(measure)] == [
        (1, "vai trò: lái xe", True), (2, "đơn vị: Văn phòng", False), (3, "bộ phận: văn thư", True),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_key_that_nobody_bears_is_shown_as_it_is(room, order):
    key = "00000000-0000-0000-0000-000000000007"
    (post,) = posts_of(order("roster.always_on", posts=[{"person": key}]))
    assert post.words == f"người: {key}"


@pytest.mark.django_db
def test_nobody_chosen_takes_the_names_back_on_the_page_too(room, people, measure, name, enter):
    name(people.staff)
    address = f"{reverse('roster:name-holders', args=[measure.key])}?vi-tri=1&don-vi={room.key}"
    assert enter(people.office).post(address, {"csrfmiddlewaretoken": "x"}).status_code == 302
    assert not PostNaming.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["zz", "", "00000000-0000-0000-0000-000000000007", "\x00", "' OR 1=1 --"])
def test_a_person_nobody_offered_is_refused_in_one_sentence(room, people, measure, enter, key):
    address = f"{reverse('roster:name-holders', args=[measure.key])}?vi-tri=1&don-vi={room.key}"
    page = enter(people.office).post(address, {"people": [key]})
    assert page.status_code == 400 and "Chọn người trong danh sách." in words(page)
    assert not PostNaming.objects.exists()


@pytest.mark.django_db
def test_a_person_of_a_room_that_was_not_shown_is_not_among_those_to_choose(room, land, people, measure, enter):
    address = f"{reverse('roster:name-holders', args=[measure.key])}?vi-tri=1&don-vi={land.office.key}"
    assert enter(people.office).post(address, {"people": [str(people.staff.key)]}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("unit", ["", "zz", "00000000-0000-0000-0000-000000000007"])
def test_a_unit_that_is_not_there_shows_the_first_of_the_agency(room, people, measure, enter, unit):
    page = enter(people.office).get(reverse("roster:name-holders", args=[measure.key]), {"vi-tri": 1, "don-vi": unit})
    assert page.status_code == 200 and people.leader.full_name in words(page)


@pytest.mark.django_db
def test_what_a_letter_calls_a_post_is_words_and_never_markup(room, people, order, enter):  # L1
    measure = order("roster.always_on", posts=[{"service": "<b onclick=x>văn thư</b>"}])
    page = enter(people.office).get(reverse("roster:name-holders", args=[measure.key])).content.decode()
    assert "<b onclick" not in page and html.escape("<b onclick=x>") in page


# The rule


POST = st.tuples(
    st.sampled_from(sorted(WORDS)), st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=40)
)


@given(st.lists(POST, min_size=1, max_size=6))
def test_every_post_is_kept_once_in_the_order_of_the_document(listed):
    written = [{what: name} for what, name in listed]
    held = AlwaysOnPosts.read({"posts": written})["posts"]
    keys = [key_of(post) for post in held]
    assert len(keys) == len(set(keys))
    assert keys == list(dict.fromkeys(f"{what}:{name}" for what, name in listed))
    assert AlwaysOnPosts.read({"posts": list(held)})["posts"] == held, "read again it is the same"


@given(st.lists(POST, min_size=1, max_size=4), st.lists(POST, min_size=1, max_size=4))
def test_of_two_documents_every_post_is_held_whichever_came_first(one, other):
    first, second = ({"posts": [{what: name} for what, name in listed]} for listed in (one, other))
    both = AlwaysOnPosts.combine([AlwaysOnPosts.read(first), AlwaysOnPosts.read(second)])["posts"]
    turned = AlwaysOnPosts.combine([AlwaysOnPosts.read(second), AlwaysOnPosts.read(first)])["posts"]
    assert {key_of(post) for post in both} == {key_of(post) for post in turned}


@pytest.mark.parametrize(
    ("line", "post"),
    [
        ("Đơn vị : Phòng Tổng hợp ", {"unit": "Phòng Tổng hợp"}),
        ("VAI TRÒ: lãnh đạo", {"role": "lãnh đạo"}),
        ("bộ phận: thường trực: cổng", {"service": "thường trực: cổng"}),
        ("ghi chú: văn thư", {"service": "ghi chú: văn thư"}),
        ("người:", None),
        ("   ", None),
        ("x" * LONGEST, {"service": "x" * LONGEST}),
        ("x" * (LONGEST + 1), None),
    ],
)
def test_a_line_is_read_as_people_write_it(line, post):
    if post is None:
        with pytest.raises(Refusal) as refusal:
            AlwaysOnPosts.read({"posts": [line]})
        assert refusal.value.field == "posts"
    else:
        (held,) = AlwaysOnPosts.read({"posts": [line]})["posts"]
        assert held == post and in_words(held)


@pytest.mark.parametrize(("least", "taken"), [(1, 1), (2.0, 2), (0, None), (1.5, None), ("2", None), (True, None)])
def test_how_many_must_be_there_is_a_whole_number_of_people(least, taken):
    written = {"posts": ["văn thư"], "min_n": least}
    if taken is None:
        with pytest.raises(Refusal) as refusal:
            AlwaysOnPosts.read(written)
        assert refusal.value.field == "min_n"
    else:
        held = AlwaysOnPosts.read(written)["min_n"]
        assert held == taken and isinstance(held, int)

"""A commune is entered by its name, as an address says it; nobody has to know a code (B1, B5)."""

from datetime import date

import pytest

from taicho.organisation.models import ServiceArea
from taicho.organisation.queries.communes import commune_name, communes_named
from tests.organisation.browsing import at, said

IN_2021, TODAY = date(2021, 9, 3), date(2026, 11, 20)


@pytest.mark.parametrize(
    "typed",
    [
        "Phường Ba Đình, Hà Nội",
        "phuong ba dinh, ha noi",
        "P. Ba Đình, TP. Hà Nội",
        "Ba Đình, Thành phố Hà Nội",
        "Phường Ba Đình",
        "00004",
    ],
)
def test_a_ward_is_found_by_name_by_name_and_city_or_by_code(typed):
    assert communes_named(typed, TODAY) == ("00004",)


def test_the_parts_after_the_comma_are_the_units_above_the_nearest_first():
    assert communes_named("Phường Trúc Bạch, Quận Ba Đình, Hà Nội", IN_2021) == ("00004",)
    assert communes_named("Phường Trúc Bạch, Quận Hoàn Kiếm, Hà Nội", IN_2021) == ()


def test_a_name_that_several_communes_share_gives_them_all():
    several = communes_named("Ba Đình", TODAY)
    assert len(several) == 3
    assert several[0] == "00004", "the one spelled exactly so and highest in the list stands first"


@pytest.mark.parametrize(
    "typed",
    ["Phường Không Có", "99999", "٠٠٠٠٤", "Quận Ba Đình", "Hà Nội", ",", "Phường Ba Đình, Thanh Hóa", "00004, Hà Nội"],
)
def test_what_is_no_commune_of_that_day_gives_none(typed):
    assert communes_named(typed, TODAY) == ()


def test_a_code_is_shown_as_the_address_of_the_day_and_an_old_one_by_its_last_name():
    assert commune_name("00004", TODAY) == "Phường Ba Đình, Thành phố Hà Nội"
    assert commune_name("00004", IN_2021) == "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"
    assert commune_name("00001", TODAY) == "Phường Phúc Xá"
    assert commune_name("99999", TODAY) == "99999"


def test_before_the_first_source_names_are_not_guessed():
    assert communes_named("Phường Ba Đình", date(1990, 1, 1)) == ()
    assert commune_name("00004", date(1990, 1, 1)).startswith("Phường")


def test_the_office_says_by_name_which_ward_a_health_station_serves(things, people, enter):  # B6
    office = enter(people.office)
    address = at("service-area", things.station)
    assert office.post(address, {"division": "Phường Ba Đình, Hà Nội", "valid_from": "01/11/2026"}).status_code == 302
    assert ServiceArea.objects.get(authority=things.station, valid_from=date(2026, 11, 1)).division == "00004"


def test_a_shared_name_is_asked_back_with_ways_to_say_it_clearly_and_what_was_typed_stays(things, people, enter):
    office = enter(people.office)
    page = office.post(at("service-area", things.station), {"division": "Ba Đình", "valid_from": "01/11/2026"})
    text = said(page)
    assert page.status_code == 400
    assert "Có 3 nơi mang tên này. Hãy ghi rõ, ví dụ: Phường Ba Đình, Thành phố Hà Nội;" in text
    assert 'value="Ba Đình"' in text
    assert not ServiceArea.objects.filter(authority=things.station, valid_from=date(2026, 11, 1)).exists()


def test_a_kept_code_stands_in_the_form_as_a_name_and_saving_unchanged_changes_nothing(things, people, enter):
    office = enter(people.office)
    things.site.division = "00004"
    things.site.save()
    text = said(office.get(at("edit-site", things.site)))
    assert 'value="Phường Ba Đình, Thành phố Hà Nội"' in text
    facts = {
        "name": things.site.name,
        "address": things.site.address,
        "division": "Phường Ba Đình, Thành phố Hà Nội",
        "version": things.site.version,
    }
    assert office.post(at("edit-site", things.site), facts).status_code == 302
    things.site.refresh_from_db()
    assert things.site.division == "00004"

"""Lists made by someone who has not seen the import: at least 95 % without hand work, nobody doubled (B5, C9)."""

import pytest

from taicho.organisation.actions.import_staff import confirm_import
from taicho.organisation.models import Person
from taicho.organisation.queries.staff_import import judge
from tests.organisation.corpus.make_messy_staff import messy_200, second_edition
from tests.organisation.corpus.staff_truth import Outcome, Reason
from tests.organisation.corpus.staff_variants import variants
from tests.organisation.land import SETUP
from tests.organisation.staff_exam import agency, examine, prepared

pytestmark = pytest.mark.django_db
UNKNOWN_IS_NOT_NO = "lam_viec_tai_nha.xlsx"
"""Its truths take a blank beside written "Không" for a no; the register keeps unknown apart from no (C9)."""
FILES = {file.name: file for file in (messy_200(), second_edition(), *variants())}


@pytest.mark.parametrize("name", sorted(set(FILES) - {UNKNOWN_IS_NOT_NO}))
def test_at_least_ninety_five_rows_of_a_hundred_come_out_right_in_every_field(name):
    marks = examine(FILES[name], agency())
    assert marks.share >= 0.95, marks.wrong
    assert not marks.unsaid


def test_a_blank_between_yes_and_no_stays_unknown_and_all_else_is_right():  # C9
    marks = examine(FILES[UNKNOWN_IS_NOT_NO], agency())
    assert {problem for *_, problem in marks.wrong} == {
        "computer: None instead of False",
        "internet: None instead of False",
    }


def test_every_wrong_row_is_refused_for_its_own_reason_in_a_sentence():
    file = FILES["messy_200.xlsx"]
    left = {one.row.number: one for one in judge(prepared(file, agency())).rows if not one.is_taken}
    codes = {row.reason: left[row.number].code for row in file.with_outcome(Outcome.REJECTED)}
    assert codes == {
        Reason.MISSING_NAME: "no-name", Reason.IMPOSSIBLE_DATE: "bad-birth", Reason.FUTURE_BIRTH: "bad-birth",
        Reason.BAD_PHONE: "bad-phone", Reason.UNKNOWN_DEPARTMENT: "unknown-unit", Reason.DUPLICATE: "twin",
        Reason.FORMULA: "formula",
    }  # fmt: skip
    assert all(" ".join(one.sentences).endswith(".") for one in left.values())


def test_the_same_list_again_changes_nothing_and_doubles_nobody():
    office, file = agency(), FILES["messy_200.xlsx"]
    confirm_import(prepared(file, office), by=SETUP)
    before = Person.objects.count()
    again = confirm_import(prepared(file, office), by=SETUP)
    assert (again.added, again.updated, again.unchanged) == (0, 0, before)
    assert Person.objects.count() == before == 193


def test_the_list_of_a_month_later_updates_five_and_adds_nine():
    office = agency()
    confirm_import(prepared(FILES["messy_200.xlsx"], office), by=SETUP)
    later = FILES["messy_200_thang_sau.xlsx"]
    pending = confirm_import(prepared(later, office), by=SETUP)
    assert pending.added == 9
    assert Person.objects.count() == 202
    changed = {row.name: row.phones for row in later.people if row.why == "changed"}
    assert {p.full_name: (p.personal_phone,) for p in Person.objects.filter(full_name__in=changed)} == changed

"""Every form of every page, sent empty or wrong through the page: said, focused, kept, nothing written (ux.md 6 and 7)."""

import pytest

from tests.journeys.test_pages import ROUTES, picture
from tests.journeys.visit import DESK, HERE, PHONE, looks, violations, visiting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.trial,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),  # of pytest-base-url
]
REFUSED = {200, 400, 409, 422}
NONSENSE = "‽"
ALWAYS_RIGHT = {
    "organisation:staff-import": "every choice of the preview may stay open; a choice nobody offered is tried by the room's tests",
    "directives:take-document": "any words may be pasted and are read; a wrong file is tried by the room's tests",
    "mfa_add_webauthn": "the browser makes the key, no key no sending; a wrong one is tried by the room's tests",
}
"""Pages on which no form can be sent wrong by typing, each with the reason."""
WRONG = (HERE / "wrong.js").read_text(encoding="utf-8").split("\n", 1)[1]


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("route", ROUTES)
def test_a_form_sent_wrong_says_so_and_keeps_what_was_typed(browser, full_house, full_atlas, route, width):
    role, address = full_atlas.sample(route)
    with visiting(browser, full_house, role, width, expected=REFUSED) as visit:
        visit.goto(address)
        forms = visit.page.locator("main form[method=post]:has(.field)")
        if not forms.count():
            pytest.skip("no form to be filled in here")
        if route in ALWAYS_RIGHT:
            pytest.skip(ALWAYS_RIGHT[route])
        before = full_house.written()
        for number in range(forms.count()):
            visit.goto(address)
            complaints = send_wrong(visit, forms.nth(number), width)
            complaints += [] if full_house.written() == before else ["something was written"]
            picture(visit, f"error-{route}-{width}-{number}")
            found = visit.faults + complaints
            assert not found, "\n".join(found)


def send_wrong(visit, form, width):
    """Fill the form with what nobody may accept, send it, and examine the answer."""
    typed = form.evaluate(WRONG, NONSENSE)
    with visit.page.expect_navigation():
        form.locator("button[type=submit], button:not([type])").first.click()
    said = []
    if not visit.page.title().startswith("Lỗi:") or visit.page.title().count("Lỗi") > 1:
        said.append(f"the title does not begin with one Lỗi: but is {visit.page.title()!r}")
    if not visit.page.evaluate("document.activeElement.matches('[data-error-summary]')"):
        said.append("the summary of errors has no focus")
    if not visit.page.locator(".field-wrong, .error-summary > p").count():
        said.append("no field is marked and no sentence stands above")
    for name, value in typed.items():
        kept = visit.page.locator(f"main form:has(.field) [name='{name}']").first.input_value()
        if kept.replace("\r\n", "\n") != value:
            said.append(f"{name} lost what was typed: {kept[:20]!r} for {value[:20]!r}")
    return said + looks(visit, width) + violations(visit)

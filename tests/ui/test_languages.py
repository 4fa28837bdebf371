"""Vietnamese first, English on request and complete; the choice is kept safely and nowhere else. # D10, S-20"""

import pytest
from django.utils import translation

pytestmark = pytest.mark.django_db


def language_of(page):
    return page.content.decode().split('<html lang="')[1][:2], page["Content-Language"]


def test_a_browser_that_speaks_english_still_gets_vietnamese(client):
    page = client.get("/tro-giup", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert language_of(page) == ("vi", "vi")
    assert "Trợ giúp" in page.content.decode()


@pytest.mark.parametrize("chosen", ["fr", "en-US", "EN", "vi;DROP", "../en", "", "e" * 5000, "<script>"])
def test_a_language_we_do_not_have_is_vietnamese(client, chosen):
    client.cookies["django_language"] = chosen
    assert language_of(client.get("/tro-giup")) == ("vi", "vi")


@pytest.mark.parametrize("chosen", ["fr", "", "<script>", "en\r\nSet-Cookie: a=b"])
def test_choosing_a_language_we_do_not_have_changes_nothing(client, chosen):
    answer = client.post("/ngon-ngu", {"language": chosen, "next": "/tro-giup"})
    assert (answer.status_code, answer["Location"]) == (302, "/tro-giup")
    assert language_of(client.get("/tro-giup")) == ("vi", "vi")
    assert "a" not in client.cookies


def test_english_is_kept_and_can_be_left_again(client):
    client.post("/ngon-ngu", {"language": "en"})
    assert language_of(client.get("/tro-giup")) == ("en", "en")
    client.post("/ngon-ngu", {"language": "vi"})
    assert language_of(client.get("/tro-giup")) == ("vi", "vi")


@pytest.mark.parametrize("https", [True, False])
def test_the_cookie_of_the_language_is_for_our_server_only(client, settings, https):
    settings.LANGUAGE_COOKIE_SECURE = https
    settings.SECURE_SSL_REDIRECT = False
    cookie = client.post("/ngon-ngu", {"language": "en"}).cookies["django_language"]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", https)


ELSEWHERE = [
    "https://evil.example/", "//evil.example", "///evil.example", "http:evil.example", "/\\evil.example",
    "javascript:alert(1)", "\thttps://evil.example", "https:evil.example", "@evil.example",
]  # fmt: skip


@pytest.mark.parametrize("address", ELSEWHERE)
def test_choosing_a_language_leads_nobody_out_of_the_house(client, address):
    answer = client.post("/ngon-ngu", {"language": "en", "next": address}, headers={"Referer": "https://evil.example/"})
    assert not answer["Location"].startswith(("//", "/\\", "http", "java"))


def test_one_persons_english_is_not_the_next_persons(client):
    from django.test import Client

    client.post("/ngon-ngu", {"language": "en"})
    client.get("/tro-giup")
    assert translation.get_language() == "vi"
    assert language_of(Client().get("/tro-giup")) == ("vi", "vi")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_switch_names_each_language_in_itself_and_marks_the_one_that_is_read(client, language):
    client.cookies["django_language"] = language
    html = client.get("/tro-giup").content.decode()
    assert 'value="vi" lang="vi"' in html
    assert 'value="en" lang="en"' in html
    assert html.count('aria-pressed="true"') == 1
    assert f'value="{language}" lang="{language}" aria-pressed="true"' in html
    assert ("Tiếng Việt" in html, "English" in html) == (True, True)

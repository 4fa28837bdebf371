"""Mail leaves only where the administrator has named a server; a half setting is refused in one sentence. # A10, S-20"""


def test_without_a_mail_server_nothing_can_be_sent(office):
    told = office.settings("TAICHO_MAIL", "EMAIL_BACKEND")
    assert told == {"TAICHO_MAIL": False, "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def test_with_a_mail_server_letters_go_there_over_an_encrypted_line(office):
    told = office.settings(
        "TAICHO_MAIL", "TAICHO_ADDRESS", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS",
        TAICHO_MAIL_HOST="thu.example.vn", TAICHO_ADDRESS="https://taicho.example.vn/",
    )  # fmt: skip
    assert told == {
        "TAICHO_MAIL": True, "TAICHO_ADDRESS": "https://taicho.example.vn", "EMAIL_HOST": "thu.example.vn",
        "EMAIL_PORT": 587, "EMAIL_USE_TLS": True,
    }  # fmt: skip


def test_a_mail_server_without_the_address_of_the_installation_is_refused(office):
    said = office.refusal(TAICHO_MAIL_HOST="thu.example.vn")
    assert "TAICHO_ADDRESS chưa đúng" in said
    assert "https://taicho.example.vn" in said

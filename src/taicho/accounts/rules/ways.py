"""The ways in, as the security log names them."""

WAYS = {
    "password": "mật khẩu",
    "totp": "ứng dụng tạo mã",
    "webauthn": "khóa truy cập",
    "recovery_codes": "mã dự phòng",
    "link": "đường dẫn một lần",
}
"""Kept in the log as it was written then, so in the language of the office."""


def named(ways: list[str]) -> str:
    """The ways of one entry, each once, in order: "mật khẩu + ứng dụng tạo mã". What is not known keeps its code."""
    return " + ".join(WAYS.get(way, way) for way in dict.fromkeys(ways))

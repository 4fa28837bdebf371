"""Addresses of the gate, in unaccented Vietnamese (ux.md 3)."""

from django.urls import path, register_converter

from taicho.gate.web import book, devices, exceptions, names, own, posters, scanning, verdicts, visitors

app_name = "gate"


class PosterToken:
    """The token of a poster: nothing else under /cong/ looks like it."""

    regex = "[A-Z2-7]{32}"

    def to_python(self, value: str) -> str:
        """The token as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The token as it stands."""
        return value


register_converter(PosterToken, "poster")

urlpatterns = [
    path("cong", scanning.scan, name="scan"),
    path("cong/khong-nhan", scanning.unknown, name="unknown"),
    path("cong/tim-nguoi", names.by_name, name="by-name"),
    path("cong/tim-nguoi/chon", names.choose, name="choose"),
    path("cong/the/<uuid:key>", verdicts.verdict, name="verdict"),
    path("cong/the/<uuid:key>/khai-bao", visitors.declare_here, name="declare-here"),
    path("cong/the/<uuid:key>/khai-bao-noi-khac", verdicts.evidence, name="evidence"),
    path("cong/xin-y-kien/<uuid:key>", exceptions.exception, name="exception"),
    path("cong/xin-y-kien/<uuid:key>/dien-thoai", exceptions.telephone, name="telephone"),
    path("cong/dang-o-trong", book.present, name="inside"),
    path("cong/so-theo-doi", book.book, name="book"),
    path("cong/so-theo-doi/tep.<str:kind>", book.book_file, name="book-file"),
    path("cong/khach", visitors.new, name="new-visitor"),
    path("cong/ghi-nhan", devices.enrol, name="enrol"),
    path("cong/thiet-bi", devices.devices, name="devices"),
    path("cong/thiet-bi/them", devices.new, name="new-device"),
    path("cong/thiet-bi/<uuid:key>", devices.device, name="device"),
    path("cong/<uuid:key>/bang", posters.poster, name="poster"),
    path("cong/<poster:token>", visitors.visitor, name="visitor"),
    path("cong/<poster:token>/the", visitors.visitor_pass, name="visitor-pass"),
    path("the-qr", own.own, name="pass"),
]

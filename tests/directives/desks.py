"""The clerk's steps at the entry desk, as a browser sends them."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

TAKE, BY_HAND = "/van-ban-den/vao-so", "/van-ban-den/nhap-tay"


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def upload(desk, data, name="cv.txt"):
    """Hand a file in."""
    agency = desk.get(TAKE).context["form"].fields["agency"].initial
    return desk.post(TAKE, {"agency": agency, "file": SimpleUploadedFile(name, data), "text": ""})


def paste(desk, text):
    """Paste a text."""
    agency = desk.get(TAKE).context["form"].fields["agency"].initial
    return desk.post(TAKE, {"agency": agency, "text": text})


def enter_read(desk, address, **changes):
    """Save the comparison as it stands, but for `changes`."""
    form = desk.get(address).context["form"]
    start = {bound.name: bound.value() for bound in form} | changes
    return desk.post(address, {name: "" if value is None else value for name, value in start.items()})

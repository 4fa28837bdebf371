"""Short words for tests that open pages."""

import re

from django.urls import reverse


def at(name, *things):
    return reverse(f"organisation:{name}", args=[thing.key for thing in things])


def said(page):
    return re.sub(r"\s+", " ", page.content.decode())


def listed(page):
    """Names in the directory, in the order shown."""
    return [row.person.full_name for row in page.context["people"]]


def pages_of(land, people):
    """Every address of the area that is opened with GET, by name."""
    return {
        "directory": at("directory"), "tree": at("tree"), "bodies": at("bodies"), "sites": at("sites"),
        "authorities": at("authorities"), "delegations": at("delegations"), "my-data": at("my-data"),
        "state-own-details": at("state-own-details"), "new-authority": at("new-authority"), "new-site": at("new-site"),
        "unit": at("unit", land.department), "new-unit": at("new-unit", land.bureau),
        "new-person": at("new-person", land.department), "edit-unit": at("edit-unit", land.department),
        "rename-unit": at("rename-unit", land.department), "end-unit": at("end-unit", land.department),
        "merger": at("merger", land.bureau), "new-body": at("new-body", land.bureau),
        "person": at("person", people.staff), "edit-person": at("edit-person", people.staff),
        "transfer": at("transfer", people.staff), "end-service": at("end-service", people.staff),
        "appoint": at("appoint", people.staff), "end-post": at("end-post", land.post),
        "body": at("body", land.body), "recompose-body": at("recompose-body", land.body),
        "activate-body": at("activate-body", land.body), "stand-down-body": at("stand-down-body", land.body),
        "authority": at("authority", land.station), "edit-authority": at("edit-authority", land.station),
        "service-area": at("service-area", land.station), "end-authority": at("end-authority", land.station),
        "site": at("site", land.site), "edit-site": at("edit-site", land.site), "new-gate": at("new-gate", land.site),
        "new-room": at("new-room", land.site), "edit-gate": at("edit-gate", land.gate),
        "edit-room": at("edit-room", land.room),
    }  # fmt: skip


READING = {
    "directory", "tree", "bodies", "sites", "authorities", "delegations", "my-data", "state-own-details", "unit",
    "person", "body", "authority", "site",
}  # fmt: skip
REGISTER = {"new-person", "edit-person", "transfer", "end-service"}
PLACES = {
    "new-authority", "edit-authority", "service-area", "end-authority", "new-site", "edit-site", "new-gate", "new-room",
    "edit-gate", "edit-room",
}  # fmt: skip
STRUCTURE = {"new-unit", "edit-unit", "rename-unit", "end-unit", "merger", "appoint", "end-post"}
BODIES = {"new-body", "recompose-body", "activate-body", "stand-down-body"}
OPENED = {
    "staff": READING,
    "head": READING,
    "guard": READING,
    "office": READING | REGISTER | PLACES,
    "leader": READING | BODIES,
    "administrator": READING | REGISTER | PLACES | STRUCTURE | BODIES,
}

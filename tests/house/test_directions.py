"""Foreign keys and template includes point down the stairs too (house § 2)."""

import re

from django.apps import apps

from tests.house.plan import FLOOR, TAICHO, area_of, templates, where

INCLUDE = re.compile(r"""{%\s*(?:include|extends|extends_page)\s+["']([a-z_]+)/""")
COMPONENT = re.compile(r"<c-([a-z_]+)\.")


def our_models():
    return [m for m in apps.get_models() if m.__module__.startswith("taicho.")]


def rooms_named_in(text):
    return INCLUDE.findall(text) + COMPONENT.findall(text)


def test_foreign_keys_point_down():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        and field.related_model.__module__.startswith("taicho.")
        and FLOOR[field.related_model._meta.app_label] > FLOOR[model._meta.app_label]
    ]  # fmt: skip
    assert not upward


def test_a_template_includes_only_its_own_and_lower_rooms():
    upward = [
        f"{where(path)} → {room}"
        for path in templates()
        for room in rooms_named_in(path.read_text(encoding="utf-8"))
        if room in FLOOR and FLOOR[room] > FLOOR[area_of(path)]
    ]
    assert not upward


def test_every_room_keeps_its_templates_under_its_own_name():
    astray = [
        where(p) for p in TAICHO.glob("*/templates/*")
        if p.name not in {area_of(p), "cotton", "account", "mfa", "usersessions", "allauth"} and p.is_dir()
    ]  # fmt: skip
    assert not astray

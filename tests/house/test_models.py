"""Every model says who may see it; no migration is missing."""

import pytest
from django.apps import apps
from django.core.management import call_command

OURS = [m for m in apps.get_models() if m.__module__.startswith("taicho.")]


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_model_has_visible_to_or_a_stated_reason(model):
    reason = getattr(model, "NOT_SHOWN", "") or getattr(model, "VISIBLE_TO_EVERYONE", "")
    asks = hasattr(model._default_manager.all(), "visible_to")
    assert asks or len(reason) > 20


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_record_has_a_public_key_or_is_never_shown(model):
    fields = {f.name for f in model._meta.get_fields()}
    reasons = [getattr(model, name, "") for name in ("NOT_SHOWN", "VISIBLE_TO_EVERYONE", "NAMED_OTHERWISE")]
    assert "key" in fields or any(reasons)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)

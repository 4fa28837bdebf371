"""Poison every text that people can write: each free text column of every row gets a payload (run as a program).

The rows are the ones of the full house; what the database or a rule holds to a form (codes, paths, phones, choices) stays.
"""

import sys

MARK = "hostile"
PAYLOADS = (
    f'"><img src=x data-{MARK}=1 onerror=alert(1)>',
    f"'><svg data-{MARK}=1 onload=alert(1)>",
    f"</script><script data-{MARK}=1>alert(1)</script>",
    f"</textarea><b data-{MARK}=1>",
    f"{{% raw %}}{{{{7*7}}}}<i data-{MARK}=1>",
    '=HYPERLINK("http://x.invalid","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+84;=1+1",
)
AREAS = (
    "organisation", "documents", "messaging", "directives", "duties", "presence", "health", "roster", "gate",
)  # fmt: skip
FORMED = {"path", "agency_path", "kind", "level", "division", "sha256", "occasion", "once", "link", "code"}
"""Columns that hold a name of our own making, never what somebody typed."""


def poison():
    """Write the payloads and return the columns that hold one now."""
    from django.apps import apps

    poisoned = []
    for area in AREAS:
        for model in apps.get_app_config(area).get_models():
            columns = [field for field in model._meta.concrete_fields if is_free_text(field)]
            for row in model._default_manager.all()[:400] if columns else ():
                changes = {field.attname: payload_for(row, field) for field in columns}
                poisoned += [f"{model._meta.label}.{name}" for name in write(row, changes)]
    return sorted(set(poisoned))


def is_free_text(field):
    """A text somebody may have typed, clear or sealed."""
    from django.db import models

    from taicho.kernel.encrypted import EncryptedTextField

    texts = (models.CharField, models.TextField, EncryptedTextField)
    mine = isinstance(field, texts) and not field.is_relation and not getattr(field, "choices", None)
    derived = isinstance(field, models.GeneratedField) or field.name.endswith(("_folded", "_key", "_hash"))
    indexed = f"{field.name}_index" in {one.name for one in field.model._meta.concrete_fields}
    return mine and not derived and not indexed and field.name not in FORMED and "phone" not in field.name


def payload_for(row, field):
    """A payload of its own for every row, so that no uniqueness is broken, cut to what the column holds."""
    text = (
        f"{row.pk} {PAYLOADS[row.pk % len(PAYLOADS)]}" if row.pk % 2 else f"{PAYLOADS[row.pk % len(PAYLOADS)]} {row.pk}"
    )
    return text[: getattr(field, "max_length", None) or len(text)]


def write(row, changes):
    """Put the payloads in, all columns or, where the database objects, one by one; the columns that took theirs."""
    if put(row, changes):
        return list(changes)
    return [name for name, value in changes.items() if put(row, {name: value})]


def put(row, part):
    """Save these columns past every rule of the program; False where the database keeps them out."""
    from django.db import DatabaseError, models, transaction

    for name, value in part.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            models.Model.save(row, update_fields=list(part))
    except DatabaseError:
        return False
    return True


if __name__ == "__main__":
    import django

    django.setup()
    print("\n".join(poison()), file=sys.stdout)  # noqa: T201

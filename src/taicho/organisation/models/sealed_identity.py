"""Who a visitor or outside contact is, encrypted field by field (house § 7, trust.md 5.1)."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from taicho.kernel.actor import Actor
from taicho.kernel.encrypted import BlindIndexField, EncryptedTextField
from taicho.kernel.models import Record
from taicho.kernel.phone import parse_phone
from taicho.organisation.models.person import Person


class SealedIdentityQuerySet(models.QuerySet):
    """Questions about sealed identities."""

    def visible_to(self, actor: Actor) -> Self:
        """Identities of the outsiders the actor sees."""
        return self.filter(person__in=Person.objects.visible_to(actor).order_by().values("pk"))


class SealedIdentity(Record):
    """The identity of a person who is not staff: the five fields of the visitor book (E4), found by phone only."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="sealed_identity")
    full_name = EncryptedTextField(_("họ và tên"), max_length=100)
    birth_year = EncryptedTextField(_("năm sinh"), max_length=4, null=True, blank=True)
    residence = EncryptedTextField(_("nơi cư trú"), max_length=250, null=True, blank=True)
    employer = EncryptedTextField(_("đơn vị công tác"), max_length=150, null=True, blank=True)
    phone = EncryptedTextField(_("số điện thoại"), max_length=15, null=True, blank=True)
    phone_index = BlindIndexField("phone", normalise=parse_phone)

    objects = SealedIdentityQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["phone_index"], name="organisation_outsider_by_phone")]

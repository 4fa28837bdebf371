"""Persons: one record per human the installation knows (B5). Staff in clear text, everyone else sealed."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from taicho.accounts.models import AdministratorGrant
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.models import Record, Versioned
from taicho.kernel.vietnamese import clean_name, fold, name_sort_key
from taicho.organisation.enums import SENSITIVE_BODIES, SENSITIVE_ROLES, PersonKind, PostRole, StaffCategory
from taicho.organisation.models.membership import StaffMembership
from taicho.organisation.models.unit import Unit, UnitQuerySet, agencies_of, in_ranges

if TYPE_CHECKING:
    from taicho.organisation.models.post import Post

NAME_LENGTH, KEY_LENGTH = 100, 400
"""Widths of the columns. Letters of other scripts grow in the keys; what does not fit is cut, for keys need no end."""
NO_NAMES = frozenset({PostRole.SUPERIOR_BODY, PostRole.INSPECTOR, PostRole.HEALTH_STATION})
"""Capacities that show counts and lists handed over, never the staff list of the unit they are held in."""
SEES_VISITORS = frozenset(
    {
        PostRole.OFFICE,
        PostRole.CHIEF_OF_OFFICE,
        PostRole.CLERK,
        PostRole.GUARD,
        PostRole.ENTRANCE_DESK,
        PostRole.COMMAND_POST,
        PostRole.HEALTH_POST,
    }
)
KEEPS_THE_REGISTER = frozenset({PostRole.OFFICE, PostRole.CHIEF_OF_OFFICE})
"""Roles that also see people who have left their agency."""


def units_of_colleagues(actor: Actor) -> UnitQuerySet:
    """Units whose present staff the actor sees by name: the own agencies, and an administrator's whole range."""
    own = agencies_of(actor, frozenset(PostRole) - NO_NAMES)
    return Unit.objects.filter(Q(agency_path__in=own) | in_ranges("path", actor.reach([PostRole.ADMINISTRATOR])))


class PersonQuerySet(models.QuerySet):
    """Questions about persons."""

    def staff(self) -> Self:
        """Members of staff, past and present."""
        return self.filter(kind=PersonKind.STAFF)

    def matching(self, terms: tuple[str, ...]) -> Self:
        """Staff whose name, without accents, contains every term (from `vietnamese.search_terms`)."""
        return self.filter(*(Q(name_folded__contains=term) for term in terms))

    def serving_in(self, units: models.QuerySet, at: datetime | None) -> Self:
        """Staff with a membership in one of `units`; at `at`, or at any time when it is None."""
        membership = StaffMembership.objects.filter(person=OuterRef("pk"), unit__in=units)
        return self.filter(Exists(membership.in_force(at) if at else membership))

    def visible_to(self, actor: Actor, at: datetime | None = None) -> Self:
        """Oneself, the staff of one's own agencies, an administrator's range; visitors for those who receive them."""
        if not actor.signed_in:
            return self.none()
        at = at or clock.now()
        kept = Unit.objects.filter(
            Q(agency_path__in=agencies_of(actor, KEEPS_THE_REGISTER))
            | in_ranges("path", actor.reach([PostRole.ADMINISTRATOR]))
        )
        colleagues = units_of_colleagues(actor)
        received = Unit.objects.filter(
            Q(agency_path__in=agencies_of(actor, SEES_VISITORS))
            | in_ranges("path", actor.reach([PostRole.ADMINISTRATOR]))
        )
        serving = StaffMembership.objects.filter(person=OuterRef("pk"))
        return self.filter(
            Q(key=actor.person)
            | Exists(serving.in_force(at).filter(unit__in=colleagues.order_by().values("pk")))
            | Exists(serving.filter(unit__in=kept.order_by().values("pk")))
            | Q(registered_in__in=received.order_by().values("pk"))
        )


class Person(Record, Versioned):
    """A human. Members of staff have clear identity; a visitor's is kept sealed elsewhere (house § 7)."""

    kind = models.CharField(max_length=20, choices=PersonKind, default=PersonKind.STAFF)
    full_name = models.CharField(_("họ và tên"), max_length=NAME_LENGTH, blank=True)
    name_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False, db_collation="C")
    name_folded = models.CharField(max_length=NAME_LENGTH, blank=True, editable=False)
    birth_year = models.PositiveSmallIntegerField(_("năm sinh"), null=True, blank=True)
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    category = models.CharField(_("đối tượng"), max_length=20, choices=StaffCategory, blank=True)
    party_member = models.BooleanField(_("đảng viên"), null=True, blank=True)
    position = models.CharField(_("chức vụ"), max_length=120, blank=True)
    official_phone = models.CharField(_("điện thoại cơ quan"), max_length=15, blank=True)
    personal_phone = models.CharField(_("điện thoại riêng"), max_length=15, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    residence = models.CharField(_("nơi cư trú"), max_length=250, blank=True)
    residence_division = models.CharField(_("xã, phường nơi cư trú"), max_length=8, blank=True)
    lodging = models.CharField(_("nơi lưu trú"), max_length=250, blank=True)
    lodging_division = models.CharField(_("xã, phường nơi lưu trú"), max_length=8, blank=True)
    work_room = models.ForeignKey(
        "organisation.Room", verbose_name=_("phòng làm việc"), on_delete=models.PROTECT, null=True, blank=True
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )
    registered_in = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="outsiders")

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("người")
        indexes = [
            models.Index(fields=["name_key"], name="organisation_person_by_name"),
            GinIndex(OpClass(F("name_folded"), "gin_trgm_ops"), name="organisation_person_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=PersonKind.STAFF) & ~Q(full_name=""))
                | (
                    ~Q(kind=PersonKind.STAFF)
                    & Q(registered_in__isnull=False, full_name="", name_folded="", name_key="", birth_year__isnull=True)
                    & Q(official_phone="", personal_phone="", email="", residence="", lodging="")
                ),
                name="organisation_person_staff_clear_others_sealed",
                violation_error_message=_("Nhân viên phải có họ tên; thông tin của khách phải được mã hóa."),
            ),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_year=F("birth_date__year")),
                name="organisation_person_birth_year_of_birth_date",
                violation_error_message=_("Năm sinh không khớp với ngày sinh."),
            ),
        ]

    posts_now: "list[Post]"
    """Posts held now, where `queries.directory.with_posts` has loaded them."""

    def __str__(self) -> str:
        return self.full_name or str(PersonKind(self.kind).label)

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the stored forms true: composed name, sort key by tên, folded name, year of the birth date."""
        self.full_name = clean_name(self.full_name)
        self.name_key = name_sort_key(self.full_name)[:KEY_LENGTH] if self.full_name else ""
        self.name_folded = fold(self.full_name)[:NAME_LENGTH]
        if self.birth_date:
            self.birth_year = self.birth_date.year
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @cached_property
    def home_unit(self) -> Unit | None:
        """The main unit now, else the last one; for a visitor or contact the agency that registered the record."""
        if self.kind != PersonKind.STAFF:
            return self.registered_in
        main = StaffMembership.objects.filter(person=self, main=True).select_related("unit").order_by("-starts_at")
        membership = main.in_force(clock.now()).first() or main.first()
        return membership.unit if membership else None

    @property
    def holds_sensitive_role(self) -> bool:
        """Whether a post, a delegation, a seat or granted rights, now or soon, must sign in with two factors."""
        now, real = clock.now(), clock.real_now()
        seated = Q(composition__ends_at__isnull=True) | Q(composition__ends_at__gt=now)
        grants = AdministratorGrant.objects.filter(account=self.account_id, ending__isnull=True, ends_at__gt=real)
        return (
            self.posts.not_over(now).filter(role__in=SENSITIVE_ROLES).exists()
            or self.delegations.not_over(now).filter(post__role__in=SENSITIVE_ROLES).exists()
            or self.body_memberships.filter(seated, composition__body__kind__in=SENSITIVE_BODIES).exists()
            or (self.account_id is not None and grants.exists())
        )

    @property
    def staying_in(self) -> str:
        """Code of the commune where the person stays: lodging before residence. Its health station is told (B5)."""
        return self.lodging_division or self.residence_division

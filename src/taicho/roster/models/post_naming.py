"""Who holds a post that a document names only by its work: "văn thư", "lãnh đạo phụ trách" (D4)."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from taicho.directives.models import Measure
from taicho.kernel.actor import Actor
from taicho.kernel.models import Record
from taicho.organisation.models import Person


class PostNamingQuerySet(models.QuerySet):
    """Questions about namings."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of measures of the actor's agencies, of colleagues the actor sees."""
        return self.filter(
            measure__in=Measure.objects.visible_to(actor).order_by().values("pk"),
            person__in=Person.objects.visible_to(actor).order_by().values("pk"),
        )


class PostNaming(Record):
    """The office says that `person` holds `post` (`rules.posts.key_of` a post of the measure). Taken back by deleting."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="namings")
    post = models.CharField(_("vị trí thường trực"), max_length=250)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_by = models.UUIDField(null=True, blank=True)
    named_at = models.DateTimeField()

    objects = PostNamingQuerySet.as_manager()

    class Meta:
        verbose_name = _("người thường trực")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "post", "person"],
                name="roster_named_once_for_a_post",
                violation_error_message=_("Người này đã được nêu cho vị trí đó."),
            )
        ]

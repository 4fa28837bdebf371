"""What a member of staff has at home to work with (C9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taicho.kernel.models import Record
from taicho.organisation.models.person import Person


class HomeWorkingMeans(Record):
    """Equipment, phone and internet at home, as the person stated. Unknown is not no."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="home_working")
    has_computer = models.BooleanField(_("có máy tính"), null=True, blank=True)
    has_phone = models.BooleanField(_("có điện thoại thông minh"), null=True, blank=True)
    has_internet = models.BooleanField(_("có mạng internet"), null=True, blank=True)
    note = models.CharField(_("ghi chú"), max_length=200, blank=True)
    stated_at = models.DateTimeField()

    VISIBLE_TO_EVERYONE = "Read only beside a person, by the policy of the private details."

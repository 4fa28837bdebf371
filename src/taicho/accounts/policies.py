"""May it be done? Policies about how somebody entered; usable by every higher area."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from taicho.kernel import clock
from taicho.kernel.actor import Actor, Assurance
from taicho.kernel.policy import policy


@policy(_("Việc này cần lớp xác thực thứ hai. Đăng nhập lại bằng mã xác thực hoặc khóa truy cập."))
def with_two_factors(actor: Actor, thing: Any = None) -> bool:
    """The person entered with two factors (AAL2)."""
    return actor.assurance >= Assurance.TWO_FACTORS


@policy(_("Việc này cần xác nhận lại danh tính trong vòng mười phút trước đó."))
def recently_confirmed(actor: Actor, thing: Any = None) -> bool:
    """The person confirmed who they are within the last ten minutes (S-13); pages use `confirm_first` to ask for it."""
    longest: timedelta = settings.TAICHO_CONFIRMED_FOR
    return actor.confirmed_at is not None and clock.real_now() - actor.confirmed_at < longest

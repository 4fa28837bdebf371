"""Kinds of messages of health. Nothing of them leaves the system but "có việc cần làm" (trust.md 5.3, 8)."""

from django.utils.translation import gettext_lazy as _

from taicho.messaging.enums import Level
from taicho.messaging.kinds import MessageKind, register

ALERT = register(MessageKind("health.alert", _("Cảnh báo sức khỏe"), Level.URGENT))
OWN_DECISION = register(MessageKind("health.own_decision", _("Y tế cơ quan tự quyết định về mình"), Level.WORK))
FOLLOWED = register(MessageKind("health.followed", _("Theo dõi sức khỏe"), Level.WORK))

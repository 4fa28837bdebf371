"""Kinds of messages of this area."""

from django.utils.translation import gettext_lazy as _

from taicho.messaging.enums import Level
from taicho.messaging.kinds import MessageKind, register

OPENED = register(MessageKind("duties.opened", _("Việc mới"), Level.WORK))
REMINDED = register(MessageKind("duties.reminded", _("Sắp đến hạn"), Level.DEADLINE))
LATE = register(MessageKind("duties.late", _("Chưa thực hiện"), Level.DEADLINE))
CHASED = register(MessageKind("duties.chased", _("Nhắc lại"), Level.WORK))

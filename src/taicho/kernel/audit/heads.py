"""Heads of chains: what a report carries to the level above, so that history below cannot be rewritten unseen (A17)."""

import base64
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.audit.encoding import START
from taicho.kernel.models import AuditHead, AuditLink
from taicho.kernel.models.audit_link import NO_ROOT
from taicho.kernel.refusals import Refusal

SHORT = 10
"""Bytes of the hash in the printed form (80 bits): four groups of four characters."""


_HEADS = """
    WITH RECURSIVE chains(chain) AS (
        (SELECT chain FROM kernel_auditlink ORDER BY chain LIMIT 1)
        UNION ALL
        SELECT (SELECT l.chain FROM kernel_auditlink l WHERE l.chain > c.chain ORDER BY l.chain LIMIT 1)
        FROM chains c WHERE c.chain IS NOT NULL
    )
    SELECT c.chain, l.position, l.hash FROM chains c JOIN LATERAL (
        SELECT position, hash FROM kernel_auditlink WHERE chain = c.chain ORDER BY position DESC LIMIT 1
    ) l ON true
"""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: its root unit (None for rows without one), the last position and the hash there.

    `hash` has 32 bytes, or the first 10 when it was typed from paper.
    """

    chain: UUID | None
    position: int
    hash: bytes

    def __str__(self) -> str:
        """The printed form: `1234-K7QF-3M2A-XXXX-XXXX`."""
        letters = base64.b32encode(self.hash[:SHORT]).decode()
        return "-".join((str(self.position), *(letters[i : i + 4] for i in range(0, 16, 4))))

    @classmethod
    def parse(cls, chain: UUID | None, printed: str) -> "Head":
        """Read the printed form. Refuses what is not one."""
        position, *groups = printed.strip().upper().split("-")
        letters = "".join(groups)
        try:
            if len(letters) != 16:
                raise ValueError(letters)
            return cls(chain, int(position), base64.b32decode(letters))
        except ValueError as unreadable:
            raise Refusal(
                _("Mã đầu chuỗi không đúng dạng. Mã gồm vị trí và bốn nhóm bốn ký tự, ví dụ 1234-ABCD-EFGH-IJKL-MNOP."),
                code="audit-head-unreadable",
            ) from unreadable

    def agrees(self, full_hash: bytes) -> bool:
        """Whether a link with `full_hash` at this position is the one that this head names."""
        return full_hash.startswith(self.hash)


def chain_head(root: UUID | None) -> Head:
    """The last sealed link of the chain of `root`; position 0 when nothing was sealed yet."""
    link = AuditLink.objects.filter(chain=root or NO_ROOT).order_by("-position").first()
    return Head(root, link.position, bytes(link.hash)) if link else Head(root, 0, START)


def chain_heads() -> list[Head]:
    """The heads of all chains; walks the index from chain to chain, however long they are."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADS)
        return [Head(named(chain), position, bytes(hash_)) for chain, position, hash_ in cursor.fetchall()]


def hand_over_head(root: UUID | None, *, to: UUID) -> Head:
    """Note, in the caller's transaction, that unit `to` receives the head of `root` (in a report); returns the head."""
    head = chain_head(root)
    AuditHead.objects.create(
        chain=root or NO_ROOT, position=head.position, hash=head.hash, given_at=clock.real_now(), given_to=to
    )
    return head


def named(chain: UUID) -> UUID | None:
    """The root unit of a stored chain key."""
    return None if chain == NO_ROOT else chain

"""What duties announces."""

from dataclasses import dataclass

from taicho.kernel.news import News


@dataclass(frozen=True)
class DutyDischarged(News):
    """Somebody has done a duty; `evidence` is the key of the record that shows it."""

    duty: str
    kind: str
    evidence: str

"""What goes wrong on the way is told in a sentence that names the way out, never in a traceback."""

import errno
import sys
from typing import Any

import click

from taicho.kernel.refusals import Refusal
from taicho.postgres import ClusterError

MACHINE = {
    errno.ENOSPC: "Hết chỗ trên đĩa{at}. Hãy dọn hoặc mở rộng đĩa rồi chạy lại. / No room left on the disk.",
    errno.EDQUOT: "Hết hạn mức đĩa{at}. Hãy dọn hoặc xin thêm rồi chạy lại. / The disk quota is used up.",
    errno.EROFS: "Đĩa chỉ cho đọc{at}. Hãy chọn nơi khác. / The disk is read-only.",
    errno.EACCES: "Không có quyền{at}. Hãy chạy bằng người dùng sở hữu thư mục đó. / Permission denied.",
    errno.EPERM: "Không có quyền{at}. Hãy chạy bằng người dùng sở hữu thư mục đó. / Permission denied.",
    errno.ENOENT: "Không tìm thấy{at}. Hãy kiểm tra lại đường dẫn. / Not found.",
    errno.ENOTDIR: "Đường dẫn không phải thư mục{at}. Hãy kiểm tra lại. / Not a directory.",
}
AWAY = (
    "Không dùng được cơ sở dữ liệu: {said}. Hãy kiểm tra máy chủ (DATABASE_URL) hoặc chạy lại. / "
    "The database cannot be used."
)


class TellingGroup(click.Group):
    """A group of commands that ends with a sentence and exit code 1 where the cause is known."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(context)
        except Exception as trouble:
            if not (sentence := sentence_for(trouble)):
                raise
            click.secho(sentence, fg="red", err=True)
            sys.exit(1)


def sentence_for(trouble: Exception) -> str:
    """What to tell about `trouble`; "" when only a developer can say what it is."""
    if isinstance(trouble, Refusal):
        return trouble.sentence
    if isinstance(trouble, ClusterError):
        return f"{trouble.sentence} / {trouble.sentence.english}"
    if isinstance(trouble, OSError) and trouble.errno in MACHINE:
        return MACHINE[trouble.errno].format(at=f" ({trouble.filename})" if trouble.filename else "")
    if type(trouble).__name__ == "OperationalError":  # psycopg's or Django's; neither is loaded for --help
        return AWAY.format(said=str(trouble).strip().split("\n")[0])
    return ""

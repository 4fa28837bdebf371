"""Tell the commune of an address when its name is clear (B5): named with its kind, and only one could be meant."""

import re
from collections.abc import Callable

from taicho.kernel.vietnamese import fold

KIND = re.compile(r"(?:phuong|p|xa|x|thi tran|tt|dac khu)\b\.?\s*.+")

Find = Callable[[str, str], tuple[str, ...]]
"""`find(name, above)` gives the codes of the communes with that name, lying under a unit named `above` when given."""


def commune_in(address: str, find: Find, home: str = "") -> str:
    """The code of the commune an address names; "" when it names none, or several could be meant.

    Parts are read between commas and dashes. What stands behind the commune's name (quận, tỉnh) narrows it down; without
    that, `home` (the name of the office's own province) does, and the address counts only when one commune is left.
    """
    parts = [part.strip() for part in re.split(r"[,;]|\s[-–]\s|-", address) if part.strip()]
    for place in range(len(parts) - 1, -1, -1):
        if KIND.fullmatch(fold(parts[place])) is None:
            continue
        for above in [*reversed(parts[place + 1 :]), home]:
            codes = find(parts[place], above) if above else ()
            if len(codes) == 1:
                return codes[0]
        codes = find(parts[place], "")
        return codes[0] if len(codes) == 1 else ""
    return ""

"""Match a department as a list writes it with the units of one agency: blind to accents, case, abbreviations."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from taicho.kernel.vietnamese import fold

ABBREVIATIONS = {
    "p": "phong", "vp": "van phong", "tt": "trung tam", "bp": "bo phan", "bql": "ban quan ly", "cc": "chi cuc",
    "ttra": "thanh tra", "ld": "lanh dao", "hc": "hanh chinh", "tc": "to chuc", "cb": "can bo", "kh": "ke hoach",
    "th": "tong hop", "qt": "quan tri", "qlkh": "quan ly khoa hoc", "cntt": "cong nghe thong tin", "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan", "khcn": "khoa hoc cong nghe", "ttr": "thanh tra", "bgd": "ban giam doc", "tx": "thuong xuyen",
}  # fmt: skip
FILLERS = frozenset({"va", "cua", "ve", "thuoc", "so", "cac"})
TYPE_WORDS = ("van phong", "phong ban", "phong", "trung tam", "ban", "to", "bo phan", "chi cuc", "khoi", "doi", "khoa")
LEADERS = re.compile(r"(ban )?lanh dao|ban giam doc|thuong truc (ban|so|uy ban|ubnd|vien)|giam doc|thu truong|cap uy")
AGENCY_LEADERS = re.compile(
    r"(pho )?(giam doc|chu tich|tong giam doc|vien truong|cuc truong|hieu truong|bi thu)( so| ubnd| vien| trung tam)?"
)
INITIALS = re.compile(r"(?:p|vp|tt|phong|van phong|trung tam|ban|to|bp)?\s*([a-z]{2,6})")
CLOSE_ENOUGH = 0.84
LONG_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name by which a unit may be called; `depth` counts from the agency (0)."""

    unit: UUID
    name: str
    depth: int = 1


class UnitNames:
    """The names of one agency and its departments, and what earlier imports were told (`told`: written → unit)."""

    def __init__(self, names: Iterable[UnitName], *, agency: UUID, told: Mapping[str, UUID]) -> None:
        self.agency = agency
        self.told = dict(told)
        self.names = tuple(names)
        self.ways: dict[str, set[UUID]] = defaultdict(set)
        self.short: dict[str, set[UUID]] = defaultdict(set)
        self.exact: dict[str, set[UUID]] = defaultdict(set)
        for one in self.names:
            self.exact[written_key(one.name)].add(one.unit)
            for way in _ways(one.name):
                self.ways[way].add(one.unit)
            if one.unit != agency:
                self.short[_initials(_bare(spelled_out(one.name)))].add(one.unit)

    def find(self, written: str) -> UUID | None:
        """The one unit that `written` means; None when none or several could be meant."""
        key = written_key(written)
        if not key:
            return None
        if key in self.told:
            return self.told[key]
        return self._find(written) or self._find_part(written) or self._leaders(written)

    def of_leader(self, position: str) -> UUID | None:
        """The agency itself for somebody whose position says that they lead it: lists often leave the department empty."""
        return self.agency if AGENCY_LEADERS.match(fold(position)) else None

    def suggest(self, written: str) -> UUID | None:
        """The unit whose name looks most like `written`: offered, never taken without asking."""
        wanted = _squeezed(written)
        best = max(
            ((SequenceMatcher(None, wanted, _squeezed(one.name)).ratio(), one.unit) for one in self.names),
            default=(0.0, self.agency), key=lambda pair: pair[0],
        )  # fmt: skip
        return best[1] if best[0] >= CLOSE_ENOUGH else None

    def _find(self, written: str) -> UUID | None:
        """The very name first; then initials, unless two units share them; then the name spelled out."""
        exact = self.exact.get(written_key(written), set())
        if len(exact) == 1:
            return next(iter(exact))
        initials = INITIALS.fullmatch(
            " ".join(re.findall(r"[a-z0-9]+", fold(written).replace(".", " ").replace("-", "")))
        )
        short = self.short.get(initials[1], set()) if initials else set()
        if len(short) > 1:
            return None
        for found in (*(self.ways.get(way, set()) for way in _ways(written)), short):
            if len(found) == 1:
                return next(iter(found))
        return None

    def _find_part(self, written: str) -> UUID | None:
        """ "Phòng Tổng hợp, Sở KHCN", "Sở KHCN - Phòng Tổng hợp": the only part that names a department."""
        parts = [part for part in re.split(r"\s[-–—/]\s|[,;>\n]|\s-|-\s", written) if part.strip()]
        if len(parts) == 1:
            return None
        found = {unit for part in parts if (unit := self._find(part)) and unit != self.agency}
        return next(iter(found)) if len(found) == 1 else None

    def _leaders(self, written: str) -> UUID | None:
        """The leaders of an agency stand on the list of the agency itself."""
        return self.agency if LEADERS.match(fold(written)) else None


def written_key(written: str) -> str:
    """What an answer about a department's name is remembered under."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(written)))


def spelled_out(written: str) -> str:
    """The folded name with office abbreviations written out: "P. TC-HC" is "phong to chuc hanh chinh"."""
    words = re.findall(r"[a-z0-9]+", fold(written).replace("&", " va "))
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)


def _ways(name: str) -> list[str]:
    """Ways to write a name, the fullest first: spelled out, without fillers, without its type word."""
    full = spelled_out(name)
    tight = _without_fillers(full)
    bare = _bare(tight)
    ways = [full, tight, tight.replace(" ", "")]
    return ways + ([bare, bare.replace(" ", "")] if len(bare) > LONG_ENOUGH else [])


def _bare(text: str) -> str:
    return next((text.removeprefix(word + " ") for word in TYPE_WORDS if text.startswith(word + " ")), text)


def _without_fillers(text: str) -> str:
    return " ".join(word for word in text.split() if word not in FILLERS) or text


def _initials(text: str) -> str:
    return "".join(word[0] for word in _without_fillers(text).split())


def _squeezed(text: str) -> str:
    return _without_fillers(spelled_out(text)).replace(" ", "")

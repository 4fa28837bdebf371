"""What a package is and what it must not carry: macros, objects, links that open by themselves (S-07)."""

import re

from .kinds import Kind
from .packages import Package
from .sniff import looks_like_markup
from .verdicts import Fault, Unfit
from .xmlparts import Attributes, walk

_MAIN = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.XLSX,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.DOCX,
}
_ODT = b"application/vnd.oasis.opendocument.text"
_MACRO_NAMES = re.compile(r"vba|macrosheets?/|dialogsheets?/|activex|^basic/|^scripts/|customui", re.IGNORECASE)
_EMBEDDED_NAMES = re.compile(r"/embeddings/|/afchunk|^object \d|/package/|externallinks/", re.IGNORECASE)
_FETCHING_NAMES = re.compile(r"(^|/)(connections\d*\.xml|querytables/|webextensions/)", re.IGNORECASE)
"""Parts through which an Office file fetches something from elsewhere when it is opened."""
_EMBEDDED_RELATIONS = ("/oleobject", "/package", "/afchunk", "/control", "/externallink", "/subdocument", "/ctrlprop")
_MACRO_RELATIONS = ("/vbaproject", "/wordvbadata", "/xlmacrosheet", "/xlintlmacrosheet", "/activexcontrolbinary")
_HARMLESS_LINK = re.compile(r"https?://|mailto:|tel:|#|(?![a-z][a-z0-9+.-]*:|//|\\\\|/)", re.IGNORECASE)
_REMOTE = re.compile(r"(https?|ftp|file|smb|javascript|vbscript):|//|\\\\", re.IGNORECASE)
_LINKS_A_READER_CLICKS = frozenset({"a", "hyperlink", "hlinkClick", "hlinkHover"})
_LIVE_FIELD = re.compile(
    r"QUOTE\s+\d+\s+\d+|(DDE|DDEAUTO|INCLUDETEXT|IMPORT|LINK|EMBED|DATABASE|RD|MACROBUTTON)\b", re.IGNORECASE
)
_REMOTE_PICTURE = re.compile(r"\bINCLUDEPICTURE\b[^\x1e]{0,20}(https?:|file:|\\\\|//)", re.IGNORECASE)


def inspect_package(package: Package) -> Kind:
    """The kind of an Office package whose every part is harmless; refused with the first fault found."""
    names = package.names
    _check_names(names)
    kind = _odt(package) if "mimetype" in names else _office(package)
    for name in names:
        _check_part(package, name, kind)
    return kind


def _check_names(names: list[str]) -> None:
    for name in names:
        if _MACRO_NAMES.search(name):
            raise Unfit(Fault.MACRO)
        if _EMBEDDED_NAMES.search(name):
            raise Unfit(Fault.EMBEDDED)
        if _FETCHING_NAMES.search(name):
            raise Unfit(Fault.OUTSIDE_LINK)


def _odt(package: Package) -> Kind:
    if package.read("mimetype").strip() != _ODT or "content.xml" not in package.names:
        raise Unfit(Fault.KIND_UNKNOWN)
    return Kind.ODT


def _office(package: Package) -> Kind:
    if "[Content_Types].xml" not in package.names:
        raise Unfit(Fault.ARCHIVE)
    kinds = _content_types(package)
    for kind in kinds.values():
        if re.search(r"macro|vba|activex", kind, re.IGNORECASE):
            raise Unfit(Fault.MACRO)
        if "oleobject" in kind.lower():
            raise Unfit(Fault.EMBEDDED)
    found = {_MAIN[kind] for kind in kinds.values() if kind in _MAIN}
    if len(found) != 1:
        raise Unfit(Fault.TWO_FACED if found else Fault.KIND_UNKNOWN)
    return found.pop()


def _content_types(package: Package) -> dict[str, str]:
    """The type of every part that is there or declared by name; a default for endings nobody has says nothing."""
    defaults: dict[str, str] = {}
    named: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        kind = attributes.get("ContentType", "").strip()
        if name == "Default":
            defaults[attributes.get("Extension", "").lower()] = kind
        elif name == "Override":
            named[attributes.get("PartName", "").lower()] = kind

    walk(package.read("[Content_Types].xml"), start)
    parts = {"/" + name.lower() for name in package.names}
    return {part: defaults.get(part.rpartition(".")[2], "") for part in parts} | named


def _check_part(package: Package, name: str, kind: Kind) -> None:
    """Every XML part, whatever its ending, is parsed whole; relations and fields are judged; pages are refused."""
    lowered = name.lower()
    data = package.read(name)
    if lowered.endswith(".rels"):
        walk(data, _judge_relation)
    elif lowered.endswith(".svg") or (looks_like_markup(data) and not lowered.endswith((".xml", ".vml", ".rdf"))):
        raise Unfit(Fault.MARKUP)
    elif data and lowered.endswith((".xml", ".vml", ".rdf")):
        _judge_fields(data, kind)


def _judge_relation(_name: str, attributes: Attributes) -> None:
    kind, target = attributes.get("Type", "").lower(), attributes.get("Target", "").strip()
    if kind.endswith(_MACRO_RELATIONS):
        raise Unfit(Fault.MACRO)
    if kind.endswith("/attachedtemplate"):
        raise Unfit(Fault.OUTSIDE_LINK)
    outside = attributes.get("TargetMode", "").lower() == "external"
    if outside and not (kind.endswith("/hyperlink") and _HARMLESS_LINK.match(target)):
        raise Unfit(Fault.OUTSIDE_LINK)
    if kind.endswith(_EMBEDDED_RELATIONS):
        raise Unfit(Fault.EMBEDDED)
    if not outside and (".." in target.split("/")[2:] or re.match(r"[a-z]+:|//|\\\\", target, re.IGNORECASE)):
        raise Unfit(Fault.OUTSIDE_LINK)


class _Fields:
    """Collects Word field instructions, which may be cut over several runs to hide the word."""

    def __init__(self) -> None:
        self.instructions: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "fldSimple":
            self.instructions.append("\x1e" + (attributes.get("w:instr") or _first_instr(attributes)) + "\x1e")
        elif name == "fldChar":
            self.instructions.append("\x1e")
        elif name in {"altChunk", "subDoc", "object", "control", "oleObj"}:
            raise Unfit(Fault.EMBEDDED)
        elif name in {"ddeLink", "oleLink", "dde-connection-decl", "dde-source"}:
            raise Unfit(Fault.LIVE_FIELD)
        elif name in {"event-listener", "script", "applet"}:
            raise Unfit(Fault.MACRO)
        elif name == "encryption-data":
            raise Unfit(Fault.ENCRYPTED)
        elif name not in _LINKS_A_READER_CLICKS:
            _refuse_remote(attributes)
        self._inside = name == "instrText"

    def end(self, name: str) -> None:
        self._inside = False

    def words(self, text: str) -> None:
        if self._inside:
            self.instructions.append(text)


def _first_instr(attributes: Attributes) -> str:
    return next((value for key, value in attributes.items() if key.endswith(":instr") or key == "instr"), "")


def _refuse_remote(attributes: Attributes) -> None:
    for key, value in attributes.items():
        if key.endswith(("href", "src")) and _REMOTE.match(value.strip()):
            raise Unfit(Fault.OUTSIDE_LINK)


def _judge_fields(data: bytes, kind: Kind) -> None:
    fields = _Fields()
    words = fields.words if kind is Kind.DOCX else None
    walk(data, fields.start, fields.end, words)
    for instruction in "".join(fields.instructions).split("\x1e"):
        if _LIVE_FIELD.match(instruction.strip()) or _REMOTE_PICTURE.match(instruction.strip()):
            raise Unfit(Fault.LIVE_FIELD)

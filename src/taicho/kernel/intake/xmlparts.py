"""XML parts read by expat with every door shut: no document type, no entity, no endless nesting (S-07)."""

from collections.abc import Callable, Mapping
from xml.parsers import expat

from .limits import MAX_XML_DEPTH
from .verdicts import Fault, Unfit

_UNREADABLE = (expat.ExpatError, LookupError, ValueError)

Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Words = Callable[[str], None]


def local(name: str) -> str:
    """The name without its prefix: `w:p` and `p` are both `p`, so no prefix can hide an element."""
    return name.rpartition(":")[2]


def walk(data: bytes, start: Start | None = None, end: End | None = None, words: Words | None = None) -> None:
    """Parse one part, calling back with local names; refuses DTDs, entities, deep nesting and broken XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_entities
    parser.EntityDeclHandler = _refuse_entities
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    depth = 0

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_XML_DEPTH:
            raise Unfit(Fault.BOMB)
        if start is not None:
            start(local(name), attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(local(name))

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    if words is not None:
        parser.CharacterDataHandler = words
    try:
        parser.Parse(data, True)
    except _UNREADABLE as error:
        raise Unfit(Fault.BROKEN) from error


def _refuse_entities(*_details: object) -> None:
    raise Unfit(Fault.ENTITIES)

"""A reading as plain values, in the form in which readings are exchanged and scored."""

from typing import Any

from taicho.directives.rules.reading.values import Reading

TITLE_WORDS = 12  # not a rule: as many words of an unheaded clause stand for its title
DOUBT_NAMES = {
    "kind": "type",
    "day": "date",
    "signer": "signer_name",
    "title": "signer_title",
    "capacity": "signer_capacity",
}


def as_exchanged(reading: Reading, *, name: str) -> dict[str, Any]:
    """The reading as JSON-ready values. `obligations` is None: this reader does not look for them."""
    return {
        "id": name,
        "number": reading.number,
        "symbol": reading.symbol,
        "type": reading.kind,
        "issuer": reading.issuer,
        "superior": reading.superior,
        "place": reading.place,
        "date": reading.day.isoformat() if reading.day else None,
        "subject": reading.subject,
        "addressees": list(reading.addressees),
        "recipients": list(reading.recipients),
        "cites": [
            {
                "number": cited.number,
                "date": cited.day.isoformat() if cited.day else None,
                "issuer": cited.issuer,
                "kind": cited.kind,
            }
            for cited in reading.cites
        ],
        "top_level_clause_titles": [" ".join(clause.text.split()[:TITLE_WORDS]) for clause in reading.top_clauses],
        "obligations": None,
        "signer_capacity": reading.capacity,
        "signer_title": reading.title,
        "signer_name": reading.signer,
        "clauses": [{"path": clause.path, "text": clause.text} for clause in reading.clauses],
        "doubts": {DOUBT_NAMES.get(field, field): doubt.value for field, doubt in reading.doubts.items()},
    }

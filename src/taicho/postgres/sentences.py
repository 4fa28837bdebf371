"""What the embedded PostgreSQL says to people; the words, Vietnamese and English, are in sentences.tsv."""

from pathlib import Path

_ROWS = Path(__file__).with_name("sentences.tsv").read_text("utf-8").splitlines()
SENTENCES = {code: (vietnamese, english) for code, vietnamese, english in (row.split("\t") for row in _ROWS)}


class Sentence(str):
    """A Vietnamese sentence; `.english` says the same in English, `.code` is its key for tests and logs."""

    code: str
    english: str

    def __new__(cls, code: str, **facts: object) -> "Sentence":
        vietnamese, english = SENTENCES[code]
        sentence = super().__new__(cls, vietnamese.format(**facts))
        sentence.code, sentence.english = code, english.format(**facts)
        return sentence


class ClusterError(Exception):
    """The database cannot be found, created or started: `.sentence` says what is wrong, where, and the way out."""

    def __init__(self, code: str, **facts: object) -> None:
        self.sentence = Sentence(code, **facts)
        super().__init__(self.sentence)

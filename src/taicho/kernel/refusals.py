"""Refusals: a sentence that says what is wrong, where, and what to do."""


class Refusal(Exception):
    """Something cannot be done as asked; nothing was written.

    `sentence` is Vietnamese, complete, and shown as it is. `code` is a stable English key for tests and logs.
    `field` names the form field at fault, when there is one.
    """

    status = 400

    def __init__(self, sentence: str, *, code: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.field = field


class NotPermitted(Refusal):
    """The actor may see the object but may not do this; the sentence says who can (ux.md 6, Not allowed)."""

    status = 403


class Conflict(Refusal):
    """Somebody else changed or took the same thing first (ux.md 6, Conflict)."""

    status = 409

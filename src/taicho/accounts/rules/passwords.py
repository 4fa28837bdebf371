"""How long a password must be (trust.md 4.3, S-13; NIST SP 800-63B-4)."""

ALONE_LENGTH = 15
"""Characters of a password that is the only factor."""
WITH_FACTOR_LENGTH = 8
"""Characters of a password beside a second factor."""
LONGEST = 256
"""Characters accepted at most, so that nobody makes the server hash a book; 64 must be possible."""


def least_length(*, has_second_factor: bool) -> int:
    """Characters a password must have: 8 beside a second factor, 15 alone."""
    return WITH_FACTOR_LENGTH if has_second_factor else ALONE_LENGTH

"""Rules of the roster: pure."""

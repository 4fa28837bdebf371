"""Rules of presence: pure."""

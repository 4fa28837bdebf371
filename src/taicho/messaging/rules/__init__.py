"""Rules of messaging: pure."""
